"""
Masks: the rules that fired in a row, written as a few integers.

Rule number n of the sorted ids is bit n % 32 of the column `fired_<n // 32>`.
"""

from collections.abc import Iterable, Mapping, Sequence

BITS = 32


class Masks:
    """
    How the rules of a rulebook, by their ids, are put into integers.

    >>> masks = Masks(["b", "a", "c"])
    >>> masks.rules, masks.names, sorted(masks.read({"fired_0": 5}))
    (('a', 'b', 'c'), ('fired_0',), ['a', 'c'])
    """

    def __init__(self, rules: Iterable[str]) -> None:
        self.rules = tuple(sorted(rules))
        count = -(-len(self.rules) // BITS)
        self.names = tuple(f"fired_{number}" for number in range(count))

    def of(self, name: str) -> Sequence[str]:
        """Return the rules of one column, from the lowest bit on."""
        start = self.names.index(name) * BITS
        return self.rules[start : start + BITS]

    def read(self, row: Mapping[str, int]) -> frozenset[str]:
        """Return the rules whose bits are set in a row (column -> integer)."""
        return frozenset(
            rule for name in self.names for bit, rule in enumerate(self.of(name)) if int(row[name]) >> bit & 1
        )
