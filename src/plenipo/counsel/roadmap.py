"""
The roadmap: what comes up once the steps that lead have succeeded, and how it depends on what others answer.

It follows what steps bring (`brings:`) forward. Every stage after the first is advice on a situation that is only
supposed: it holds if the steps before it succeed, and if the others answer as the branch says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.counsel.choice import choose
from plenipo.counsel.coming_up import AllWeighed, coming_up, newly_deciding, parts, telling_rule
from plenipo.counsel.salience import Weighed, weigh
from plenipo.engines.bitset.situation_columns import Facts
from plenipo.errors import UsageError
from plenipo.rulebook.model import Option, Outcome, Rule
from plenipo.rulebook.verdict import Verdict
from plenipo.situations.constraints import possible

#: How many stages a roadmap has unless one asks for another depth, and at most.
DEPTH, MOST_STAGES = 4, 8
#: As many branches as a roadmap follows.
MOST_BRANCHES = 64

#: Some of the facts of a way with what is weighed there; and a step with the facts where its answer is another.
Trial = tuple[frozenset[str], AllWeighed]
Answered = tuple[str, Facts, AllWeighed]


@dataclass(frozen=True)
class Ending:
    """A way in which a step ends."""

    option: Option
    outcome: Outcome


@dataclass(frozen=True)
class ReleasedBy:
    """
    A fact that is supposed, and the ending of a step that brings it.

    What it releases comes up after `any_answer` to that step alike, or only after this one.
    """

    fact: str
    value: str
    by: Ending
    any_answer: bool = False

    @property
    def needed(self) -> Ending:
        """The ending that is needed: where any answer will do, only what all of them bring, and no answer."""
        if not self.any_answer:
            return self.by
        every = self.by.option.brings
        alike = all(outcome.facts.get(self.fact) == self.value for outcome in every)
        return Ending(self.by.option, Outcome({self.fact: self.value} if alike else {}))


@dataclass(frozen=True)
class Step:
    """
    A step of a stage: its verdict there, the rule behind it, and the facts from the stage before that release it.

    One that is advised `already` had the same verdict before, or a better one: only its turn comes now.
    """

    option: Option
    verdict: Verdict
    reason: Rule | None
    released_by: tuple[ReleasedBy, ...] = ()
    already: bool = False


@dataclass(frozen=True)
class Stage:
    """
    What to do in a situation, at most three steps in order, and what comes of it.

    `supposed` are the facts that are not so yet, or not known to be, and are supposed here.
    """

    supposed: Facts
    steps: tuple[Step, ...]
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Branch:
    """
    What becomes so once the steps of a stage are done, and the stage that follows, unless nothing new comes up.

    On the branch that is `agreed`, every step succeeds and the others agree: `endings` are what they answer. On another
    one they answer one step otherwise, by any of the `endings`, which come to the same.
    """

    agreed: bool
    endings: tuple[Ending, ...]
    facts: Facts
    stage: Stage | None


@dataclass(frozen=True)
class Roadmap:
    """
    The stages that follow from an advice, as a tree of at most `depth` of them one after another.

    `cut` says that there were more branches than are followed, `goes_on` that there is a stage after the last.
    """

    kind: ClassVar[Literal["roadmap"]] = "roadmap"

    advice: Advice
    first: Stage
    depth: int
    cut: bool = False
    goes_on: bool = False


def roadmap(
    advice: Advice, suppose: Facts | None = None, depth: int = DEPTH, lead: Sequence[str] | None = None
) -> Roadmap:
    """
    Return the roadmap of a situation, in which the facts that one wants to `suppose` are held to be so.

    The first stage is what leads there (`lead`, where that is known already). Suppose that it succeeds: what is advised
    then, was not before and is not done yet is the next stage. Where another party chooses how a step ends, there is a
    branch on which all agree, and one for each other answer to one step. Situations that the rulebook rules out are
    left out, and branches that go on alike share a stage. It ends where nothing new comes up, and after `depth` stages.

    Raises:
        UsageError: no roadmap has so many stages, or so few.
    """
    if not 1 <= depth <= MOST_STAGES:
        raise UsageError(f"a roadmap has 1 to {MOST_STAGES} stages, not {depth}")
    return _Traveller(advice, suppose or {}).travel(depth, lead)


def next_steps(advice: Advice, lead: Sequence[str]) -> tuple[Step, ...]:
    """Return the steps that come up, at most three, once those that lead have succeeded and the others have agreed."""
    traveller = _Traveller(advice, {})
    agreed = [way for way in traveller.ways(traveller.start(lead)) if way.agreed]
    return tuple(step for _, end in traveller.arrive(agreed) if end for step in end.steps)


@dataclass(eq=False)
class _Place:
    """A situation on the way: what is done by then, and what to do there; `ways` are the ways out, with their ends."""

    facts: Facts
    supposed: Facts
    done: frozenset[str]
    weighed: AllWeighed
    steps: tuple[Step, ...]
    ways: list[tuple[_Way, _Place | None]] = field(default_factory=list)

    @property
    def key(self) -> object:
        """What two places have in common from which everything goes on alike."""
        steps = [(step.option.id, each.fact, each.by.outcome.title) for step in self.steps for each in step.released_by]
        return frozenset(self.facts.items()), self.done, tuple(steps)

    @cached_property
    def stage(self) -> Stage:
        branches = (
            Branch(way.agreed, tuple(way.endings), way.brought, place.stage if place else None)
            for way, place in self.ways
        )
        return Stage(self.supposed, self.steps, tuple(branches))


@dataclass(eq=False)
class _Way:
    """A way out of a place: what becomes so (fact -> value), and which ending of a step brings it."""

    start: _Place
    agreed: bool
    endings: list[Ending]
    every: Sequence[Ending]
    brought: Facts
    by: Mapping[str, Ending]

    @cached_property
    def facts(self) -> Facts:
        return {**self.start.facts, **self.brought}

    def partly(self, part: Iterable[str]) -> Facts:
        """Return the facts of the start with only a part of those that the way brings."""
        return {**self.start.facts, **{id: self.brought[id] for id in part}}

    def answered_otherwise(self) -> Iterator[tuple[str, Facts]]:
        """Yield the facts on the ways on which one step has another answer, after the step."""
        for at, each in enumerate(self.every):
            for outcome in each.option.brings:
                if outcome is not each.outcome:
                    endings = [*self.every[:at], Ending(each.option, outcome), *self.every[at + 1 :]]
                    yield each.option.id, _way(self.start, endings, [], agreed=False).facts

    @cached_property
    def done(self) -> frozenset[str]:
        return self.start.done | {step.option.id for step in self.start.steps}


class _Traveller:
    """Works out the roadmap of one situation, stage by stage."""

    def __init__(self, advice: Advice, suppose: Facts) -> None:
        self.advice, self.book, self.suppose = advice, advice.rulebook, suppose
        self.known: Facts = dict(advice.situation.facts)

    def travel(self, depth: int, lead: Sequence[str] | None) -> Roadmap:
        first = self.start(lead)
        places, left, seen = [first], MOST_BRANCHES, dict[object, _Place]()
        for _ in range(1, depth):
            ways = [way for place in places for way in self.ways(place)]
            places = []
            for way, end in self.arrive(ways[:left]):
                same = seen.setdefault(end.key, end) if end else None
                way.start.ways.append((way, same))
                if end is not None and end is same:
                    places.append(end)
            left -= len(ways)
            if left < 0:
                break
        beyond = self.arrive([way for place in places for way in self.ways(place)]) if left >= 0 else ()
        goes_on = depth < MOST_STAGES and any(end is not None and end.key not in seen for _, end in beyond)
        return Roadmap(self.advice, first.stage, depth, cut=left < 0, goes_on=goes_on)

    def start(self, lead: Sequence[str] | None) -> _Place:
        """Return the place where one is now, with what leads there."""
        facts = {**self.known, **self.suppose}
        weighed = weigh(self.book, facts)[0]
        steps = (
            Step(self.book.options[id], weighed[id].verdict, telling_rule(self.book, weighed[id]))
            for id in (choose(self.book, weighed, facts).lead if lead is None else lead)
        )
        return _Place(facts, self.suppose, frozenset(), weighed, tuple(steps))

    def ways(self, place: _Place) -> Iterable[_Way]:
        """Return the ways from a place to other situations that are possible, one for each situation."""
        agreed = [Ending(step.option, step.option.brings[0]) for step in place.steps if step.option.brings]
        ways = [_way(place, agreed, [each for each in agreed if len(each.option.brings) > 1], agreed=True)]
        for at, each in enumerate(agreed):
            for outcome in each.option.brings[1:]:
                other = Ending(each.option, outcome)
                ways.append(_way(place, [*agreed[:at], other, *agreed[at + 1 :]], [other], agreed=False))
        found: dict[object, _Way] = {}
        for way in ways:
            key = frozenset(way.brought.items())
            if key not in found and key and possible(self.book, way.facts):
                found[key] = way
            elif key in found and not found[key].agreed:
                found[key].endings += way.endings
        return found.values()

    def arrive(self, ways: Sequence[_Way]) -> Iterator[tuple[_Way, _Place | None]]:
        """Yield each way with the place at its end, or none where nothing new comes up there."""
        ends = list(zip(ways, self._weigh(way.facts for way in ways), strict=True))
        leads = [self._leading(way, weighed) for way, weighed in ends]
        tried = [list(parts(way.brought)) if lead else [] for way, lead in zip(ways, leads, strict=True)]
        answered = [self._answered(way) if lead else [] for way, lead in zip(ways, leads, strict=True)]
        trials = iter(self._weigh(way.partly(part) for way, sets in zip(ways, tried, strict=True) for part in sets))
        others = iter(self._weigh(facts for each in answered for _, facts in each))
        for (way, weighed), lead, sets, swaps in zip(ends, leads, tried, answered, strict=True):
            trial = [(part, next(trials)) for part in sets]
            other = [(option, facts, next(others)) for option, facts in swaps]
            steps = tuple(self._step(way, weighed[id], trial, other) for id in lead)
            supposed = {id: value for id, value in way.facts.items() if self.known.get(id) != value}
            yield way, _Place(way.facts, supposed, way.done, weighed, steps) if steps else None

    def _weigh(self, situations: Iterable[Facts]) -> tuple[AllWeighed, ...]:
        some = list(situations)
        return weigh(self.book, self.known, some)[1:] if some else ()

    def _answered(self, way: _Way) -> list[tuple[str, Facts]]:
        return [(option, facts) for option, facts in way.answered_otherwise() if possible(self.book, facts)]

    def _leading(self, way: _Way, weighed: AllWeighed) -> tuple[str, ...]:
        """Return what leads of the options that come up on a way and are not done yet."""
        new = coming_up(self.book, way.start.weighed, weighed, way.start.facts, way.facts) - way.done
        held = {id for id, each in weighed.items() if each.verdict is Verdict.DEFER}
        return choose(self.book, {id: weighed[id] for id in weighed if id in new | held}, way.facts).lead

    def _step(self, way: _Way, after: Weighed, trials: Iterable[Trial], others: Iterable[Answered]) -> Step:
        """
        Return a step that comes up on a way, with the fewest facts of the way that suffice for it and its reason.

        Facts that come of no answer, or of any, go before those on whose answer the step depends.
        """
        id, before = after.option, way.start
        reason = telling_rule(self.book, after, newly_deciding(before.weighed[id], after))

        def comes_up(weighed: AllWeighed, facts: Facts) -> bool:
            return (
                weighed[id].verdict is after.verdict
                and (reason is None or reason.id in weighed[id].decided_by)
                and id in coming_up(self.book, before.weighed, weighed, before.facts, facts)
            )

        deciding = {option for option, facts, weighed in others if not comes_up(weighed, facts)}
        answers = {fact: len(ending.option.brings) > 1 for fact, ending in way.by.items()}

        def burden(part: frozenset[str]) -> tuple[int, int, int]:
            depending = sum(answers[fact] and way.by[fact].option.id in deciding for fact in part)
            return depending, sum(answers[fact] for fact in part), len(part)

        part = min((part for part, weighed in trials if comes_up(weighed, way.partly(part))), key=burden)
        released = (
            ReleasedBy(fact, way.brought[fact], ending, answers[fact] and ending.option.id not in deciding)
            for fact, ending in ((fact, way.by[fact]) for fact in sorted(part))
        )
        return Step(self.book.options[id], after.verdict, reason, tuple(released), _as_good(before.weighed[id], after))


def _as_good(before: Weighed, after: Weighed) -> bool:
    """Return whether an option was advised as strongly before."""
    strength = {Verdict.RECOMMEND: 2, Verdict.CONSIDER: 1}
    advised = before.verdict in strength or before.due
    return advised and strength.get(before.verdict, 0) >= strength.get(after.verdict, 0)


def _way(start: _Place, all_endings: Sequence[Ending], endings: list[Ending], *, agreed: bool) -> _Way:
    """Return the way on which steps have these endings; of two that bring one fact, the later one decides."""
    by = {id: ending for ending in all_endings for id in ending.outcome.facts}
    brought = {id: ending.outcome.facts[id] for id, ending in by.items()}
    changed = {id: value for id, value in brought.items() if start.facts.get(id) != value}
    return _Way(start, agreed, endings, all_endings, changed, by)
