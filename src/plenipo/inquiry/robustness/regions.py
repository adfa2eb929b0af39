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

from plenipo.advice import Verdict
from plenipo.inquiry.robustness.lots import Lot
from plenipo.inquiry.table import Column, Columns
from plenipo.rulebook.model import Rule

#: As many regions of one verdict as are looked for, as many facts of one as are tried together, and as many such sets.
MOST = 24
TOGETHER = 3
TRIED = 400


@dataclass(frozen=True)
class Region:
    """
    A part of the likely worlds in which an option has a verdict; `share` is its part of all of them.

    `bounds` are the facts that bound it, each with the values it may have there. `rules` make the verdict: they draw it
    and one of them acts in every world of the region. Where the verdict is a weaker one than that held in most worlds,
    `gone` are rules that make the latter elsewhere and do not act here.
    """

    verdict: Verdict
    bounds: Mapping[str, tuple[str, ...]]
    share: Fraction
    rules: tuple[Rule, ...]
    gone: tuple[Rule, ...] = ()


def regions(
    option: str, held: Verdict, lot: Lot, full: Columns, facts: Mapping[str, Sequence[str]]
) -> tuple[Region, ...]:
    """
    Return the regions of every verdict but the one `held` in most worlds, the largest first.

    `facts` are those that can matter, each with its values; `full` are the worlds of the lot with the rules run. Where
    the lot is worlds drawn at random, a region is one by all that was drawn.
    """
    search = _Search(option, held, lot, full, facts)
    found = [region for verdict in full.verdicts(option) if verdict is not held for region in search.of(verdict)]
    return tuple(sorted(found, key=lambda region: (-region.share, list(region.bounds.items()))))


class _Search:
    def __init__(self, option: str, held: Verdict, lot: Lot, full: Columns, facts: Mapping[str, Sequence[str]]) -> None:
        self._option, self._held, self._lot, self._full, self._facts = option, held, lot, full, facts
        self._verdicts = full.verdicts(option)
        self._total = lot.weigh(full.allowed)

    def of(self, verdict: Verdict) -> list[Region]:
        """Return regions that cover the worlds with a verdict, none of which the others make needless."""
        wanted = self._verdicts[verdict]
        left = wanted
        cubes: list[tuple[Mapping[str, tuple[str, ...]], Column]] = []
        while left and len(cubes) < MOST:
            bounds = self._around(self._heaviest(left), wanted)
            cube = self._within(bounds) & wanted
            cubes.append((bounds, cube))
            left &= ~cube
        needed = _needed(sorted(cubes, key=lambda found: self._lot.weigh(found[1])))
        return [self._region(verdict, bounds, cube) for bounds, cube in needed]

    def _heaviest(self, column: Column) -> Mapping[str, str]:
        """Return a world of a column, fact by fact with the value that most of what is left has."""
        world = {}
        for fact, values in self._facts.items():
            parts = {value: column & self._full.has(fact, (value,)) for value in values}
            world[fact] = max(values, key=lambda value: self._lot.weigh(parts[value]))
            column = parts[world[fact]]
        return world

    def _around(self, world: Mapping[str, str], wanted: Column) -> Mapping[str, tuple[str, ...]]:
        """Return the bounds of a region around a world: as few facts as possible, then as many values of each."""
        others = self._full.allowed & ~wanted
        candidates = [self._widened(world, chosen, wanted, others) for chosen in self._conjunctions(world, others)]
        return max(candidates, key=lambda bounds: self._lot.weigh(self._within(bounds) & wanted))

    def _conjunctions(self, world: Mapping[str, str], others: Column) -> list[tuple[str, ...]]:
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
        self, world: Mapping[str, str], chosen: Iterable[str], wanted: Column, others: Column
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

    def _like(self, world: Mapping[str, str], facts: Iterable[str]) -> Column:
        return self._within({fact: (world[fact],) for fact in facts})

    def _within(self, bounds: Mapping[str, Iterable[str]]) -> Column:
        column = self._full.allowed
        for fact, values in bounds.items():
            column &= self._full.has(fact, values)
        return column

    def _region(self, verdict: Verdict, bounds: Mapping[str, tuple[str, ...]], cube: Column) -> Region:
        weaker = list(Verdict).index(verdict) > list(Verdict).index(self._held)
        return Region(
            verdict,
            bounds,
            Fraction(self._lot.weigh(cube), self._total),
            self._making(verdict, cube),
            self._making(self._held, self._verdicts.get(self._held, 0)) if weaker else (),
        )

    def _making(self, verdict: Verdict, column: Column) -> tuple[Rule, ...]:
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
    cubes: Sequence[tuple[Mapping[str, tuple[str, ...]], Column]],
) -> Iterator[tuple[Mapping[str, tuple[str, ...]], Column]]:
    """Yield the cubes, given lightest first, that have a world which none of the others that are kept has."""
    kept = dict(enumerate(cubes))
    for number, (_, column) in enumerate(cubes):
        rest = 0
        for other, (_, covered) in kept.items():
            rest |= covered if other != number else 0
        if not column & ~rest:
            del kept[number]
    yield from kept.values()
