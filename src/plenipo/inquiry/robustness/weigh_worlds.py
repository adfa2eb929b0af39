"""
Weighing: every likely world as decision diagrams, an option at a time; or, where those grow too large, worlds drawn.

The diagrams of an option ask for facts in the order in which its rules ask for them, those that draw on it first: what
is asked for together stands together, which keeps them small.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import hypot, prod
from random import Random
from time import monotonic

from plenipo.advice.conclude import Advice
from plenipo.engines.bitset.diagrams import TooLargeError
from plenipo.engines.bitset.truth_table import Set, Trial
from plenipo.errors import UsageError
from plenipo.inquiry.robustness.answer import Leaning, Mover, Robustness
from plenipo.inquiry.robustness.likely_facts import Likelihood, likelihood
from plenipo.inquiry.robustness.regions import Flips, flips
from plenipo.inquiry.robustness.shares import Tally, error, shares
from plenipo.inquiry.robustness.without_essay import SPOKEN, Fate, Spread, Survival, fates
from plenipo.inquiry.robustness.world_sets import Drawn, Every, Lot
from plenipo.inquiry.scope import Reach, reach
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.unknown_names import no_option
from plenipo.rulebook.verdict import Verdict

#: As many worlds are drawn where no number is asked for, as many at once, and as many to look for regions in.
DRAWN = 100_000
AT_ONCE = 1 << 20
SEARCHED = 1 << 14
#: As many steps may the diagrams of one option take where nobody asked for every world.
STEPS = 1_000_000


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

    `samples` has so many worlds drawn, with `seed`; `exact` has every world weighed, for so many seconds at most. With
    neither, every world is weighed unless that takes too many steps, and then `DRAWN` worlds are drawn. Facts in
    `equally` have each value as likely as the others; `about` are the options that count, by default all; `sources` the
    essays to try without, by default all.

    Raises:
        UsageError: nothing is likely, there is no such fact or option, no world is possible, or time is up.
    """
    for option in about:
        if option not in advice.rulebook.options:
            raise no_option(advice.rulebook, option)
    if samples is not None and exact:
        raise UsageError("worlds are drawn or all of them weighed, not both")
    weigher = _Weigher(advice, likelihood(advice.rulebook, advice.situation, equally), about, sources)
    if exact:
        return weigher.weighed(until=monotonic() + seconds)
    if samples is None:
        try:
            return weigher.weighed(steps=STEPS)
        except _TooManyError:
            samples = DRAWN
    return weigher.sampled(samples, seed)


class _TooManyError(UsageError):
    """There are more worlds than can be weighed."""


class _Weigher:
    def __init__(
        self, advice: Advice, likelihood: Likelihood, about: Collection[str], sources: Collection[str] | None
    ) -> None:
        self.advice, self.rulebook, self.likelihood = advice, advice.rulebook, likelihood
        self.options = [id for id in self.rulebook.options if not about or id in about]
        self.reach = reach(self.rulebook)
        free = likelihood.weights.keys()
        self.facts = {id: self.reach.linked(self.reach.facts(id), free) for id in self.options}
        self.others = {
            source: self.rulebook.without(source)
            for source in sorted(self.rulebook.sources if sources is None else sources)
        }
        self.reaches = {source: Reach(other) for source, other in self.others.items()}

    def weighed(self, steps: int | None = None, until: float | None = None) -> Robustness:
        """Return the answer over every world, an option's in so many steps and all of it by then."""
        excluded = self._excluded(steps, until)
        tallies, leanings = {}, {}
        for option in self.options:
            try:
                lot = self._every(option, steps, until)
                full = lot.run(self.rulebook, self.reach.rules(option))
                verdicts = full.verdicts(option)
                tallies[option] = tally = Tally()
                tally.add(lot, verdicts, self.facts[option], self._fates(option, lot, verdicts, full.none))
                leanings[option] = _leaning(option, tally, self._flips(option, tally, lot, full))
            except TooLargeError:
                raise _too_many(f"`{option}` turns on {len(self.facts[option])} facts that vary") from None
        survival = {source: _survival(source, tallies) for source in self.others}
        return Robustness(self.advice, self.likelihood, leanings, excluded, survival)

    def sampled(self, number: int, seed: int) -> Robustness:
        """Return the answer over worlds drawn at random."""
        random = Random(seed)  # noqa: S311 - nothing is secret here
        tallies = {option: Tally() for option in self.options}
        spreads = {source: Spread() for source in self.others}
        counted = 0
        for start in range(0, number, AT_ONCE):
            lot = Drawn(self.likelihood, min(AT_ONCE, number - start), random)
            full = lot.run(self.rulebook, self.rulebook.order)
            counted += lot.weigh(full.allowed)
            others = {source: lot.run(other, other.order) for source, other in self.others.items()}
            found: dict[str, list[Mapping[Fate, int]]] = {source: [] for source in self.others}
            for option, tally in tallies.items():
                verdicts = full.verdicts(option)
                becoming = {
                    source: fates(verdicts, other.verdicts(option), full.none) for source, other in others.items()
                }
                tally.add(lot, verdicts, self.facts[option], becoming)
                for source, each in becoming.items():
                    found[source].append(each)
            for source, spread in spreads.items():
                spread.add(found[source], full.allowed)
        if not counted:
            raise _impossible()
        leanings = {
            option: _leaning(option, tally, *self._searched(option, tally, seed), drawn=True)
            for option, tally in tallies.items()
        }
        survival = {source: _survival(source, tallies, spread) for source, spread in spreads.items()}
        excluded = 1 - Fraction(counted, number)
        return Robustness(self.advice, self.likelihood, leanings, excluded, survival, number, counted, seed)

    def _every(self, option: str, steps: int | None, until: float | None) -> Every:
        order = _order(self.rulebook, option, self.reach.rules(option))
        asked = [fact for fact in order if fact in self.likelihood.weights]
        asked += [fact for fact in self.facts[option] if fact not in order]
        return Every(self.likelihood, asked, steps, until)

    def _fates(
        self, option: str, lot: Lot[Set], verdicts: Mapping[Verdict, Set], none: Set
    ) -> Mapping[str, Mapping[Fate, Set]]:
        without = {source: lot.run(other, self.reaches[source].rules(option)) for source, other in self.others.items()}
        return {source: fates(verdicts, other.verdicts(option), none) for source, other in without.items()}

    def _searched(self, option: str, tally: Tally, seed: int) -> tuple[Flips, bool]:
        """Return where an option flips, and whether that is only what was found in worlds drawn."""
        if len(tally.verdicts) < 2:
            return Flips(), False
        rules = self.reach.rules(option)
        try:
            every = self._every(option, STEPS, None)
            return self._flips(option, tally, every, every.run(self.rulebook, rules)), False
        except TooLargeError:
            drawn = Drawn(self.likelihood, SEARCHED, Random(seed))  # noqa: S311 - as above
            return self._flips(option, tally, drawn, drawn.run(self.rulebook, rules)), True

    def _flips(self, option: str, tally: Tally, lot: Lot[Set], full: Trial[Set]) -> Flips:
        facts = {fact: tuple(self.likelihood.weights[fact]) for fact in self.facts[option]}
        return flips(option, tally.held, lot, full, facts)

    def _excluded(self, steps: int | None, until: float | None) -> Fraction:
        """Return the share of worlds that constraints rule out: facts that none ties together rule out apart."""
        free = self.likelihood.weights.keys()
        tied = {atom.name for constraint in self.rulebook.constraints for atom in constraint.never.every_atom()}
        allowed, left = Fraction(1), [fact for fact in self.likelihood.weights if fact in tied]
        while left:
            facts = self.reach.linked(left[:1], free)
            left = [fact for fact in left if fact not in facts]
            lot = Every(self.likelihood, facts, steps, until)
            try:
                weight = lot.weigh(lot.run(self.rulebook, ()).allowed)
            except TooLargeError:
                raise _too_many(f"constraints tie {len(facts)} facts together that vary") from None
            allowed *= Fraction(weight, prod(sum(self.likelihood.weights[fact].values()) for fact in facts))
        if not allowed:
            raise _impossible()
        return 1 - allowed


