"""A rule finds something that is no finding of the vocabulary."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.draft import FINDING, RULE, Draft, Fault, drawn
from plenipo.rulebook.model import Verb


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such name."""
    if not draft.complete("findings"):
        return
    for rule in draft.of(RULE):
        for id, place in drawn(rule, Verb.FIND):
            if id not in draft.known[FINDING]:
                yield Fault(f"no finding is called {quoted(id)}", place, near=(id, draft.known[FINDING]))
