"""Survival: how much of the advice stays without a source, over all likely situations and options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from fractions import Fraction
from math import sqrt
from operator import add

from plenipo.engines.bitset.situation_columns import Column, SetOf, counts_by_row
from plenipo.rulebook.verdict import Verdict


class EssayEffect(Enum):
    """What leaving out a source does to a verdict; a silence that does not stay has none of these."""

    KEPT = auto()
    SILENCED = auto()
    TURNED = auto()
    SILENT_STILL = auto()


#: The effects on verdicts that say something, by the name of their share of these.
SPOKEN = {EssayEffect.KEPT: "spoken", EssayEffect.SILENCED: "silenced", EssayEffect.TURNED: "turned"}
#: The effects that leave a verdict as it is.
SAME = (EssayEffect.KEPT, EssayEffect.SILENT_STILL)


@dataclass(frozen=True)
class Survival:
    """
    How much of the advice stays without a source; every option counts the same.

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


def essay_effects(
    with_it: Mapping[Verdict, SetOf], without: Mapping[Verdict, SetOf], none: SetOf
) -> Mapping[EssayEffect, SetOf]:
    """Return the situations of each effect, given those of each verdict with and without a source, and no situation."""
    kept = silenced = turned = still = none
    silent = without.get(Verdict.SILENT, none)
    for verdict, some in with_it.items():
        same = some & without.get(verdict, none)
        if verdict is Verdict.SILENT:
            still = same
        else:
            kept |= same
            silenced |= some & silent
            turned |= some & ~same & ~silent
    return {
        EssayEffect.KEPT: kept,
        EssayEffect.SILENCED: silenced,
        EssayEffect.TURNED: turned,
        EssayEffect.SILENT_STILL: still,
    }


class SurvivalErrors:
    """
    How the number of verdicts of each effect varies from sample to sample, for the standard error of their shares.

    A share of verdicts is a ratio of two such numbers (how many stay, of how many), and situations are drawn one by
    one: so its error is that of a ratio (W. G. Cochran, Sampling Techniques, 1977, ch. 2.11).
    """

    def __init__(self) -> None:
        self._sums: dict[str, tuple[int, ...]] = {}

    def add(self, options: Sequence[Mapping[EssayEffect, Column]], allowed: Column) -> None:
        """Add samples: for each option those of each effect, and those that constraints allow."""
        speaking = counts_by_row(option[effect] for option in options for effect in SPOKEN)
        for effect, name in SPOKEN.items():
            self._add(name, counts_by_row(option[effect] for option in options), speaking)
        staying = counts_by_row(option[effect] for option in options for effect in SAME)
        self._add("every", staying, counts_by_row([allowed] * len(options)))

    def _add(self, name: str, count: Sequence[Column], of: Sequence[Column]) -> None:
        total = sum(digit.bit_count() << place for place, digit in enumerate(of))
        more = _products(count, count), _products(count, of), _products(of, of), total
        self._sums[name] = tuple(map(add, self._sums.get(name, (0, 0, 0, 0)), more))

    def errors(self, shares: Mapping[str, Fraction]) -> Mapping[str, float]:
        """Return the standard error of each share by its name."""
        found = {}
        for name, (squares, products, of_squares, of) in self._sums.items():
            share = shares[name]
            found[name] = sqrt(squares - 2 * share * products + share**2 * of_squares) / of if of else 0.0
        return found


def _products(one: Sequence[Column], other: Sequence[Column]) -> int:
    """Return the sum over all rows of one number times the other, both given by their digits (`counts_by_row`)."""
    return sum(
        (digit & against).bit_count() << (place + other_place)
        for place, digit in enumerate(one)
        for other_place, against in enumerate(other)
    )
