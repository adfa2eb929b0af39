"""A rule draws nothing."""

from collections.abc import Iterator

from plenipo.errors import quoted_list
from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Rule, Verb


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such rule."""
    for rule, written in declared.meant(Rule):
        if not rule.then:
            help = (f"what a rule can draw is {quoted_list(Verb)}",)
            yield Fault(f"{written} draws nothing", written.node.key("then"), help=help)
