"""Survival: how much of the advice stays without an essay, over all worlds and options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from fractions import Fraction
from math import sqrt
from operator import add

from plenipo.engines.bitset.truth_table import Column, Set
from plenipo.rulebook.verdict import Verdict


class Fate(Enum):
    """What becomes of a verdict without an essay; a silence that does not stay has none of these."""

    KEPT = auto()
    SILENCED = auto()
    TURNED = auto()
    SILENT_STILL = auto()


#: The fates of verdicts that say something, by the name of their share of these.
SPOKEN = {Fate.KEPT: "spoken", Fate.SILENCED: "silenced", Fate.TURNED: "turned"}


@dataclass(frozen=True)
class Survival:
    """
    How much of the advice stays without an essay; every option counts the same.

    `every` is the share of all verdicts that stays. Of those that say something, `spoken` is the share that stays,
    `silenced` that falls silent, and `turned` that becomes another verdict. `errors` are the standard errors by these
    names, none where all is exact. `lost` are the options whose verdict is nowhere the same.
    """

    every: Fraction
    spoken: Fraction
    silenced: Fraction
    turned: Fraction
    lost: tuple[str, ...]
    errors: Mapping[str, float] = field(default_factory=dict)


def fates(with_it: Mapping[Verdict, Set], without: Mapping[Verdict, Set], none: Set) -> Mapping[Fate, Set]:
    """Return the worlds of each fate, given those of each verdict with and without an essay, and the empty set."""
    kept = silenced = turned = still = none
    silent = without.get(Verdict.SILENT, none)
    for verdict, column in with_it.items():
        same = column & without.get(verdict, none)
        if verdict is Verdict.SILENT:
            still = same
        else:
            kept |= same
            silenced |= column & silent
            turned |= column & ~same & ~silent
    return {Fate.KEPT: kept, Fate.SILENCED: silenced, Fate.TURNED: turned, Fate.SILENT_STILL: still}


class Spread:
    """
    How the number of verdicts of each fate varies from world to world, for the standard error of their shares.

    A share of verdicts is a ratio of two such numbers (how many stay, of how many), and worlds are drawn one by one: so
    its error is that of a ratio (W. G. Cochran, Sampling Techniques, 1977, ch. 2.11).
    """

    def __init__(self) -> None:
        self._sums: dict[str, tuple[int, ...]] = {}

    def add(self, options: Sequence[Mapping[Fate, Column]], allowed: Column) -> None:
        """Add worlds that were drawn: for each option those of each fate, and those that constraints allow."""
        counts = {fate: _Count([option[fate] for option in options]) for fate in SPOKEN}
        speaking = _Count([option[fate] for option in options for fate in SPOKEN])
        staying = _Count([option[fate] for option in options for fate in (Fate.KEPT, Fate.SILENT_STILL)])
        self._add("every", staying, _Count([allowed] * len(options)))
        for fate, name in SPOKEN.items():
            self._add(name, counts[fate], speaking)

    def _add(self, name: str, count: _Count, of: _Count) -> None:
        more = count.times(count), count.times(of), of.times(of), of.total
        self._sums[name] = tuple(map(add, self._sums.get(name, (0, 0, 0, 0)), more))

    def errors(self, shares: Mapping[str, Fraction]) -> Mapping[str, float]:
        """Return the standard error of each share by its name."""
        found = {}
        for name, (squares, products, of_squares, of) in self._sums.items():
            share = shares[name]
            found[name] = sqrt(squares - 2 * share * products + share**2 * of_squares) / of if of else 0.0
        return found


class _Count:
    """In how many of some columns each world is: a column for each binary digit of that number."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._digits: list[Column] = []
        for column in columns:
            carried = column
            for place, digit in enumerate(self._digits):
                self._digits[place], carried = digit ^ carried, digit & carried
                if not carried:
                    break
            if carried:
                self._digits.append(carried)

    @property
    def total(self) -> int:
        """The sum over all worlds."""
        return sum(digit.bit_count() << place for place, digit in enumerate(self._digits))

    def times(self, other: _Count) -> int:
        """Return the sum over all worlds of one number times the other."""
        return sum(
            (digit & against).bit_count() << (place + place_of_other)
            for place, digit in enumerate(self._digits)
            for place_of_other, against in enumerate(other._digits)
        )
