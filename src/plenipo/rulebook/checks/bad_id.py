"""An id is not made of small letters, digits, `_` and `-`, or is a word that YAML or a condition reads otherwise."""

import re
from collections.abc import Iterator

from plenipo.errors import Location, quoted
from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Fact, Proposition, Source, a_kind

GOOD = re.compile("[a-z][a-z0-9_-]*")
#: Sources, and so their propositions, go by a letter or a word: `A`, `A01`.
GOOD_SOURCE = re.compile("[A-Za-z][A-Za-z0-9_-]*")
#: Words that mean something else: to YAML in other hands, in a condition, or as a value.
TAKEN = frozenset({"any", "unknown", "yes", "no", "on", "off", "y", "n", "true", "false", "null", "boolean"})
VALUE = "a value"


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such id, those of the values of facts included."""
    for each in declared.named():
        good = GOOD_SOURCE if each.kind in (Source, Proposition) else GOOD
        yield from _judge(a_kind(each.kind), each.id, each.place, good)
    for fact, written in declared.meant(Fact):
        if not fact.boolean:
            for value, place in written.node.find("values").keys.items():
                yield from _judge(VALUE, value, place, GOOD)


def _judge(a_kind: str, id: str, place: Location, good: re.Pattern[str]) -> Iterator[Fault]:
    if id in TAKEN:
        help = ("for a question with the answers yes and no, write `values: boolean`",) if a_kind == VALUE else ()
        yield Fault(f"{quoted(id)} means something else, and cannot be the id of {a_kind}", place, help=help)
    elif not good.fullmatch(id):
        help = ("begin with a letter; then small letters, digits, `_` and `-`",)
        yield Fault(f"{quoted(id)} cannot be the id of {a_kind}", place, help=help)
