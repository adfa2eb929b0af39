"""
Measuring robustness: every likely situation counts, an option at a time, or where they are too many a sample does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import prod
from random import Random
from time import monotonic
from types import MappingProxyType

from plenipo.advice.conclude import Advice
from plenipo.engines.bitset.diagrams import DiagramSet, TooLargeError
from plenipo.engines.bitset.situation_columns import Evaluation, SetOf
from plenipo.errors import UsageError
from plenipo.inquiry.robustness.answer import Robustness, leaning, survival
from plenipo.inquiry.robustness.likely_facts import Likelihood, likelihood
from plenipo.inquiry.robustness.likely_situations import (
    LikelySituations,
    asking_order,
    every_situation,
    sampled_situations,
)
from plenipo.inquiry.robustness.regions import Flips, flips
from plenipo.inquiry.robustness.shares import VerdictCounts
from plenipo.inquiry.robustness.without_essay import EssayEffect, Survival, SurvivalErrors, essay_effects
from plenipo.inquiry.scope import Scope, scope
from plenipo.rulebook.unknown_names import no_option
from plenipo.search_time import SECONDS_OVER_ALL
from plenipo.situations.exclusions import exclusions

#: The number of samples where none is asked for, of those looked at together, and of those searched for regions.
USUAL_SAMPLES = 100_000
SAMPLES_AT_ONCE = 1 << 20
REGION_SAMPLES = 1 << 14
#: The most steps that the diagrams of one option may take where nobody asked for every situation.
MOST_STEPS = 1_000_000


def robustness(  # noqa: PLR0913 - each is one thing to choose, and most are rarely chosen
    advice: Advice,
    *,
    samples: int | None = None,
    exact: bool = False,
    seed: int = 0,
    seconds: float = SECONDS_OVER_ALL,
    equally: Collection[str] = (),
    about: Collection[str] = (),
    sources: Collection[str] | None = None,
) -> Robustness:
    """
    Return what becomes of some advice over all situations that its situation calls likely.

    `samples` draws that many situations, with `seed`; `exact` looks at every situation, for so many seconds at most.
    With neither, every situation counts unless that takes too many steps, and then `USUAL_SAMPLES` are drawn. Facts in
    `equally` have each value as likely as the others; `about` are the options that count, by default all; `sources` the
    sources to leave out one by one, by default all.

    Raises:
        UsageError: nothing is likely, there is no such fact or option, no situation is possible, or time is up.
    """
    for option in about:
        if option not in advice.rulebook.options:
            raise no_option(advice.rulebook, option)
    if samples is not None and exact:
        raise UsageError("either samples are drawn or every situation counts, not both")
    measuring = _Measuring(advice, likelihood(advice.rulebook, advice.situation, equally), about, sources)
    if exact:
        return measuring.every(until=monotonic() + seconds)
    if samples is None:
        try:
            return measuring.every(steps=MOST_STEPS)
        except _TooManyError:
            samples = USUAL_SAMPLES
    return measuring.sampled(samples, seed)


class _TooManyError(UsageError):
    """There are too many situations to look at every one."""


class _Measuring:
    def __init__(
        self, advice: Advice, likelihood: Likelihood, about: Collection[str], sources: Collection[str] | None
    ) -> None:
        self.advice, self.rulebook, self.likelihood = advice, advice.rulebook, likelihood
        self.options = [id for id in self.rulebook.options if not about or id in about]
        self.scope = scope(self.rulebook)
        free = likelihood.weights.keys()
        self.facts = {id: self.scope.tied(self.scope.facts(id), free) for id in self.options}
        left_out = sorted(self.rulebook.sources if sources is None else sources)
        self.others = {source: Scope(self.rulebook.without(source)) for source in left_out}

    def every(self, steps: int | None = None, until: float | None = None) -> Robustness:
        """Return the answer over every situation, an option's in so many steps and all of it by then."""
        excluded = self._excluded(steps, until)
        counts, leanings = {}, {}
        for option in self.options:
            try:
                situations = self._every(option, steps, until)
                full = situations.run(self.rulebook, self.scope.rules(option))
                without = {
                    source: situations.run(other.rulebook, other.rules(option)) for source, other in self.others.items()
                }
                counts[option] = counted = VerdictCounts()
                self._count(option, counted, situations, full, without)
                leanings[option] = leaning(option, counted, self._flips(option, counted, situations, full))
            except TooLargeError:
                raise _too_many(f"`{option}` turns on {len(self.facts[option])} facts that vary") from None
        return Robustness(self.advice, self.likelihood, leanings, excluded, self._survival(counts))

    def sampled(self, number: int, seed: int) -> Robustness:
        """Return the answer over situations drawn at random."""
        random = Random(seed)  # noqa: S311 - nothing is secret here
        counts = {option: VerdictCounts() for option in self.options}
        errors = {source: SurvivalErrors() for source in self.others}
        allowed = 0
        for start in range(0, number, SAMPLES_AT_ONCE):
            samples = sampled_situations(self.likelihood, min(SAMPLES_AT_ONCE, number - start), random)
            full = samples.run(self.rulebook, self.rulebook.order)
            allowed += samples.weigh(full.allowed)
            without = {
                source: samples.run(other.rulebook, other.rulebook.order) for source, other in self.others.items()
            }
            found = [self._count(option, counted, samples, full, without) for option, counted in counts.items()]
            for source, error in errors.items():
                error.add([each[source] for each in found], full.allowed)
        if not allowed:
            raise _impossible()
        leanings = {
            option: leaning(option, counted, *self._searched(option, counted, seed), drawn=True)
            for option, counted in counts.items()
        }
        excluded, staying = 1 - Fraction(allowed, number), self._survival(counts, errors)
        return Robustness(self.advice, self.likelihood, leanings, excluded, staying, number, allowed, seed)

    def _survival(
        self, counts: Mapping[str, VerdictCounts], errors: Mapping[str, SurvivalErrors] = MappingProxyType({})
    ) -> Mapping[str, Survival]:
        return {source: survival(source, counts, errors.get(source)) for source in self.others}

    def _count(
        self,
        option: str,
        counts: VerdictCounts,
        situations: LikelySituations[SetOf],
        full: Evaluation[SetOf],
        without: Mapping[str, Evaluation[SetOf]],
    ) -> Mapping[str, Mapping[EssayEffect, SetOf]]:
        """Add situations to the counts of an option, and return the effects of leaving out each source."""
        verdicts = full.verdicts(option)
        found = {
            source: essay_effects(verdicts, other.verdicts(option), full.none) for source, other in without.items()
        }
        counts.add(situations, verdicts, self.facts[option], found)
        return found

    def _every(self, option: str, steps: int | None, until: float | None) -> LikelySituations[DiagramSet]:
        order = asking_order(self.rulebook, option, self.scope.rules(option))
        asked = [fact for fact in order if fact in self.likelihood.weights]
        asked += [fact for fact in self.facts[option] if fact not in order]
        return every_situation(self.likelihood, asked, steps, until)

    def _searched(self, option: str, counts: VerdictCounts, seed: int) -> tuple[Flips, bool]:
        """Return where an option flips, and whether that is only what samples show."""
        if len(counts.verdicts) < 2:
            return Flips(), False
        rules = self.scope.rules(option)
        try:
            every = self._every(option, MOST_STEPS, None)
            return self._flips(option, counts, every, every.run(self.rulebook, rules)), False
        except TooLargeError:
            samples = sampled_situations(self.likelihood, REGION_SAMPLES, Random(seed))  # noqa: S311 - as above
            return self._flips(option, counts, samples, samples.run(self.rulebook, rules)), True

    def _flips(
        self, option: str, counts: VerdictCounts, situations: LikelySituations[SetOf], full: Evaluation[SetOf]
    ) -> Flips:
        facts = {fact: tuple(self.likelihood.weights[fact]) for fact in self.facts[option]}
        return flips(option, counts.held, situations, full, facts)

    def _excluded(self, steps: int | None, until: float | None) -> Fraction:
        """Return the share of situations that constraints rule out, one group of facts tied together after another."""
        weights, free = self.likelihood.weights, self.likelihood.weights.keys()
        constrained = {fact for each in exclusions(self.rulebook) for fact in each.values}
        allowed, left = Fraction(1), [fact for fact in weights if fact in constrained]
        while left:
            facts = self.scope.tied(left[:1], free)
            left = [fact for fact in left if fact not in facts]
            situations = every_situation(self.likelihood, facts, steps, until)
            try:
                weight = situations.weigh(situations.run(self.rulebook, ()).allowed)
            except TooLargeError:
                raise _too_many(f"constraints tie {len(facts)} facts together that vary") from None
            allowed *= Fraction(weight, prod(sum(weights[fact].values()) for fact in facts))
        if not allowed:
            raise _impossible()
        return 1 - allowed


def _too_many(why: str) -> _TooManyError:
    help = ("`--samples` draws situations instead, and gives the standard error", "`--seconds` gives more time")
    return _TooManyError(f"there are too many likely situations to look at every one in time: {why}", help=help)


def _impossible() -> UsageError:
    return UsageError("no situation is possible: constraints rule out every one that is likely")
