"""Tallies: how much of the likely worlds has which verdict on an option, in all and where a fact has a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from plenipo.advice import Verdict
from plenipo.inquiry.robustness.lots import Lot
from plenipo.inquiry.table import Column, Columns


@dataclass
class Tally:
    """
    The weights of one option's verdicts; lots are added one after another.

    `by_fact` tells them where a fact has a value, `staying` how much keeps its verdict on other rulebooks, and how much
    of that is not silent.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    by_fact: dict[tuple[str, str], Counter[Verdict]] = field(default_factory=dict)
    staying: dict[str, Counter[bool]] = field(default_factory=dict)

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
        self, option: str, lot: Lot, full: Columns, facts: Mapping[str, Sequence[str]], others: Mapping[str, Columns]
    ) -> None:
        """
        Add the worlds of a lot, on which the rulebook was run (`full`) and others beside it, by name.

        `facts` are those that vary and can matter to the option, each with its values.
        """
        verdicts = full.verdicts(option)
        for verdict, column in verdicts.items():
            self.verdicts[verdict] += lot.weigh(column)
        for fact, values in facts.items():
            for value in values:
                there = full.has(fact, (value,))
                counted = self.by_fact.setdefault((fact, value), Counter())
                counted.update(_weighed(lot, verdicts, there))
        for name, other in others.items():
            counts = self.staying.setdefault(name, Counter())
            for verdict, column in _same(verdicts, other.verdicts(option)):
                counts[verdict is not Verdict.SILENT] += lot.weigh(column)

    def shares(self) -> Mapping[Verdict, Fraction]:
        """Return the share of each verdict that occurs, in the order of verdicts."""
        return shares(self.verdicts)

    def given(self, fact: str) -> Mapping[str, Mapping[Verdict, Fraction]]:
        """Return the shares where a fact has each of the values that it can have."""
        return {value: shares(counted) for (id, value), counted in self.by_fact.items() if id == fact and counted}


def shares(counted: Counter[Verdict]) -> Mapping[Verdict, Fraction]:
    """Return the share of each verdict that occurs, in the order of verdicts."""
    total = counted.total()
    return {verdict: Fraction(counted[verdict], total) for verdict in Verdict if counted[verdict]}


def _weighed(lot: Lot, verdicts: Mapping[Verdict, Column], there: Column) -> Counter[Verdict]:
    weighed = {verdict: lot.weigh(column & there) for verdict, column in verdicts.items() if column & there}
    return Counter({verdict: weight for verdict, weight in weighed.items() if weight})


def _same(one: Mapping[Verdict, Column], other: Mapping[Verdict, Column]) -> Iterable[tuple[Verdict, Column]]:
    return ((verdict, column & other.get(verdict, 0)) for verdict, column in one.items())
