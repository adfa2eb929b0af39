"""
Regions: where among the likely worlds an option has another verdict than the one it holds in most.

A region is a conjunction: some facts, each with the values it may have. In every world within it the option has the one
verdict, and no fact can be left out of it. Few regions, found heaviest first, cover all such worlds; together with the
rules that speak there they say what would have to come about for the advice to be another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Generic

from plenipo.engines.bitset.truth_table import Set, Trial
from plenipo.inquiry.robustness.world_sets import Lot
from plenipo.rulebook.model import Rule
from plenipo.rulebook.verdict import Verdict

#: As many regions of one verdict as are looked for, as many facts of one as are tried together, and as many such sets.
MOST = 24
TOGETHER = 3
TRIED = 400
#: After so many steps with the worlds of a lot no further regions of a verdict are looked for.
EFFORT = 10_000


@dataclass(frozen=True)
class Region:
    """
    A part of the likely worlds in which an option has a verdict; `share` is its part of all of them.

    `coverage` is its part of the worlds in which the option has that verdict.

    `bounds` are the facts that bound it, each with the values it may have there. `rules` make the verdict: they draw it
    and one of them acts in every world of the region. Where the verdict is a weaker one than that held in most worlds,
    `gone` are rules that make the latter elsewhere and do not act here.
    """

    verdict: Verdict
    bounds: Mapping[str, tuple[str, ...]]
    share: Fraction
    coverage: Fraction
    rules: tuple[Rule, ...]
    gone: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Flips:
    """Where an option flips: the regions, the largest first; `uncovered` is the share of such worlds in none."""

    regions: tuple[Region, ...] = ()
    uncovered: Fraction = Fraction(0)


def flips(option: str, held: Verdict, lot: Lot[Set], full: Trial[Set], facts: Mapping[str, Sequence[str]]) -> Flips:
    """
    Return the regions of every verdict but the one `held` in most worlds.

    `facts` are those that can matter, each with its values; `full` are the worlds of the lot with the rules run. Where
    the lot is worlds drawn at random, a region is one by all that was drawn.
    """
    search = _Search(option, held, lot, full, facts)
    flipped = [verdict for verdict in full.verdicts(option) if verdict is not held]
    found = [region for verdict in flipped for region in search.of(verdict)]
    ordered = sorted(found, key=lambda region: (-region.share, list(region.bounds.items())))
    return Flips(tuple(ordered), search.uncovered)


class _Search(Generic[Set]):
    def __init__(
        self, option: str, held: Verdict, lot: Lot[Set], full: Trial[Set], facts: Mapping[str, Sequence[str]]
    ) -> None:
        self._option, self._held, self._lot, self._full, self._facts = option, held, lot, full, facts
        self._verdicts = full.verdicts(option)
        self._total = lot.weigh(full.allowed)
        self._missed = full.none

    @property
    def uncovered(self) -> Fraction:
        """The share of all worlds that have a verdict of those looked for, and lie in no region of it."""
        return Fraction(self._lot.weigh(self._missed), self._total)

    def of(self, verdict: Verdict) -> list[Region]:
        """Return regions that cover the worlds with a verdict, none of which the others make needless."""
        wanted = self._verdicts[verdict]
        left, before = wanted, self._lot.taken
        cubes: list[tuple[Mapping[str, tuple[str, ...]], Set]] = []
        while left and len(cubes) < MOST:
            bounds = self._around(self._heaviest(left), wanted)
            cube = self._within(bounds) & wanted
            cubes.append((bounds, cube))
            left &= ~cube
            if self._lot.taken - before > EFFORT:
                break
        self._missed |= left
        needed = _needed(sorted(cubes, key=lambda found: self._lot.weigh(found[1])), self._full.none)
        return [self._region(verdict, bounds, cube) for bounds, cube in needed]

    def _heaviest(self, column: Set) -> Mapping[str, str]:
        """Return a world of a column, fact by fact with the value that most of what is left has."""
        world = {}
        for fact, values in self._facts.items():
            parts = {value: column & self._full.has(fact, (value,)) for value in values}
            world[fact] = max(values, key=lambda value: self._lot.weigh(parts[value]))
            column = parts[world[fact]]
        return world

    def _around(self, world: Mapping[str, str], wanted: Set) -> Mapping[str, tuple[str, ...]]:
        """Return the bounds of a region around a world: as few facts as possible, then as many values of each."""
        others = self._full.allowed & ~wanted
        candidates = [self._widened(world, chosen, wanted, others) for chosen in self._conjunctions(world, others)]
        return max(candidates, key=lambda bounds: self._lot.weigh(self._within(bounds) & wanted))

    def _conjunctions(self, world: Mapping[str, str], others: Set) -> list[tuple[str, ...]]:
        """Return smallest sets of facts (at least one) that, as in a world, leave no world of another verdict."""
        for size in range(TOGETHER + 1):
            if comb(len(world), size) > TRIED:
                break
            found = [chosen for chosen in combinations(world, size) if not self._like(world, chosen) & others]
            if found:
                return found
        chosen = tuple(world)
        for fact in world:
            fewer = tuple(other for other in chosen if other != fact)
            if not self._like(world, fewer) & others:
                chosen = fewer
        return [chosen]

    def _widened(
        self, world: Mapping[str, str], chosen: Iterable[str], wanted: Set, others: Set
    ) -> Mapping[str, tuple[str, ...]]:
        """Return a conjunction in which each fact has every further value that occurs with the verdict and keeps it."""
        bounds: dict[str, tuple[str, ...]] = {fact: (world[fact],) for fact in chosen}
        for fact in tuple(bounds):
            rest = self._within({other: values for other, values in bounds.items() if other != fact})
            kept: tuple[str, ...] = ()
            for value in self._facts[fact]:
                more = rest & self._full.has(fact, (value,))
                if more & wanted and not more & others:
                    kept = (*kept, value)
            bounds[fact] = kept
        return bounds

    def _like(self, world: Mapping[str, str], facts: Iterable[str]) -> Set:
        return self._within({fact: (world[fact],) for fact in facts})

    def _within(self, bounds: Mapping[str, Iterable[str]]) -> Set:
        column = self._full.allowed
        for fact, values in bounds.items():
            column &= self._full.has(fact, values)
        return column

    def _region(self, verdict: Verdict, bounds: Mapping[str, tuple[str, ...]], cube: Set) -> Region:
        weaker = list(Verdict).index(verdict) > list(Verdict).index(self._held)
        return Region(
            verdict,
            bounds,
            Fraction(self._lot.weigh(cube), self._total),
            Fraction(self._lot.weigh(cube), self._lot.weigh(self._verdicts[verdict])),
            self._making(verdict, cube),
            self._making(self._held, self._verdicts.get(self._held, self._full.none)) if weaker else (),
        )

    def _making(self, verdict: Verdict, column: Set) -> tuple[Rule, ...]:
        """Return few rules that draw a verdict, one of which acts in every world of a column; none makes silence."""
        acting = {id: self._full.acts[id] for id in self._drawing(verdict)}
        chosen = []
        while column and acting:
            id = max(acting, key=lambda rule: self._lot.weigh(acting[rule] & column))
            chosen.append(self._full.rulebook.rules[id])
            column &= ~acting.pop(id)
        return tuple(chosen)

    def _drawing(self, verdict: Verdict) -> Iterator[str]:
        if verdict is Verdict.SILENT:
            return
        for id in self._full.acts:
            rule = self._full.rulebook.rules[id]
            if any(drawn.on == self._option and drawn.verb.value == verdict.value for drawn in rule.then):
                yield id


def _needed(
    cubes: Sequence[tuple[Mapping[str, tuple[str, ...]], Set]], none: Set
) -> Iterator[tuple[Mapping[str, tuple[str, ...]], Set]]:
    """Yield the cubes, given lightest first, that have a world which none of the others that are kept has."""
    kept = dict(enumerate(cubes))
    for number, (_, column) in enumerate(cubes):
        rest = none
        for other, (_, covered) in kept.items():
            rest |= covered if other != number else none
        if not column & ~rest:
            del kept[number]
    yield from kept.values()
