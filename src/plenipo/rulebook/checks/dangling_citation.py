"""Something cites a proposition that no source has, or cites one for what is not there."""

from collections.abc import Iterator

from plenipo.rulebook.draft import OPTION, PROPOSITION, SOURCE, Draft, Fault, texts
from plenipo.rulebook.faults import quoted


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such citation, and every headline of a source that is not there."""
    yield from _idle(draft)
    if not draft.complete("sources"):
        return
    known = frozenset(draft.known[PROPOSITION])
    for citation in draft.citations():
        if citation.proposition not in known:
            message = f"no source has a proposition {quoted(citation.proposition)}"
            yield Fault(message, citation.place, near=(citation.proposition, draft.known[PROPOSITION]))
    for option in draft.of(OPTION):
        for id, place in texts(option.node.entries.get("headline")):
            if id not in draft.known[SOURCE]:
                yield Fault(f"no source is called {quoted(id)}", place, near=(id, draft.known[SOURCE]))


def _idle(draft: Draft) -> Iterator[Fault]:
    """Yield every key that an option cites something for and does not have."""
    for option in draft.options:
        for key in option.item.cited_for:
            if key not in option.node.entries:
                message = f"option {quoted(option.item.id)} has no {quoted(key)} to cite anything for"
                yield Fault(message, option.node.key("cited_for", key))
