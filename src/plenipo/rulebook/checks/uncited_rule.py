"""A rule cites nothing, so nobody can check it."""

from collections.abc import Iterator

from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Rule


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such rule."""
    for written in declared.of(Rule):
        cites = written.meant.cite if written.meant else "cite" in written.node.entries
        if not cites and written.node.entries:
            help = ("name the propositions it rests on: `cite: [A01]`",)
            yield Fault(f"{written} cites nothing", written.node.place, help=help)
