"""
Findings: the share of every verdict over the likely worlds, what moves it, where it flips, on which essay it rests.

Where every world over the facts that can matter to an option fits into a truth table, all of this is exact. Worlds that
are drawn at random give shares with a standard error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod, sqrt
from random import Random
from time import monotonic
from typing import ClassVar, Literal

from plenipo.advice import Advice, Verdict
from plenipo.errors import UsageError
from plenipo.inquiry.reach import Reach, reach
from plenipo.inquiry.robustness.likelihood import Likelihood, likelihood
from plenipo.inquiry.robustness.lots import Drawn, Lot, Whole, fits, whole
from plenipo.inquiry.robustness.regions import Region, regions
from plenipo.inquiry.robustness.tally import Tally
from plenipo.rulebook.names import no_option

#: As many worlds are drawn where no number is asked for, as many at once, and as many to look for regions in.
DRAWN = 100_000
AT_ONCE = 1 << 20
SEARCHED = 1 << 14


@dataclass(frozen=True)
class Mover:
    """
    A fact that moves a verdict: `swing` is how far the share of the verdict held in most worlds changes between values.

    `shares` are those of every verdict where the fact has a value; `most` and `least` are the values at which the
    verdict held in most worlds has its largest and its smallest share.
    """

    fact: str
    swing: Fraction
    most: str
    least: str
    shares: Mapping[str, Mapping[Verdict, Fraction]]


@dataclass(frozen=True)
class Leaning:
    """
    What becomes of one option: the share of each verdict that occurs, and the one `held` in most worlds.

    `movers` are the facts that move it, the strongest first; `regions` are where it has another verdict, proved unless
    `sampled`. `staying` is the share of worlds in which it is the same without an essay.
    """

    option: str
    held: Verdict
    shares: Mapping[Verdict, Fraction]
    movers: tuple[Mover, ...] = ()
    regions: tuple[Region, ...] = ()
    sampled: bool = False
    staying: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Survival:
    """How much of the advice stays without an essay: of all verdicts, and of those that are more than silence."""

    every: Fraction
    spoken: Fraction
    lost: tuple[str, ...]


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
    def movers(self) -> Mapping[str, tuple[tuple[str, Fraction], ...]]:
        """For each fact that moves verdicts: the options it moves and how far, the strongest first."""
        found: dict[str, list[tuple[str, Fraction]]] = {}
        for leaning in self.options.values():
            for mover in leaning.movers:
                found.setdefault(mover.fact, []).append((leaning.option, mover.swing))
        total = {fact: sum(swing for _, swing in moved) for fact, moved in found.items()}
        ordered = sorted(found, key=lambda fact: (-total[fact], fact))
        return {fact: tuple(sorted(found[fact], key=lambda moved: (-moved[1], moved[0]))) for fact in ordered}

    def error(self, share: Fraction) -> float:
        """Return the standard error of a share, 0 where it is exact."""
        return sqrt(share * (1 - share) / self.counted) if self.counted else 0.0


def robustness(  # noqa: PLR0913 - each is one thing to choose, and most are rarely chosen
    advice: Advice,
    *,
    samples: int | None = None,
    exact: bool = False,
    seed: int = 0,
    seconds: float = 60.0,
    equally: Collection[str] = (),
    about: Collection[str] = (),
    sources: Collection[str] | None = None,
) -> Robustness:
    """
    Return what becomes of some advice over all worlds that its situation calls likely.

    `samples` has so many worlds drawn, with `seed`; `exact` has every world weighed, in parts where they are many, for
    so many seconds. With neither, every world is weighed if a table per option will do, else `DRAWN` worlds are drawn.
    Facts in `equally` have each value as likely as the others; `about` are the options that count, by default all;
    `sources` the essays to try without, by default all.

    Raises:
        UsageError: nothing is likely, there is no such fact or option, no world is possible, or time is up.
    """
    for option in about:
        if option not in advice.rulebook.options:
            raise no_option(advice.rulebook, option)
    if samples is not None and exact:
        raise UsageError("worlds are drawn or all of them weighed, not both")
    weigher = _Weigher(advice, likelihood(advice.rulebook, advice.situation, equally), about, sources)
    if samples is None and (exact or weigher.small):
        return weigher.weighed(monotonic() + seconds if exact else None)
    return weigher.sampled(DRAWN if samples is None else samples, seed)


class _Weigher:
    def __init__(
        self, advice: Advice, likelihood: Likelihood, about: Collection[str], sources: Collection[str] | None
    ) -> None:
        self.advice, self.rulebook, self.likelihood = advice, advice.rulebook, likelihood
        self.options = [id for id in self.rulebook.options if not about or id in about]
        self.reach = reach(self.rulebook)
        free = likelihood.weights.keys()
        self.facts = {id: self.reach.linked(self.reach.facts(id), free) for id in self.options}
        self.small = all(fits(likelihood, facts) for facts in self.facts.values())
        self.others = {
            source: self.rulebook.without(source)
            for source in sorted(self.rulebook.sources if sources is None else sources)
        }
        self.reaches = {source: Reach(other) for source, other in self.others.items()}

    def weighed(self, until: float | None) -> Robustness:
        """Return the answer over every world."""
        excluded = self._excluded(until)
        tallies = {}
        for option in self.options:
            tallies[option] = tally = Tally()
            for lot in _timed(whole(self.likelihood, self.facts[option]), until):
                full = lot.run(self.rulebook, self.reach.rules(option))
                others = {
                    source: lot.run(other, self.reaches[source].rules(option)) for source, other in self.others.items()
                }
                tally.add(option, lot, full, self._values(option), others)
        return self._answer(tallies, excluded)

    def sampled(self, number: int, seed: int) -> Robustness:
        """Return the answer over worlds drawn at random."""
        random = Random(seed)  # noqa: S311 - nothing is secret here
        tallies = {option: Tally() for option in self.options}
        counted = 0
        for start in range(0, number, AT_ONCE):
            lot = Drawn(self.likelihood, min(AT_ONCE, number - start), random)
            full = lot.run(self.rulebook, self.rulebook.order)
            others = {source: lot.run(other, other.order) for source, other in self.others.items()}
            counted += lot.weigh(full.allowed)
            if counted:
                for option, tally in tallies.items():
                    tally.add(option, lot, full, self._values(option), others)
        if not counted:
            raise _impossible()
        return self._answer(tallies, 1 - Fraction(counted, number), number, counted, seed)

    def _answer(
        self, tallies: Mapping[str, Tally], excluded: Fraction, drawn: int = 0, counted: int = 0, seed: int = 0
    ) -> Robustness:
        options = {option: self._leaning(option, tally, seed) for option, tally in tallies.items()}
        survival = {source: _survival(source, tallies) for source in self.others}
        return Robustness(self.advice, self.likelihood, options, excluded, survival, drawn, counted, seed)

    def _leaning(self, option: str, tally: Tally, seed: int) -> Leaning:
        facts = self._values(option)
        found = [_mover(tally, fact) for fact in facts]
        movers = sorted((mover for mover in found if mover.swing), key=lambda mover: (-mover.swing, mover.fact))
        flips, sampled = self._regions(option, tally, seed) if len(tally.verdicts) > 1 else ((), False)
        return Leaning(
            option,
            tally.held,
            tally.shares(),
            tuple(movers),
            flips,
            sampled,
            {source: Fraction(staying.total(), tally.weight) for source, staying in tally.staying.items()},
        )

    def _regions(self, option: str, tally: Tally, seed: int) -> tuple[tuple[Region, ...], bool]:
        lot: Lot
        if fits(self.likelihood, self.facts[option]):
            (lot,) = whole(self.likelihood, self.facts[option])
            sampled = False
        else:
            lot, sampled = Drawn(self.likelihood, SEARCHED, Random(seed)), True  # noqa: S311 - as above
        full = lot.run(self.rulebook, self.reach.rules(option))
        return regions(option, tally.held, lot, full, self._values(option)), sampled

    def _values(self, option: str) -> Mapping[str, Sequence[str]]:
        return {fact: tuple(self.likelihood.weights[fact]) for fact in self.facts[option]}

    def _excluded(self, until: float | None) -> Fraction:
        """Return the share of worlds that constraints rule out: facts that none ties together rule out apart."""
        free = set(self.likelihood.weights)
        tied = {atom.name for constraint in self.rulebook.constraints for atom in constraint.never.every_atom()}
        allowed, left = Fraction(1), [fact for fact in self.likelihood.weights if fact in tied]
        while left:
            facts = self.reach.linked(left[:1], free)
            left = [fact for fact in left if fact not in facts]
            weight = 0
            for lot in _timed(whole(self.likelihood, facts), until):
                weight += lot.weigh(lot.run(self.rulebook, ()).allowed)
            allowed *= Fraction(weight, prod(sum(self.likelihood.weights[fact].values()) for fact in facts))
        if not allowed:
            raise _impossible()
        return 1 - allowed


def _timed(lots: Iterable[Whole], until: float | None) -> Iterator[Whole]:
    for lot in lots:
        if until is not None and monotonic() > until:
            help = ("`--samples` draws worlds instead, and tells the standard error", "`--limit` gives more time")
            raise UsageError("there are too many likely worlds to weigh all of them in time", help=help)
        yield lot


def _impossible() -> UsageError:
    return UsageError("no world is possible: constraints rule out every one that is likely")


def _mover(tally: Tally, fact: str) -> Mover:
    given = tally.given(fact)
    held = {value: shares.get(tally.held, Fraction(0)) for value, shares in given.items()}
    most, least = max(held, key=lambda value: held[value]), min(held, key=lambda value: held[value])
    return Mover(fact, held[most] - held[least], most, least, given)


def _survival(source: str, tallies: Mapping[str, Tally]) -> Survival:
    """Return how much stays without an essay; every option counts the same."""
    every = spoken = speaking = Fraction(0)
    for tally in tallies.values():
        staying = tally.staying[source]
        every += Fraction(staying.total(), tally.weight)
        spoken += Fraction(staying[True], tally.weight)
        speaking += Fraction(tally.spoken, tally.weight)
    lost = tuple(option for option, tally in tallies.items() if not tally.staying[source].total())
    return Survival(every / len(tallies), spoken / speaking if speaking else Fraction(1), lost)
