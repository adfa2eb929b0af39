"""A value that the fact or finding cannot have: a condition asks for it, an option brings it, or a clause is for it."""

from collections.abc import Iterator

from plenipo.errors import quoted, quoted_list
from plenipo.rulebook.declarations import AtomPlace, Declarations, atoms
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import BLANKS, FALSE, SPELLINGS, TRUE, UNKNOWN, Fact, Finding


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such value."""
    for test in atoms(declared.conditions()):
        if fact := declared.facts.get(test.name):
            yield from _judge(fact, test, BLANKS - {UNKNOWN}, "; `unknown` asks whether it is not known")
        elif test.name in declared.ids(Finding):
            for text, place in test.values:
                word = text.strip().casefold()
                if SPELLINGS.get(word, word) not in (TRUE, FALSE):
                    message = f"{quoted(text)} is not a value of the finding {quoted(test.name)}"
                    yield Fault(message, place, help=("a finding holds or does not: `true` or `false`",))
    for written in (*atoms(declared.outcomes()), *_clauses(declared)):
        if fact := declared.facts.get(written.name):
            yield from _judge(fact, written, BLANKS, "")


def _clauses(declared: Declarations) -> Iterator[AtomPlace]:
    """Yield the values for which a fact has a clause."""
    for fact in declared.of(Fact):
        if says := fact.node.entries.get("says"):
            yield AtomPlace(fact.id, says.place, tuple(says.keys.items()))


def _judge(fact: Fact, written: AtomPlace, refused: frozenset[str], more: str) -> Iterator[Fault]:
    for text, place in written.values:
        if fact.read(text) is None or text.strip().casefold() in refused:
            message = f"{quoted(text)} is not a value of the fact {quoted(fact.id)}"
            help = (f"its values are {quoted_list(fact.spelled)}{more}",)
            yield Fault(message, place, help=help, near=(text, fact.spelled))
