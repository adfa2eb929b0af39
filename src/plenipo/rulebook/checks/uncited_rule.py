"""A rule cites nothing, so nobody can check it."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.draft import Draft, Fault


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such rule."""
    for rule in draft.rules:
        if not rule.item.cite:
            help = ("name the propositions it rests on: `cite: [A01]`",)
            yield Fault(f"rule {quoted(rule.item.id)} cites nothing", rule.place, help=help)
