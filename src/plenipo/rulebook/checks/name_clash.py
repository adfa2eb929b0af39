"""Things of two kinds share an id, so that nobody can say which one is meant."""

from collections.abc import Iterator
from typing import Any

from plenipo.errors import quoted
from plenipo.rulebook.declarations import Declarations, Declared
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import a_kind, kind_name


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every id that something of another kind had first."""
    first: dict[str, Declared[Any]] = {}
    for each in declared.named():
        before = first.setdefault(each.id, each)
        if before.kind is not each.kind:
            first_kind, kind = a_kind(before.kind), a_kind(each.kind)
            message = f"{quoted(each.id)} is the id of {first_kind} already, and cannot be that of {kind}"
            yield Fault(message, each.place, also=((before.place, f"the {kind_name(before.kind)} is here"),))
