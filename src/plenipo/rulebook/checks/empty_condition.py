"""A condition offers no alternative at all: an empty list after a name, or after `any`."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.declarations import CONDITIONAL, Declarations, atoms, conditions
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.yaml_node import Node


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such list, and every empty mapping inside `any`, which would make it hold always."""
    fitting = [written.node for kind in CONDITIONAL for _, written in declared.meant(kind)]
    waiting = [condition for node in fitting for condition in conditions(node)]
    for test in atoms(waiting):
        if not test.values:
            yield Fault(f"the test of {quoted(test.name)} can never hold: it names no value", test.place)
    while waiting:
        node = waiting.pop()
        if "any" in node.keys:
            waiting.extend(node.entries["any"].items)
            yield from _judge(node)


def _judge(node: Node) -> Iterator[Fault]:
    branches = node.entries["any"].items
    if not branches:
        yield Fault("`any` holds no alternatives", node.keys["any"], help=("take it out, or list what may hold",))
    for branch in branches:
        if not branch.value:
            help = ("an empty alternative always holds, so that `any` asks for nothing: take one of them out",)
            yield Fault("an alternative of `any` is empty", branch.place, help=help)
