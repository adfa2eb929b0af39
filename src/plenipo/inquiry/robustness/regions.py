"""
Regions: where among the likely situations an option has another verdict than the one it has most often.

A region is a conjunction: some facts, each with the values it may have. In every situation within it the option has one
and the same verdict, and no fact can be left out of it. Few regions, found heaviest first, cover all such situations.
With the rules that act there they say what would have to happen for the advice to change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Generic

from plenipo.advice.conclude import drawing
from plenipo.engines.bitset.situation_columns import Evaluation, SetOf
from plenipo.inquiry.robustness.likely_situations import LikelySituations
from plenipo.rulebook.model import Rule
from plenipo.rulebook.verdict import Verdict

#: The most regions of one verdict that are looked for.
MOST_REGIONS = 24
#: The most facts that are tried together, and the most sets of facts of one size.
MOST_TOGETHER = 3
MOST_TRIED = 400
#: After so many steps no further regions of a verdict are looked for.
MOST_REGION_STEPS = 10_000


@dataclass(frozen=True)
class Region:
    """
    A part of the likely situations in which an option has one verdict; `share` is its part of all of them.

    `coverage` is its part of the situations in which the option has that verdict. `bounds` are the facts that bound it,
    each with the values it may have there. `rules` draw the verdict, and in every situation of the region one of them
    acts. Where the verdict is weaker than the one held most often, `gone` are rules that draw the latter elsewhere and
    do not act here.
    """

    verdict: Verdict
    bounds: Mapping[str, tuple[str, ...]]
    share: Fraction
    coverage: Fraction
    rules: tuple[Rule, ...]
    gone: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Flips:
    """Where an option flips: the regions, the largest first; `uncovered` is the share of such situations in none."""

    regions: tuple[Region, ...] = ()
    uncovered: Fraction = Fraction(0)


def flips(
    option: str,
    held: Verdict,
    situations: LikelySituations[SetOf],
    full: Evaluation[SetOf],
    facts: Mapping[str, Sequence[str]],
) -> Flips:
    """
    Return the regions of every verdict but the one `held` most often.

    `facts` are those that can matter, each with its values; `full` are the situations with the rules run. Where these
    are samples, a region holds as far as they show.
    """
    search = _RegionSearch(option, held, situations, full, facts)
    flipped = [verdict for verdict in full.verdicts(option) if verdict is not held]
    found = [region for verdict in flipped for region in search.of(verdict)]
    ordered = sorted(found, key=lambda region: (-region.share, list(region.bounds.items())))
    return Flips(tuple(ordered), search.uncovered)


class _RegionSearch(Generic[SetOf]):
    def __init__(
        self,
        option: str,
        held: Verdict,
        situations: LikelySituations[SetOf],
        full: Evaluation[SetOf],
        facts: Mapping[str, Sequence[str]],
    ) -> None:
        self._option, self._held, self._situations, self._full, self._facts = option, held, situations, full, facts
        self._verdicts = full.verdicts(option)
        self._total = situations.weigh(full.allowed)
        self._missed = full.none

    @property
    def uncovered(self) -> Fraction:
        """The share of all situations that have a verdict of those looked for, and lie in no region of it."""
        return Fraction(self._situations.weigh(self._missed), self._total)

    def of(self, verdict: Verdict) -> list[Region]:
        """Return regions that cover the situations with a verdict, none of which the others make superfluous."""
        wanted = self._verdicts[verdict]
        left, before = wanted, self._situations.steps()
        regions: list[tuple[Mapping[str, tuple[str, ...]], SetOf]] = []
        while left and len(regions) < MOST_REGIONS:
            bounds = self._around(self._heaviest(left), wanted)
            region = self._within(bounds) & wanted
            regions.append((bounds, region))
            left &= ~region
            if self._situations.steps() - before > MOST_REGION_STEPS:
                break
        self._missed |= left
        needed = _needed(sorted(regions, key=lambda found: self._situations.weigh(found[1])), self._full.none)
        return [self._region(verdict, bounds, region) for bounds, region in needed]

    def _heaviest(self, some: SetOf) -> Mapping[str, str]:
        """Return a situation of a set, fact by fact with the value that most of what is left has."""
        situation = {}
        for fact, values in self._facts.items():
            parts = {value: some & self._full.has(fact, (value,)) for value in values}
            situation[fact] = max(values, key=lambda value: self._situations.weigh(parts[value]))
            some = parts[situation[fact]]
        return situation

    def _around(self, situation: Mapping[str, str], wanted: SetOf) -> Mapping[str, tuple[str, ...]]:
        """Return the bounds of a region around a situation: as few facts as possible, then as many values of each."""
        others = self._full.allowed & ~wanted
        candidates = [
            self._widened(situation, chosen, wanted, others) for chosen in self._conjunctions(situation, others)
        ]
        return max(candidates, key=lambda bounds: self._situations.weigh(self._within(bounds) & wanted))

    def _conjunctions(self, situation: Mapping[str, str], others: SetOf) -> list[tuple[str, ...]]:
        """Return smallest sets of facts (at least one) whose values in a situation allow no other verdict."""
        for size in range(MOST_TOGETHER + 1):
            if comb(len(situation), size) > MOST_TRIED:
                break
            found = [chosen for chosen in combinations(situation, size) if not self._like(situation, chosen) & others]
            if found:
                return found
        chosen = tuple(situation)
        for fact in situation:
            fewer = tuple(other for other in chosen if other != fact)
            if not self._like(situation, fewer) & others:
                chosen = fewer
        return [chosen]

    def _widened(
        self, situation: Mapping[str, str], chosen: Iterable[str], wanted: SetOf, others: SetOf
    ) -> Mapping[str, tuple[str, ...]]:
        """Return a conjunction in which each fact has every further value that occurs with the verdict and keeps it."""
        bounds: dict[str, tuple[str, ...]] = {fact: (situation[fact],) for fact in chosen}
        for fact in tuple(bounds):
            rest = self._within({other: values for other, values in bounds.items() if other != fact})
            kept: tuple[str, ...] = ()
            for value in self._facts[fact]:
                more = rest & self._full.has(fact, (value,))
                if more & wanted and not more & others:
                    kept = (*kept, value)
            bounds[fact] = kept
        return bounds

    def _like(self, situation: Mapping[str, str], facts: Iterable[str]) -> SetOf:
        return self._within({fact: (situation[fact],) for fact in facts})

    def _within(self, bounds: Mapping[str, Iterable[str]]) -> SetOf:
        some = self._full.allowed
        for fact, values in bounds.items():
            some &= self._full.has(fact, values)
        return some

    def _region(self, verdict: Verdict, bounds: Mapping[str, tuple[str, ...]], region: SetOf) -> Region:
        weaker = list(Verdict).index(verdict) > list(Verdict).index(self._held)
        return Region(
            verdict,
            bounds,
            Fraction(self._situations.weigh(region), self._total),
            Fraction(self._situations.weigh(region), self._situations.weigh(self._verdicts[verdict])),
            self._making(verdict, region),
            self._making(self._held, self._verdicts.get(self._held, self._full.none)) if weaker else (),
        )

    def _making(self, verdict: Verdict, some: SetOf) -> tuple[Rule, ...]:
        """Return few rules that draw a verdict, one of which acts in every situation of a set; none draws silence."""
        makers = {rule.id for rule in drawing(self._full.rulebook, self._option, verdict)}
        acting = {id: acts for id, acts in self._full.acts.items() if id in makers}
        chosen = []
        while some and acting:
            id = max(acting, key=lambda rule: self._situations.weigh(acting[rule] & some))
            chosen.append(self._full.rulebook.rules[id])
            some &= ~acting.pop(id)
        return tuple(chosen)


def _needed(
    regions: Sequence[tuple[Mapping[str, tuple[str, ...]], SetOf]], none: SetOf
) -> Iterator[tuple[Mapping[str, tuple[str, ...]], SetOf]]:
    """Yield the regions, given lightest first, that have a situation which none of the others that are kept has."""
    kept = dict(enumerate(regions))
    for number, (_, some) in enumerate(regions):
        rest = none
        for other, (_, covered) in kept.items():
            rest |= covered if other != number else none
        if not some & ~rest:
            del kept[number]
    yield from kept.values()
