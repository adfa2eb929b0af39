"""A rule overrides one that does not exist."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.draft import RULE, Draft, Fault, texts


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such name."""
    if not draft.complete("rules"):
        return
    for rule in draft.of(RULE):
        for id, place in texts(rule.node.entries.get("overrides")):
            if id not in draft.known[RULE]:
                yield Fault(f"no rule is called {quoted(id)}", place, near=(id, draft.known[RULE]))
