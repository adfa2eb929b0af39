"""A rule finds something that is not a finding of the vocabulary."""

from collections.abc import Iterator
from itertools import chain

from plenipo.rulebook.declarations import Declarations, drawn
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Finding, Rule, Verb


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such name."""
    found = (drawn(rule, Verb.FIND) for rule in declared.of(Rule))
    yield from declared.unknown(Finding, chain.from_iterable(found))
