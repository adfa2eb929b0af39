"""A constraint speaks of something else than what facts are: of a finding, of `unknown`, or of nothing."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.declarations import Declarations, atoms, conditions
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import UNKNOWN, Constraint, Finding


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such test, and every constraint without any."""
    for written in declared.of(Constraint):
        if written.meant and not any(written.meant.never.every_atom()):
            yield Fault(f"the {written} would rule every situation out", written.place)
        for test in atoms(conditions(written.node)):
            if test.name in declared.ids(Finding):
                help = ("ask for the facts on which the finding rests",)
                yield Fault(f"{quoted(test.name)} is a finding, and constraints are about facts", test.place, help=help)
            for text, place in test.values:
                if text.strip().casefold() == UNKNOWN:
                    help = ("that a fact is not known is always possible",)
                    yield Fault("`unknown` says what is known, and constraints are about the world", place, help=help)
