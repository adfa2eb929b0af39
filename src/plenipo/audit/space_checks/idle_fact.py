"""No answer depends on a fact."""

from collections.abc import Iterator

from plenipo.audit.remark import Remark
from plenipo.audit.space import Space
from plenipo.errors import quoted


def check(space: Space) -> Iterator[Remark]:
    """Yield every such fact."""
    mattering = {fact for fact, _, _ in space.distinguished}
    for fact in space.rulebook.facts.values():
        if fact.id not in mattering:
            yield Remark(fact.id, f"no answer depends on the fact {quoted(fact.id)}", fact.location)
