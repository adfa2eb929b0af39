"""Two things of one kind (facts, rules, parties and so on) have one id."""

from collections.abc import Iterator
from typing import Any

from plenipo.errors import quoted
from plenipo.rulebook.declarations import Declarations, Declared
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Party, kind_name

#: The plurals that do more than add a letter.
PLURALS = {Party: "parties"}


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every id given again, with the place that gave it first."""
    first: dict[tuple[type, str], Declared[Any]] = {}
    for each in declared.named():
        before = first.setdefault((each.kind, each.id), each)
        if before is not each:
            message = f"there are two {PLURALS.get(each.kind, f'{kind_name(each.kind)}s')} called {quoted(each.id)}"
            yield Fault(message, each.place, also=((before.place, "the first one is here"),))
