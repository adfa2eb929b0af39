"""
Truth tables: every way of giving some facts their values, a row for each.

That is exact, and quick as long as there are not too many rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

from plenipo.engines.bitset.situation_columns import Column, Facts, SituationColumns, row_numbers
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: The most rows that a table may have; beyond that the answer-set engine is quicker.
MOST_ROWS = 1 << 18
#: Fact -> the values it may take, no value twice.
Domains = Mapping[str, Sequence[str]]


def table_size(domains: Domains) -> int:
    """Return how many rows a table over these facts has."""
    return prod(map(len, domains.values()))


def fits(domains: Domains) -> bool:
    """Return whether a table over these facts is small enough to be made."""
    return table_size(domains) <= MOST_ROWS


class TruthTable(SituationColumns):
    """A row for every combination of the values in the domains; the first fact changes first. The rest is `facts`."""

    def __init__(self, rulebook: Rulebook, domains: Domains, facts: Facts) -> None:
        self.domains = domains
        self._strides: dict[str, int] = {}
        count = 1
        for id, values in domains.items():
            self._strides[id] = count
            count *= len(values)
        striped = {
            id: dict(zip(values, _stripes(count, self._strides[id], len(values)), strict=True))
            for id, values in domains.items()
        }
        super().__init__(rulebook, (1 << count) - 1, striped, facts)

    def turns(self, verdicts: Mapping[Verdict, Column], fact: str) -> bool:
        """Return whether two allowed rows that differ in this fact alone have different verdicts."""
        for column in verdicts.values():
            others = self.allowed & ~column
            if self._folded(column, fact) & self._folded(others, fact):
                return True
        return False

    def nearest(self, column: Column) -> Column:
        """Return the rows of a column in which as few facts as possible have another value than their first."""
        near = [self.full]
        for id, values in self.domains.items():
            same = self._state[id][values[0]]
            before = [0, *near]
            near = [(here & same) | (less & ~same) for here, less in zip([*near, 0], before, strict=True)]
        return next((found for layer in near if (found := layer & column)), 0)

    def changed(self, column: Column) -> Iterator[tuple[str, ...]]:
        """Yield the sets of facts that have another value than their first in some row of a column."""
        pending: list[tuple[int, tuple[str, ...], Column]] = [(0, (), column)]
        facts = tuple(self.domains)
        while pending:
            place, found, rows = pending.pop()
            if not rows:
                continue
            if place == len(facts):
                yield found
                continue
            same = self._state[facts[place]][self.domains[facts[place]][0]]
            pending.append((place + 1, found, rows & same))
            pending.append((place + 1, (*found, facts[place]), rows & ~same))

    def rows(self, column: Column) -> Iterator[dict[str, str]]:
        """Yield each row of a column as the values of the facts that vary."""
        for number in row_numbers(column):
            yield {id: values[number // self._strides[id] % len(values)] for id, values in self.domains.items()}

    def _folded(self, column: Column, fact: str) -> Column:
        """Return the rows of a column, each as the one that differs from it in having the first value of a fact."""
        stride, folded = self._strides[fact], 0
        for place, rows in enumerate(self._state[fact].values()):
            folded |= (column & rows) >> (place * stride)
        return folded


def _stripes(rows: int, stride: int, values: int) -> Iterator[Column]:
    """Yield, for each value in turn, the rows that have it: stretches of `stride` rows, over and over."""
    full = (1 << rows) - 1
    stripe, length = (1 << stride) - 1, stride * values
    while length < rows:
        stripe |= stripe << length
        length *= 2
    for place in range(values):
        yield (stripe << (place * stride)) & full
