"""Something cites a proposition that no source has."""

from collections.abc import Iterator

from plenipo.rulebook.draft import PROPOSITION, Draft, Fault
from plenipo.rulebook.faults import quoted


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such citation."""
    if not draft.complete("sources"):
        return
    known = frozenset(draft.known[PROPOSITION])
    for citation in draft.citations():
        if citation.proposition not in known:
            message = f"no source has a proposition {quoted(citation.proposition)}"
            yield Fault(message, citation.place, near=(citation.proposition, draft.known[PROPOSITION]))
