"""
Two rulebooks in one, over the facts of both, so that their verdicts can be compared in every situation both allow.

A fact that one of them does not have means nothing to it, and a value that its fact does not have counts as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from plenipo.engines.answers.space import SpaceEngine
from plenipo.engines.bitset.situation_columns import Facts
from plenipo.rulebook.model import UNKNOWN, Atom, Condition, Constraint, Fact, Option, Rule, Rulebook
from plenipo.situations.exclusions import closed


@dataclass(frozen=True)
class Side:
    """One of two rulebooks, in the names of the one that holds both; `facts` are those of both."""

    number: int
    book: Rulebook
    facts: Mapping[str, Fact]

    def options(self) -> Iterator[tuple[str, Option]]:
        """Yield the options by their names here."""
        yield from ((id, replace(option, id=_name(self.number, id))) for id, option in self.book.options.items())

    def constraints(self) -> tuple[Constraint, ...]:
        """Return the constraints in the names used here, and what follows from them."""
        return tuple(replace(each, never=self.condition(each.never)) for each in closed(self.book))

    def rules(self) -> Iterator[Rule]:
        """Yield the rules in the names used here."""
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


def sides(first: Rulebook, second: Rulebook) -> tuple[Side, Side]:
    """Return both rulebooks over the facts of both."""
    facts: dict[str, Fact] = {}
    for book in (first, second):
        for id, fact in book.facts.items():
            facts[id] = replace(fact, values={**(facts[id].values if id in facts else {}), **fact.values})
    return Side(0, first, facts), Side(1, second, facts)


def differing(first: Rulebook, second: Rulebook) -> Mapping[str, Facts | None]:
    """
    Return for each option of both a smallest situation in which its verdicts differ, or None: they never do.

    Options that were not decided in time are left out.
    """
    shared: dict[tuple[str, ...], str] = {
        (_name(0, option), _name(1, option)): option for option in first.options if option in second.options
    }
    both = sides(first, second)
    paired = Rulebook(
        both[0].facts,
        {_name(side.number, id): option for side in both for id, option in side.options()},
        {_name(side.number, id): finding for side in both for id, finding in side.book.findings.items()},
        {rule.id: rule for side in both for rule in side.rules()},
        constraints=tuple(constraint for side in both for constraint in side.constraints()),
        closed=True,
    )
    found = SpaceEngine(paired, twins=tuple(shared)).examples("differ", tuple(shared))
    return {shared[twins]: None if example is None else example.facts for twins, example in found.items()}


def _name(book: int, id: str) -> str:
    """Return the name of something of one of the books in the rulebook that holds both; no id has a space."""
    return f"{book} {id}"
