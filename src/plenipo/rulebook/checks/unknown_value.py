"""A condition asks for a value that the fact or finding cannot have, or an option brings one about."""

from collections.abc import Iterator

from plenipo.rulebook.draft import FINDING, Draft, Fault, tests
from plenipo.rulebook.faults import listed, quoted
from plenipo.rulebook.model import BLANKS, FALSE, SPELLINGS, TRUE, UNKNOWN, Fact


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such value."""
    yield from _asked_for(draft)
    for test in tests(draft.outcomes()):
        fact = draft.fact.get(test.name)
        for text, place in test.values if fact else ():
            if fact and fact.read(text) in (None, UNKNOWN):
                values = _values(fact)
                message = f"{quoted(text)} is no value of the fact {quoted(fact.id)}"
                yield Fault(message, place, help=(f"its values are {listed(values)}",), near=(text, values))


def _asked_for(draft: Draft) -> Iterator[Fault]:
    for test in tests(draft.conditions()):
        for text, place in test.values:
            fact = draft.fact.get(test.name)
            if fact and (fact.read(text) is None or text.strip() in BLANKS - {UNKNOWN}):
                values = _values(fact)
                message = f"{quoted(text)} is no value of the fact {quoted(fact.id)}"
                help = (f"its values are {listed(values)}; `unknown` asks whether it is not known",)
                yield Fault(message, place, help=help, near=(text, values))
            elif not fact and test.name in draft.known[FINDING] and not _is_truth(text):
                message = f"{quoted(text)} is no value of the finding {quoted(test.name)}"
                yield Fault(message, place, help=("a finding holds or does not: `true` or `false`",))


def _values(fact: Fact) -> tuple[str, ...]:
    return ("yes", "no") if fact.boolean else tuple(fact.values)


def _is_truth(text: str) -> bool:
    word = text.strip().casefold()
    return SPELLINGS.get(word, word) in (TRUE, FALSE)
