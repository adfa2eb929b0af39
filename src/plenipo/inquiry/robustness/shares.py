"""Shares: how many of the likely situations give an option each verdict, in all and where a fact has a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt

from plenipo.engines.bitset.situation_columns import SetOf
from plenipo.inquiry.robustness.likely_situations import LikelySituations
from plenipo.inquiry.robustness.without_essay import EssayEffect
from plenipo.rulebook.verdict import Verdict


@dataclass
class VerdictCounts:
    """
    The weight of each verdict on one option, added up over one or more sets of likely situations.

    `by_fact` gives it where a fact has a value, `without` the weight of each effect that leaving out a source has.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    by_fact: dict[str, dict[str, Counter[Verdict]]] = field(default_factory=dict)
    without: dict[str, Counter[EssayEffect]] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """The weight of all situations."""
        return self.verdicts.total()

    @property
    def held(self) -> Verdict:
        """The verdict that weighs most, the first in the order of verdicts where several do."""
        return max(Verdict, key=lambda verdict: self.verdicts[verdict])

    def add(
        self,
        situations: LikelySituations[SetOf],
        verdicts: Mapping[Verdict, SetOf],
        facts: Collection[str],
        effects: Mapping[str, Mapping[EssayEffect, SetOf]],
    ) -> None:
        """
        Add situations, given the set of each verdict.

        `facts` are those that vary and can matter to the option, `effects` (source -> effect -> set) those of leaving
        out each source.
        """
        for verdict, some in verdicts.items():
            self.verdicts[verdict] += situations.weigh(some)
            for fact, values in situations.split(some, facts).items():
                for value, weight in values.items():
                    self.by_fact.setdefault(fact, {}).setdefault(value, Counter())[verdict] += weight
        for source, sets in effects.items():
            counts = self.without.setdefault(source, Counter())
            for effect, some in sets.items():
                counts[effect] += situations.weigh(some)

    def given(self, fact: str) -> Mapping[str, Counter[Verdict]]:
        """Return the weights where a fact has each of the values that it can have."""
        return {value: counted for value, counted in self.by_fact[fact].items() if counted.total()}


def shares(counted: Counter[Verdict]) -> Mapping[Verdict, Fraction]:
    """Return the share of each verdict that occurs, in the order of verdicts."""
    total = counted.total()
    return {verdict: Fraction(counted[verdict], total) for verdict in Verdict if counted[verdict]}


def standard_error(share: Fraction, samples: int) -> float:
    """Return the standard error of a share of so many samples."""
    return sqrt(share * (1 - share) / samples)
