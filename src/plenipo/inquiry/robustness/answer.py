"""
The answer: the share of every verdict over the likely situations, what moves it, where it flips, what stays without
a source.

Where every situation counts, all of this is exact. Samples give it with a standard error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import hypot
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.inquiry.robustness.likely_facts import Likelihood
from plenipo.inquiry.robustness.regions import Flips, Region
from plenipo.inquiry.robustness.shares import VerdictCounts, shares, standard_error
from plenipo.inquiry.robustness.without_essay import SAME, SPOKEN, EssayEffect, Survival, SurvivalErrors
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Mover:
    """
    A fact that moves a verdict: `swing` is how far the share of the verdict held most often changes between values.

    `shares` are those of every verdict where the fact has a value; `most` and `least` are the values at which the
    verdict held most often has its largest and its smallest share. `error` is the standard error of the swing: that
    of the difference of these two shares, 0 where it is exact.
    """

    fact: str
    swing: Fraction
    most: str
    least: str
    shares: Mapping[str, Mapping[Verdict, Fraction]]
    error: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether the swing is more than chance would often give: more than two standard errors."""
        return self.swing > 2 * self.error


@dataclass(frozen=True)
class Leaning:
    """
    What becomes of one option: the share of each verdict that occurs, and the one `held` most often.

    `movers` are the facts that move it, the strongest first; `regions` are where it has another verdict, proved unless
    `sampled`, and `uncovered` is the share of situations that have another verdict and lie in none of them. `staying`
    is the share of situations in which it is the same without a source.
    """

    option: str
    held: Verdict
    shares: Mapping[Verdict, Fraction]
    movers: tuple[Mover, ...] = ()
    regions: tuple[Region, ...] = ()
    uncovered: Fraction = Fraction(0)
    sampled: bool = False
    staying: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Robustness:
    """
    What becomes of advice over all that is likely, by option in the order of the rulebook.

    `drawn` is the number of samples, drawn with `seed`, 0 where every situation counts; `counted` is how many of these
    constraints allow. `excluded` is the share that constraints rule out. `survival` is what stays without each source.
    """

    kind: ClassVar[Literal["robustness"]] = "robustness"

    advice: Advice
    likelihood: Likelihood
    options: Mapping[str, Leaning]
    excluded: Fraction
    survival: Mapping[str, Survival]
    drawn: int = 0
    counted: int = 0
    seed: int = 0

    @property
    def exact(self) -> bool:
        """Whether every likely situation counts, and nothing was sampled."""
        return not self.drawn

    @cached_property
    def divided(self) -> tuple[Leaning, ...]:
        """The options that have more than one verdict, those that are most divided first."""
        found = [leaning for leaning in self.options.values() if len(leaning.shares) > 1]
        return tuple(sorted(found, key=lambda leaning: (leaning.shares[leaning.held], leaning.option)))

    @cached_property
    def movers(self) -> Mapping[str, tuple[tuple[str, Mover], ...]]:
        """For each fact that surely moves verdicts: the options it moves and how, the strongest first."""
        found: dict[str, list[tuple[str, Mover]]] = {}
        for leaning in self.options.values():
            for mover in leaning.movers:
                if mover.sure:
                    found.setdefault(mover.fact, []).append((leaning.option, mover))
        total = {fact: sum(mover.swing for _, mover in moved) for fact, moved in found.items()}
        ordered = sorted(found, key=lambda fact: (-total[fact], fact))
        return {fact: tuple(sorted(found[fact], key=lambda moved: (-moved[1].swing, moved[0]))) for fact in ordered}

    def error(self, share: Fraction) -> float:
        """Return the standard error of a share, 0 where it is exact."""
        return standard_error(share, self.counted) if self.counted else 0.0


def leaning(option: str, counts: VerdictCounts, found: Flips, sampled: bool = False, *, drawn: bool = False) -> Leaning:
    """Return what becomes of one option; `sampled` are the regions, `drawn` the counts where they are of samples."""
    movers = [mover for fact in counts.by_fact if (mover := _mover(counts, fact, drawn=drawn)).swing]
    return Leaning(
        option,
        counts.held,
        shares(counts.verdicts),
        tuple(sorted(movers, key=lambda mover: (-mover.swing, mover.fact))),
        found.regions,
        found.uncovered,
        sampled,
        {source: Fraction(_same(each), counts.weight) for source, each in counts.without.items()},
    )


def survival(source: str, options: Mapping[str, VerdictCounts], errors: SurvivalErrors | None = None) -> Survival:
    """Return how much stays without a source; every option counts the same."""
    every = Fraction(0)
    parts = dict.fromkeys(SPOKEN, Fraction(0))
    lost = []
    for option, counts in options.items():
        without = counts.without[source]
        every += Fraction(_same(without), counts.weight * len(options))
        for effect in parts:
            parts[effect] += Fraction(without[effect], counts.weight)
        if not _same(without):
            lost.append(option)
    if not any(parts.values()):
        parts[EssayEffect.KEPT] = Fraction(1)
    speaking = sum(parts.values())
    found = {name: parts[effect] / speaking for effect, name in SPOKEN.items()}
    found["every"] = every
    return Survival(**found, lost=tuple(lost), errors=errors.errors(found) if errors else {})


def _mover(counts: VerdictCounts, fact: str, *, drawn: bool) -> Mover:
    given = counts.given(fact)
    by_value = {value: shares(counted) for value, counted in given.items()}
    held = {value: each.get(counts.held, Fraction(0)) for value, each in by_value.items()}
    most, least = max(held, key=lambda value: held[value]), min(held, key=lambda value: held[value])
    errors = (standard_error(held[value], given[value].total()) for value in (most, least))
    return Mover(fact, held[most] - held[least], most, least, by_value, hypot(*errors) if drawn else 0.0)


def _same(without: Counter[EssayEffect]) -> int:
    return sum(without[effect] for effect in SAME)
