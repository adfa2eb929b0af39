"""A condition asks about a name that is neither a fact nor a finding, or an option brings about what is not a fact."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.declarations import Declarations, atoms
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Fact, Finding, Option
from plenipo.rulebook.words_of_others import among_conditions


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such name."""
    if not declared.complete(Fact, Finding):
        return
    known = (*declared.ids(Fact), *declared.ids(Finding))
    for test in atoms(declared.conditions()):
        if test.name not in known:
            option = ("it is an option: a condition asks about the world",) if test.name in declared.ids(Option) else ()
            help = option or among_conditions(test.name)
            message = f"no fact or finding is called {quoted(test.name)}"
            yield Fault(message, test.place, help=help, near=None if help else (test.name, known))
    for brought in atoms(declared.outcomes()):
        if brought.name not in declared.ids(Fact):
            found = brought.name in declared.ids(Finding)
            help = ("it is a finding, and only a rule can find it: name the facts",) if found else ()
            near = None if help else (brought.name, declared.ids(Fact))
            yield Fault(f"no fact is called {quoted(brought.name)}", brought.place, help=help, near=near)
