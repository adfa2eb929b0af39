"""A fact or an option names a party that the vocabulary does not have."""

from collections.abc import Iterator

from plenipo.errors import Location
from plenipo.rulebook.declarations import Declarations, texts
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Fact, Option, Party


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such name."""
    yield from declared.unknown(Party, _named(declared))


def _named(declared: Declarations) -> Iterator[tuple[str, Location]]:
    for fact in declared.of(Fact):
        yield from texts(fact.node.entries.get("known_to"))
    for option in declared.of(Option):
        yield from texts(option.node.entries.get("by"))
        if brings := option.node.entries.get("brings"):
            for outcome in brings.items:
                yield from texts(outcome.entries.get("by"))
