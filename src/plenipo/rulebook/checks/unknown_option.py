"""A rule or another option names an option that the vocabulary does not have."""

from collections.abc import Iterator

from plenipo.errors import Location, quoted
from plenipo.rulebook.draft import OPTION, RULE, Draft, Fault, drawn, texts
from plenipo.rulebook.model import Verb


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such name."""
    if not draft.complete("options"):
        return
    for id, place in _named(draft):
        if id not in draft.known[OPTION]:
            yield Fault(f"no option is called {quoted(id)}", place, near=(id, draft.known[OPTION]))


def _named(draft: Draft) -> Iterator[tuple[str, Location]]:
    for rule in draft.of(RULE):
        for verb in Verb:
            if verb is not Verb.FIND:
                yield from drawn(rule, verb)
    for option in draft.of(OPTION):
        for key in ("part_of", "after", "with"):
            yield from texts(option.node.entries.get(key))
