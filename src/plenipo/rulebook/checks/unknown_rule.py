"""A rule overrides one that does not exist."""

from collections.abc import Iterator
from itertools import chain

from plenipo.rulebook.declarations import Declarations, texts
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Rule


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such name."""
    overridden = (texts(rule.node.entries.get("overrides")) for rule in declared.of(Rule))
    yield from declared.unknown(Rule, chain.from_iterable(overridden))
