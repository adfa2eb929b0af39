"""A rule draws nothing."""

from collections.abc import Iterator

from plenipo.errors import listed, quoted
from plenipo.rulebook.draft import Draft, Fault
from plenipo.rulebook.model import Verb


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such rule."""
    for rule in draft.rules:
        if not rule.item.then:
            help = (f"what a rule can draw is {listed(Verb)}",)
            yield Fault(f"rule {quoted(rule.item.id)} draws nothing", rule.node.key("then"), help=help)
