"""A rule finds something that is no finding of the vocabulary."""

from collections.abc import Iterator

from plenipo.rulebook.draft import FINDING, Draft, Fault, texts
from plenipo.rulebook.faults import quoted


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such name."""
    if not draft.complete("findings"):
        return
    for rule in draft.rules:
        for id, place in texts(rule.node.entries["then"].entries.get("find")):
            if id not in draft.known[FINDING]:
                yield Fault(f"no finding is called {quoted(id)}", place, near=(id, draft.known[FINDING]))
