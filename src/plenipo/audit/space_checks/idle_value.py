"""No answer tells two values of a fact apart."""

from collections.abc import Iterator

from plenipo.audit.remark import Remark
from plenipo.audit.space import Space
from plenipo.errors import quoted, quoted_list
from plenipo.rulebook.model import Fact


def check(space: Space) -> Iterator[Remark]:
    """Yield every fact with such values, unless no answer depends on it at all."""
    mattering = {fact for fact, _, _ in space.distinguished}
    for fact in space.rulebook.facts.values():
        for group in _alike(space, fact) if fact.id in mattering else ():
            message = f"no answer tells {quoted_list(group, last='and')} of the fact {quoted(fact.id)} apart"
            yield Remark(fact.id, message, fact.location)


def _alike(space: Space, fact: Fact) -> list[list[str]]:
    """Return the groups of values of which no two are told apart."""
    groups: list[list[str]] = []
    for value in fact.values:
        for group in groups:
            if not any((fact.id, value, other) in space.distinguished for other in group):
                group.append(value)
                break
        else:
            groups.append([value])
    return [group for group in groups if len(group) > 1]
