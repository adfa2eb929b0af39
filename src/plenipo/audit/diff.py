"""
The difference between two rulebooks: the options whose verdict can differ, and the situations that only one allows.

Verdicts are compared in every situation that both allow. Each difference comes with a situation that shows it. What one
of them has no word for it is not told: a fact that it does not have is nothing to it, and a value that its fact does
not have is as good as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plenipo.advice.adviser import advise
from plenipo.advice.conclude import OptionAdvice
from plenipo.audit.space import PATIENCE
from plenipo.rulebook.model import (
    UNKNOWN,
    Atom,
    Basis,
    Condition,
    Constraint,
    Fact,
    Option,
    Rule,
    Rulebook,
    Situation,
    Strength,
)


@dataclass(frozen=True)
class Divergence:
    """
    An option on which the rulebooks differ, and the smallest situation found in which they do.

    `foreign` are the facts of it that only one of the two can read.
    """

    before: OptionAdvice
    after: OptionAdvice
    situation: Situation
    foreign: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The option."""
        return self.before.option


@dataclass(frozen=True)
class Refusal:
    """
    A constraint by which one rulebook refuses a situation that the other allows: only the second, or only the first.

    `foreign` are the facts of the situation that only one of the two can read.
    """

    constraint: Constraint
    by_second: bool
    situation: Situation
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """
    How two rulebooks differ.

    `gone` and `new` are the words (options, facts, values of facts) that only the first and only the second has.
    On an option that is in no part of this the two agree in every situation that both allow. `unsettled` are the
    constraints of which it was not found out in time whether they refuse what the other rulebook allows.
    """

    first: Rulebook
    second: Rulebook
    divergences: tuple[Divergence, ...]
    undecided: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    refusals: tuple[Refusal, ...] = ()
    unsettled: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it is certain that both allow the same situations, have the same options and agree on them."""
        found = self.divergences or self.undecided or self.refusals or self.unsettled
        return not found and self.first.options.keys() == self.second.options.keys()


def difference(first: Rulebook, second: Rulebook, seconds: float = PATIENCE) -> Difference:
    """Return how two rulebooks differ; each question over all situations is given so many seconds."""
    from plenipo.engines.answers.space import Pairs, SpaceEngine  # noqa: PLC0415 - only questions need it

    shared = [option for option in first.options if option in second.options]
    twins = tuple((_name(0, option), _name(1, option)) for option in shared)
    engine = SpaceEngine(_paired(first, second), Pairs(twins=twins), seconds)
    seen = engine.seen("differ")
    differing = [option for option, twin in zip(shared, twins, strict=True) if twin in seen.terms]
    divergences = []
    undecided = [] if seen.whole else [option for option in shared if option not in differing]
    for option in differing:
        try:
            example = engine.example([(("differ", _name(0, option), _name(1, option)), True)])
        except TimeoutError:
            example = None
        if example is None:
            undecided.append(option)
        else:
            divergences.append(_divergence(first, second, option, example.facts))
    gone, new = (tuple(_words(one, other)) for one, other in ((first, second), (second, first)))
    refusals, unsettled = _refusals(first, second, seconds)
    return Difference(first, second, tuple(divergences), tuple(undecided), gone, new, refusals, unsettled)


def _divergence(first: Rulebook, second: Rulebook, option: str, facts: Mapping[str, str]) -> Divergence:
    before, after = (advise(book, Situation(_told(book, facts))).options[option] for book in (first, second))
    title = f"The verdict on {option} turns from {before.verdict} to {after.verdict}"
    situation = Situation(facts, option, title, expect={option: after.verdict.value})
    return Divergence(before, after, situation, _foreign(first, second, facts))


def _refusals(first: Rulebook, second: Rulebook, seconds: float) -> tuple[tuple[Refusal, ...], tuple[str, ...]]:
    """Return the constraints that refuse what the other rulebook allows, and those for which there was no time."""
    sides = _sides(first, second)
    refusals: list[Refusal] = []
    unsettled: list[str] = []
    for strict, lenient in ((sides[0], sides[1]), (sides[1], sides[0])):
        allowed = lenient.constraints()
        theirs = {constraint.never for constraint in allowed}
        own = [constraint for constraint in strict.constraints() if constraint.never not in theirs]
        for constraint, facts in _refused(own, strict.facts, allowed, seconds):
            if facts is None:
                unsettled.append(constraint.id)
            else:
                situation = Situation(facts, constraint.id)
                refusals.append(
                    Refusal(constraint, strict.number == 1, situation, _foreign(first, second, situation.facts))
                )
    return tuple(refusals), tuple(unsettled)


def _refused(
    own: Sequence[Constraint], facts: Mapping[str, Fact], allowed: tuple[Constraint, ...], seconds: float
) -> Iterator[tuple[Constraint, Mapping[str, str] | None]]:
    """Yield each constraint that refuses what others allow with a situation, None where time did not suffice."""
    from plenipo.engines.answers.space import Pairs, SpaceEngine  # noqa: PLC0415 - only questions need it

    if not own:
        return
    # A constraint holds where a rule with its condition fires; the ids of two constraints may be the same.
    rules = {
        str(number): Rule(str(number), "", (), "", (), Basis.STATED, Strength.PLAIN, constraint.never)
        for number, constraint in enumerate(own)
    }
    engine = SpaceEngine(Rulebook(facts, {}, {}, rules, constraints=allowed), Pairs(), seconds)
    for number, constraint in zip(rules, own, strict=True):
        try:
            example = engine.example([(("fires", 0, number), True)])
        except TimeoutError:
            yield constraint, None
        else:
            if example is not None:
                yield constraint, example.facts


def _foreign(first: Rulebook, second: Rulebook, facts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(fact for fact in facts if any(fact not in _told(book, facts) for book in (first, second)))


def _told(book: Rulebook, facts: Mapping[str, str]) -> dict[str, str]:
    return {id: value for id, value in facts.items() if id in book.facts and value in book.facts[id].values}


def _words(one: Rulebook, other: Rulebook) -> Iterator[str]:
    """Yield the words of one rulebook that the other does not have."""
    yield from (f"option {id}" for id in one.options if id not in other.options)
    for id, fact in one.facts.items():
        if id not in other.facts:
            yield f"fact {id}"
        else:
            yield from (f"value {id}: {value}" for value in fact.values if value not in other.facts[id].values)


def _name(book: int, id: str) -> str:
    """Return the name of something of one of the books in the rulebook that holds both; no id has a space."""
    return f"{book} {id}"


def _paired(first: Rulebook, second: Rulebook) -> Rulebook:
    """Return one rulebook that holds two: they share the facts, and everything else is there twice."""
    sides = _sides(first, second)
    return Rulebook(
        sides[0].facts,
        {_name(side.number, id): option for side in sides for id, option in side.options()},
        {_name(side.number, id): finding for side in sides for id, finding in side.book.findings.items()},
        {rule.id: rule for side in sides for rule in side.rules()},
        constraints=tuple(constraint for side in sides for constraint in side.constraints()),
    )


def _sides(first: Rulebook, second: Rulebook) -> tuple[_Side, _Side]:
    """Return both rulebooks over the facts of both."""
    facts: dict[str, Fact] = {}
    for book in (first, second):
        for id, fact in book.facts.items():
            facts[id] = replace(fact, values={**(facts[id].values if id in facts else {}), **fact.values})
    return _Side(0, first, facts), _Side(1, second, facts)


@dataclass(frozen=True)
class _Side:
    """One of two rulebooks in the rulebook that holds both; `facts` are those of both."""

    number: int
    book: Rulebook
    facts: Mapping[str, Fact]

    def options(self) -> Iterator[tuple[str, Option]]:
        yield from ((id, replace(option, id=_name(self.number, id))) for id, option in self.book.options.items())

    def constraints(self) -> tuple[Constraint, ...]:
        return tuple(replace(each, never=self.condition(each.never)) for each in self.book.constraints)

    def rules(self) -> Iterator[Rule]:
        for rule in self.book.rules.values():
            yield replace(
                rule,
                id=_name(self.number, rule.id),
                then=tuple(replace(drawn, on=_name(self.number, drawn.on)) for drawn in rule.then),
                when=self.condition(rule.when),
                unless=None if rule.unless is None else self.condition(rule.unless),
                overrides=tuple(_name(self.number, id) for id in rule.overrides),
            )

    def condition(self, said: Condition) -> Condition:
        """Return a condition in the names of the rulebook that holds both."""
        return Condition(
            tuple(self._atom(atom) for atom in said.atoms), tuple(self.condition(branch) for branch in said.any_of)
        )

    def _atom(self, atom: Atom) -> Atom:
        if atom.name in self.book.findings:
            return replace(atom, name=_name(self.number, atom.name))
        if UNKNOWN not in atom.values or atom.name not in self.book.facts:
            return atom
        own = self.book.facts[atom.name].values
        foreign = tuple(value for value in self.facts[atom.name].values if value not in own)
        return replace(atom, values=(*atom.values, *foreign))