def _order(rulebook: Rulebook, option: str, rules: Sequence[str]) -> Sequence[str]:
    """Return facts in the order in which one comes to them from the rules that draw on an option."""
    finders: dict[str, list[str]] = {}
    pending: list[str] = []
    for id in reversed(rules):
        for on in {drawn.on for drawn in rulebook.rules[id].then}:
            finders.setdefault(on, []).append(id)
    order: dict[str, None] = {}
    met: set[str] = set()
    pending += finders.get(option, ())
    while pending:
        id = pending.pop()
        if id not in met:
            met.add(id)
            asked = [atom.name for atom in rulebook.rules[id].every_atom()]
            order.update(dict.fromkeys(name for name in asked if name in rulebook.facts))
            pending += rulebook.overriders.get(id, ())
            pending += (rule for name in reversed(asked) for rule in finders.get(name, ()))
    return tuple(order)


def _leaning(option: str, tally: Tally, found: Flips, sampled: bool = False, *, drawn: bool = False) -> Leaning:
    movers = [mover for fact in tally.by_fact if (mover := _mover(tally, fact, drawn=drawn)).swing]
    return Leaning(
        option,
        tally.held,
        shares(tally.verdicts),
        tuple(sorted(movers, key=lambda mover: (-mover.swing, mover.fact))),
        found.regions,
        found.uncovered,
        sampled,
        {
            source: Fraction(counts[Fate.KEPT] + counts[Fate.SILENT_STILL], tally.weight)
            for source, counts in tally.staying.items()
        },
    )


def _mover(tally: Tally, fact: str, *, drawn: bool) -> Mover:
    given = tally.given(fact)
    told = {value: shares(counted) for value, counted in given.items()}
    held = {value: each.get(tally.held, Fraction(0)) for value, each in told.items()}
    most, least = max(held, key=lambda value: held[value]), min(held, key=lambda value: held[value])
    off = hypot(*(error(held[value], given[value].total()) for value in (most, least))) if drawn else 0.0
    return Mover(fact, held[most] - held[least], most, least, told, off)


def _survival(source: str, tallies: Mapping[str, Tally], spread: Spread | None = None) -> Survival:
    """Return how much stays without an essay; every option counts the same."""
    every = Fraction(0)
    becoming = dict.fromkeys(SPOKEN, Fraction(0))
    lost = []
    for option, tally in tallies.items():
        counts = tally.staying[source]
        same = counts[Fate.KEPT] + counts[Fate.SILENT_STILL]
        every += Fraction(same, tally.weight * len(tallies))
        for fate in becoming:
            becoming[fate] += Fraction(counts[fate], tally.weight)
        if not same:
            lost.append(option)
    if not any(becoming.values()):
        becoming[Fate.KEPT] = Fraction(1)
    speaking = sum(becoming.values())
    found = {name: becoming[fate] / speaking for fate, name in SPOKEN.items()}
    found["every"] = every
    return Survival(**found, lost=tuple(lost), errors=spread.errors(found) if spread else {})


def _too_many(why: str) -> _TooManyError:
    help = ("`--samples` draws worlds instead, and tells the standard error", "`--limit` gives more time")
    return _TooManyError(f"there are too many likely worlds to weigh all of them in time: {why}", help=help)


def _impossible() -> UsageError:
    return UsageError("no world is possible: constraints rule out every one that is likely")
