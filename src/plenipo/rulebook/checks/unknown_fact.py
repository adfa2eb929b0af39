"""A condition asks about a name that is neither a fact nor a finding, or an option brings about what is not a fact."""

from collections.abc import Iterator

from plenipo.rulebook.draft import FACT, FINDING, OPTION, Draft, Fault, tests
from plenipo.rulebook.faults import quoted


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such name."""
    if not draft.complete("facts", "findings"):
        return
    known = (*draft.known[FACT], *draft.known[FINDING])
    for test in tests(draft.conditions()):
        if test.name not in known:
            help = ("it is an option: a condition asks about the world",) if test.name in draft.known[OPTION] else ()
            message = f"no fact or finding is called {quoted(test.name)}"
            yield Fault(message, test.place, help=help, near=None if help else (test.name, known))
    for brought in tests(draft.outcomes()):
        if brought.name not in draft.known[FACT]:
            found = brought.name in draft.known[FINDING]
            help = ("it is a finding, and only a rule can find it: name the facts",) if found else ()
            near = None if help else (brought.name, draft.known[FACT])
            yield Fault(f"no fact is called {quoted(brought.name)}", brought.place, help=help, near=near)
