"""
Masks: the rules that fired in a row, written as a few integers.

Rule number n of the sorted ids is bit n % 32 of the column `fired_<n // 32>`, or `_fired_<n // 32>` where an id of a
fact or an option is like that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

BITS = 32
_LIKE_OURS = re.compile(r"fired(_\d+)?")


class Masks:
    """
    How the rules of a rulebook, by their ids, are put into integers, the columns `names`, or a text, `ids_name`.

    `taken` are the ids that no column for rules may have: a name with a `_` before it is never an id.

    >>> masks = Masks(["b", "a", "c"])
    >>> masks.rules, masks.names, sorted(masks.read({"fired_0": 5}))
    (('a', 'b', 'c'), ('fired_0',), ['a', 'c'])
    """

    def __init__(self, rules: Iterable[str], taken: Iterable[str] = ()) -> None:
        self.rules = tuple(sorted(rules))
        count = -(-len(self.rules) // BITS)
        self.ids_name = "_fired" if any(_LIKE_OURS.fullmatch(id) for id in taken) else "fired"
        self.names = tuple(f"{self.ids_name}_{number}" for number in range(count))

    def of(self, name: str) -> Sequence[str]:
        """Return the rules of one column, from the lowest bit on."""
        start = self.names.index(name) * BITS
        return self.rules[start : start + BITS]

    def read(self, row: Mapping[str, int]) -> frozenset[str]:
        """Return the rules whose bits are set in a row (column -> integer)."""
        return frozenset(
            rule for name in self.names for bit, rule in enumerate(self.of(name)) if int(row[name]) >> bit & 1
        )
