"""The conditions of a rule hold in no situation."""

from collections.abc import Iterator

from plenipo.audit.remark import Remark
from plenipo.audit.space import Space
from plenipo.errors import quoted


def check(space: Space) -> Iterator[Remark]:
    """Yield every such rule."""
    for _, rule in sorted(space.rulebook.rules.items()):
        if rule.id not in space.firing:
            yield Remark(rule.id, f"the rule {quoted(rule.id)} can never fire", rule.location)
