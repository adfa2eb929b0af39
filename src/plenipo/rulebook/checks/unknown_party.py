"""A fact or an option names a party that the vocabulary does not have."""

from collections.abc import Iterator

from plenipo.errors import Location
from plenipo.rulebook.draft import FACT, OPTION, PARTY, Draft, Fault, texts
from plenipo.rulebook.faults import quoted


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such name."""
    if not draft.complete("parties"):
        return
    for id, place in _named(draft):
        if id not in draft.known[PARTY]:
            help = () if draft.known[PARTY] else ("declare the parties in `rules/parties.yaml`",)
            yield Fault(f"no party is called {quoted(id)}", place, help=help, near=(id, draft.known[PARTY]))


def _named(draft: Draft) -> Iterator[tuple[str, Location]]:
    for fact in draft.of(FACT):
        yield from texts(fact.node.entries.get("known_to"))
    for option in draft.of(OPTION):
        yield from texts(option.node.entries.get("by"))
        if brings := option.node.entries.get("brings"):
            for outcome in brings.items:
                yield from texts(outcome.entries.get("by"))
