"""Tallies: how much of the likely worlds has which verdict on an option, in all and where a fact has a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt

from plenipo.engines.bitset.truth_table import Set
from plenipo.inquiry.robustness.without_essay import Fate
from plenipo.inquiry.robustness.world_sets import Lot
from plenipo.rulebook.verdict import Verdict


@dataclass
class Tally:
    """
    The weights of one option's verdicts; lots are added one after another.

    `by_fact` tells them where a fact has a value, `staying` what becomes of the verdict on other rulebooks.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    by_fact: dict[str, dict[str, Counter[Verdict]]] = field(default_factory=dict)
    staying: dict[str, Counter[Fate]] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """How much was weighed in all."""
        return self.verdicts.total()

    @property
    def held(self) -> Verdict:
        """The verdict that weighs most, the first in the order of verdicts where several do."""
        return max(Verdict, key=lambda verdict: self.verdicts[verdict])

    @property
    def spoken(self) -> int:
        """How much has a verdict other than silence."""
        return self.weight - self.verdicts[Verdict.SILENT]

    def add(
        self,
        lot: Lot[Set],
        verdicts: Mapping[Verdict, Set],
        facts: Collection[str],
        fates: Mapping[str, Mapping[Fate, Set]],
    ) -> None:
        """
        Add the worlds of a lot, given those of each verdict.

        `facts` are those that vary and can matter to the option, `fates` what becomes of its verdict on other
        rulebooks, by name.
        """
        for verdict, column in verdicts.items():
            self.verdicts[verdict] += lot.weigh(column)
            split = lot.split(column, facts)
            for fact, values in split.items():
                for value, weight in values.items():
                    self.by_fact.setdefault(fact, {}).setdefault(value, Counter())[verdict] += weight
        for name, columns in fates.items():
            counts = self.staying.setdefault(name, Counter())
            for fate, column in columns.items():
                counts[fate] += lot.weigh(column)

    def shares(self) -> Mapping[Verdict, Fraction]:
        """Return the share of each verdict that occurs, in the order of verdicts."""
        return shares(self.verdicts)

    def given(self, fact: str) -> Mapping[str, Counter[Verdict]]:
        """Return the weights where a fact has each of the values that it can have."""
        return {value: counted for value, counted in self.by_fact[fact].items() if counted.total()}


def shares(counted: Counter[Verdict]) -> Mapping[Verdict, Fraction]:
    """Return the share of each verdict that occurs, in the order of verdicts."""
    total = counted.total()
    return {verdict: Fraction(counted[verdict], total) for verdict in Verdict if counted[verdict]}


def error(share: Fraction, drawn: int) -> float:
    """Return the standard error of a share of so many worlds drawn at random."""
    return sqrt(share * (1 - share) / drawn)
