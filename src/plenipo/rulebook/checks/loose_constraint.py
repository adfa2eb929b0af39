"""A constraint speaks of something else than what facts are: of a finding, of `unknown`, or of nothing."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.draft import CONSTRAINT, FINDING, Draft, Fault, conditions, tests
from plenipo.rulebook.model import UNKNOWN


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such test, and every constraint without any."""
    for entry in draft.constraints:
        if not any(tests(conditions(entry.node))):
            yield Fault(f"the constraint {quoted(entry.item.id)} would rule every situation out", entry.place)
    for written in draft.of(CONSTRAINT):
        for test in tests(conditions(written.node)):
            if test.name in draft.known[FINDING]:
                help = ("ask for the facts on which the finding rests",)
                yield Fault(f"{quoted(test.name)} is a finding, and constraints are about facts", test.place, help=help)
            for text, place in test.values:
                if text.strip().casefold() == UNKNOWN:
                    help = ("that a fact is not known is always possible",)
                    yield Fault("`unknown` says what is known, and constraints are about the world", place, help=help)
