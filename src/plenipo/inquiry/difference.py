"""
The difference between two rulebooks: the options whose verdict can differ, each with a situation in which it does.

Every situation is looked at that both allow. What one of them has no word for it is not told: a fact that it does not
have is nothing to it, and a value that its fact does not have is as good as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from plenipo.advice import OptionAdvice
from plenipo.adviser import advise
from plenipo.inquiry.space import PATIENCE
from plenipo.rulebook.model import UNKNOWN, Atom, Condition, Fact, Option, Rule, Rulebook, Situation


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
class Difference:
    """
    How two rulebooks differ.

    `gone` and `new` are the words (options, facts, values of facts) that only the first and only the second has.
    On an option that is in no part of this the two agree in every situation.
    """

    first: Rulebook
    second: Rulebook
    divergences: tuple[Divergence, ...]
    undecided: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether it is certain that both have the same options and agree on them in every situation."""
        return not self.divergences and not self.undecided and self.first.options.keys() == self.second.options.keys()


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
    return Difference(first, second, tuple(divergences), tuple(undecided), gone, new)


def _divergence(first: Rulebook, second: Rulebook, option: str, facts: Mapping[str, str]) -> Divergence:
    before, after = (advise(book, Situation(_told(book, facts))).options[option] for book in (first, second))
    title = f"The verdict on {option} turns from {before.verdict} to {after.verdict}"
    situation = Situation(facts, option, title, expect={option: after.verdict.value})
    foreign = tuple(fact for fact in facts if any(fact not in _told(book, facts) for book in (first, second)))
    return Divergence(before, after, situation, foreign)


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
    facts: dict[str, Fact] = {}
    for book in (first, second):
        for id, fact in book.facts.items():
            facts[id] = replace(fact, values={**(facts[id].values if id in facts else {}), **fact.values})
    sides = [_Side(number, book, facts) for number, book in enumerate((first, second))]
    return Rulebook(
        facts,
        {_name(side.number, id): option for side in sides for id, option in side.options()},
        {_name(side.number, id): finding for side in sides for id, finding in side.book.findings.items()},
        {rule.id: rule for side in sides for rule in side.rules()},
        constraints=tuple(
            replace(constraint, never=side.condition(constraint.never))
            for side in sides
            for constraint in side.book.constraints
        ),
    )


@dataclass(frozen=True)
class _Side:
    """One of two rulebooks in the rulebook that holds both; `facts` are those of both."""

    number: int
    book: Rulebook
    facts: Mapping[str, Fact]

    def options(self) -> Iterator[tuple[str, Option]]:
        yield from ((id, replace(option, id=_name(self.number, id))) for id, option in self.book.options.items())

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
