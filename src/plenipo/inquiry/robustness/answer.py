"""
Findings: the share of every verdict over the likely worlds, what moves it, where it flips, on which essay it rests.

Where every world is weighed, all of this is exact. Worlds that are drawn at random give it with a standard error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.inquiry.robustness.likely_facts import Likelihood
from plenipo.inquiry.robustness.regions import Region
from plenipo.inquiry.robustness.shares import error
from plenipo.inquiry.robustness.without_essay import Survival
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Mover:
    """
    A fact that moves a verdict: `swing` is how far the share of the verdict held in most worlds changes between values.

    `shares` are those of every verdict where the fact has a value; `most` and `least` are the values at which the
    verdict held in most worlds has its largest and its smallest share. `error` is the standard error of the swing: that
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
    What becomes of one option: the share of each verdict that occurs, and the one `held` in most worlds.

    `movers` are the facts that move it, the strongest first; `regions` are where it has another verdict, proved unless
    `sampled`, and `uncovered` is the share of worlds that have another verdict and lie in none of them. `staying` is
    the share of worlds in which it is the same without an essay.
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

    `drawn` is how many worlds were drawn with `seed`, 0 where all were weighed, `counted` how many of these constraints
    allow. `excluded` is the share that constraints rule out. `survival` tells what stays without each essay.
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
        """Whether all worlds were weighed."""
        return not self.drawn

    @cached_property
    def divided(self) -> tuple[Leaning, ...]:
        """The options that have more than one verdict, those on which the worlds are most at odds first."""
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
        return error(share, self.counted) if self.counted else 0.0
