"""
Lots: likely worlds laid out as columns, with a weight for every set of them.

A `Whole` lot is every likely world, as a truth table over the facts that count, or one part of a table that would be
too large. A `Drawn` lot is worlds drawn at random, each of which weighs 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from random import Random
from typing import Protocol

from plenipo.inquiry import table
from plenipo.inquiry.robustness.likelihood import Likelihood
from plenipo.inquiry.table import Column, Columns, Table
from plenipo.rulebook.model import Rulebook

#: Chances are this fine, in powers of two: far finer than any number of worlds drawn could tell.
FINENESS = 32


class Lot(Protocol):
    """Worlds on which rulebooks can be run; each of them gives columns over the same worlds."""

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> Columns:
        """Return the worlds as columns with these rules of a rulebook run on them."""

    def weigh(self, column: Column) -> int:
        """Return how much some of the worlds weigh."""


class Whole:
    """Every world over some facts; `rest` are facts that are held so, and `factor` is how much that weighs."""

    def __init__(self, weights: Mapping[str, Mapping[str, int]], rest: Mapping[str, str], factor: int = 1) -> None:
        self._domains = {id: tuple(values) for id, values in weights.items()}
        self._rest = rest
        self._scale = _Scale([list(values.values()) for values in weights.values()])
        self._factor = factor

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> Columns:
        """Return the truth table with these rules run."""
        columns = Table(rulebook, self._domains, self._rest)
        columns.run(rules)
        return columns

    def weigh(self, column: Column) -> int:
        """Return the exact weight of some worlds, in the likelihood's whole numbers."""
        return self._factor * self._scale.weigh(column)


class Drawn:
    """Worlds drawn at random by how likely they are; what constraints rule out is drawn as well, and not `allowed`."""

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


def fits(likelihood: Likelihood, facts: Sequence[str]) -> bool:
    """Return whether every world over these facts fits into one table."""
    return table.fits({id: tuple(likelihood.weights[id]) for id in facts})


def whole(likelihood: Likelihood, facts: Sequence[str]) -> Iterator[Whole]:
    """Yield every world over some of the facts that vary, in as many lots as it takes; the other facts are unknown."""
    inner, rows = len(facts), 1
    while inner and rows * len(likelihood.weights[facts[inner - 1]]) <= table.MOST_ROWS:
        inner -= 1
        rows *= len(likelihood.weights[facts[inner]])
    outer = facts[:inner]
    weights = {id: likelihood.weights[id] for id in facts[inner:]}
    for choice in product(*(likelihood.weights[id].items() for id in outer)):
        held = dict(zip(outer, (value for value, _ in choice), strict=True))
        yield Whole(weights, {**likelihood.facts, **held}, prod(weight for _, weight in choice))


class _Scale:
    """Weighs columns of a table: the weight of a world is the product of the weights of its values."""

    def __init__(self, weights: Sequence[Sequence[int]]) -> None:
        self._weights = weights
        self._strides = [prod(len(values) for values in weights[:place]) for place in range(len(weights))]
        self._seen: dict[tuple[int, Column], int] = {}

    def weigh(self, column: Column) -> int:
        """Return the weight of the worlds in a column."""
        return self._weigh(len(self._weights), column)

    def _weigh(self, facts: int, column: Column) -> int:
        """Weigh a stretch of worlds in which the first so many facts vary; what was weighed before is remembered."""
        if not column or not facts:
            return column
        if (facts, column) not in self._seen:
            stride = self._strides[facts - 1]
            mask = (1 << stride) - 1
            self._seen[facts, column] = sum(
                weight * self._weigh(facts - 1, column >> (place * stride) & mask)
                for place, weight in enumerate(self._weights[facts - 1])
            )
        return self._seen[facts, column]


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
