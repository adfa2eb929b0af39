"""
Lots: likely worlds as sets, with a weight for every set of them.

An `Every` lot is every likely world over the facts that count, as decision diagrams. A `Drawn` lot is worlds drawn at
random, a bit for each, all of which weigh 1.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import Protocol

from plenipo.engines.bitset.diagrams import Diagrams, Worlds
from plenipo.engines.bitset.truth_table import Column, Columns, Set, Trial
from plenipo.inquiry.robustness.likely_facts import Likelihood
from plenipo.rulebook.model import Rulebook

#: Chances are this fine, in powers of two: far finer than any number of worlds drawn could tell.
FINENESS = 32


class Lot(Protocol[Set]):
    """Worlds on which rulebooks can be run; each of them gives columns over the same worlds."""

    @property
    def taken(self) -> int:
        """How many steps were taken so far with sets of these worlds, where the number of steps depends on the sets."""

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> Trial[Set]:
        """Return the worlds as columns with these rules of a rulebook run on them."""

    def weigh(self, column: Set) -> int:
        """Return how much some of the worlds weigh."""

    def split(self, column: Set, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return how much those of some worlds weigh in which a fact has a value, for each value of some facts."""


class Every:
    """
    Every world over some facts, which are asked for in the order given; other facts that vary are unknown.

    Raises:
        TooLargeError: from every operation, when its steps or its time are used up.
    """

    def __init__(
        self, likelihood: Likelihood, facts: Sequence[str], steps: int | None = None, until: float | None = None
    ) -> None:
        self._known = likelihood.facts
        self._diagrams = Diagrams({id: likelihood.weights[id] for id in facts}, steps, until)

    @property
    def taken(self) -> int:
        """How many steps were taken so far."""
        return self._diagrams.taken

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> Trial[Worlds]:
        """Return the worlds with these rules run."""
        columns = Trial(rulebook, self._diagrams.full, self._diagrams.state, self._known)
        columns.run(rules)
        return columns

    def weigh(self, column: Worlds) -> int:
        """Return the exact weight of some worlds, in the likelihood's whole numbers."""
        return self._diagrams.weigh(column)

    def split(self, column: Worlds, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return the exact weight of those of some worlds in which a fact has a value, for each value of some facts."""
        found = zip(self._diagrams.state.items(), self._diagrams.split(column), strict=True)
        return {id: dict(zip(values, weights, strict=True)) for (id, values), weights in found if id in facts}


class Drawn:
    """Worlds drawn at random by how likely they are; what constraints rule out is drawn as well, and not `allowed`."""

    #: Here a step is as long as any other, and there are few.
    taken = 0

    def __init__(self, likelihood: Likelihood, number: int, random: Random) -> None:
        self.full = (1 << number) - 1
        self._known = likelihood.facts
        self._state = {id: _dealt(weights, number, random) for id, weights in likelihood.weights.items()}

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> Columns:
        """Return the worlds with these rules run."""
        columns = Columns(rulebook, self.full, self._state, self._known)
        columns.run(rules)
        return columns

    def weigh(self, column: Column) -> int:
        """Return how many worlds there are in a column."""
        return column.bit_count()

    def split(self, column: Column, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return how many worlds of a column there are in which a fact has a value, for each value of some facts."""
        return {id: {value: (column & there).bit_count() for value, there in self._state[id].items()} for id in facts}


def _dealt(weights: Mapping[str, int], number: int, random: Random) -> Mapping[str, Column]:
    """Return for each value the worlds in which chance gives it to a fact, by the weights."""
    left, of = (1 << number) - 1, sum(weights.values())
    dealt: dict[str, Column] = {}
    for value, weight in weights.items():
        dealt[value] = left if weight == of else left & _chance(weight, of, number, random)
        left &= ~dealt[value]
        of -= weight
    return dealt


def _chance(weight: int, of: int, number: int, random: Random) -> Column:
    """
    Return a column in which every bit is set with the chance weight / of.

    A random binary fraction is below the chance if at the highest digit where they differ it has the lower one; digits
    are gone through from the lowest, and each one that is drawn overrules those before.
    """
    digits = (weight << FINENESS) // of
    below = 0
    for place in range(FINENESS):
        if digits >> place & 1:
            below |= random.getrandbits(number)
        elif below:
            below &= random.getrandbits(number)
    return below
