"""Two things of one kind (facts, rules, parties and so on) have one id."""

from collections.abc import Iterator

from plenipo.rulebook.draft import PARTY, Draft, Fault, Name
from plenipo.rulebook.faults import quoted

#: The plurals that do more than add a letter.
PLURALS = {PARTY: "parties"}


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every id given again, with the place that gave it first."""
    first: dict[tuple[str, str], Name] = {}
    for name in draft.names:
        before = first.setdefault((name.kind, name.id), name)
        if before is not name:
            message = f"there are two {PLURALS.get(name.kind, f'{name.kind}s')} called {quoted(name.id)}"
            yield Fault(message, name.place, also=((before.place, "the first one stands here"),))
