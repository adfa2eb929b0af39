"""An id is not made of small letters, digits, `_` and `-`, or is a word that YAML or a condition reads otherwise."""

import re
from collections.abc import Iterator

from plenipo.errors import Location, quoted
from plenipo.rulebook.draft import PROPOSITION, SOURCE, Draft, Fault, a

GOOD = re.compile("[a-z][a-z0-9_-]*")
#: Sources, and so their propositions, go by a letter or a word: `A`, `A01`.
GOOD_SOURCE = re.compile("[A-Za-z][A-Za-z0-9_-]*")
#: Words that mean something else: to YAML in other hands, in a condition, or as a value.
TAKEN = frozenset({"any", "unknown", "yes", "no", "on", "off", "y", "n", "true", "false", "null", "boolean"})


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such id, those of the values of facts included."""
    for name in draft.names:
        good = GOOD_SOURCE if name.kind in (SOURCE, PROPOSITION) else GOOD
        yield from _judge(name.kind, name.id, name.place, good)
    for entry in draft.facts:
        if not entry.item.boolean:
            for value, place in entry.node.find("values").keys.items():
                yield from _judge("value", value, place, GOOD)


def _judge(kind: str, id: str, place: Location, good: re.Pattern[str]) -> Iterator[Fault]:
    if id in TAKEN:
        help = ("for a question with the answers yes and no, write `values: boolean`",) if kind == "value" else ()
        yield Fault(f"{quoted(id)} means something else, and cannot be the id of {a(kind)}", place, help=help)
    elif not good.fullmatch(id):
        help = ("begin with a letter; then small letters, digits, `_` and `-`",)
        yield Fault(f"{quoted(id)} cannot be the id of {a(kind)}", place, help=help)
