"""Things of two kinds share an id, so that nobody can say which one is meant."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.draft import Draft, Fault, Name, a


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every id that something of another kind had first."""
    first: dict[str, Name] = {}
    for name in draft.names:
        before = first.setdefault(name.id, name)
        if before.kind != name.kind:
            message = f"{quoted(name.id)} is the id of {a(before.kind)} already, and cannot be that of {a(name.kind)}"
            yield Fault(message, name.place, also=((before.place, f"the {before.kind} stands here"),))
