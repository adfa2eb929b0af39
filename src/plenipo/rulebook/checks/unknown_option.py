"""A rule or another option names an option that the vocabulary does not have."""

from collections.abc import Iterator

from plenipo.errors import Location
from plenipo.rulebook.declarations import Declarations, drawn, texts
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Option, Rule, Verb


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such name."""
    yield from declared.unknown(Option, _named(declared))


def _named(declared: Declarations) -> Iterator[tuple[str, Location]]:
    for rule in declared.of(Rule):
        for verb in Verb:
            if verb is not Verb.FIND:
                yield from drawn(rule, verb)
    for option in declared.of(Option):
        for key in ("part_of", "after", "with"):
            yield from texts(option.node.entries.get(key))
