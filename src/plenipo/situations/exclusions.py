"""
Exclusions: every combination of values that no situation may have, whether a constraint says so or it follows.

A constraint speaks of facts that are known. Several of them may leave an unknown fact no value: then what they say of
the other facts, taken together, is excluded as well. With these added, a situation, complete or not, is allowed just
where no exclusion holds in it, so that whoever runs rules need look at nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from plenipo.rulebook.model import Atom, Condition, Constraint, Rulebook

#: The steps that the search for what follows may take; what is found until then counts.
MOST_STEPS = 20_000


@dataclass(frozen=True)
class Exclusion:
    """
    Facts that may not all have one of their values (fact -> values); the rulebook's constraints it is `due_to`.

    An empty one rules every situation out.
    """

    values: Mapping[str, frozenset[str]]
    due_to: tuple[Constraint, ...]

    @cached_property
    def never(self) -> Condition:
        """The condition that never holds."""
        return Condition(tuple(Atom(fact, tuple(sorted(self.values[fact]))) for fact in sorted(self.values)))

    def covers(self, other: Exclusion) -> bool:
        """Return whether it excludes all that another one does."""
        return all(fact in other.values and other.values[fact] <= values for fact, values in self.values.items())

    @property
    def rank(self) -> tuple[int, list[tuple[str, list[str]]], list[str]]:
        """What puts exclusions in an order that does not depend on that of the rulebook."""
        values = [(fact, sorted(self.values[fact])) for fact in sorted(self.values)]
        return len(values), values, sorted(each.id for each in self.due_to)


@lru_cache(maxsize=256)
def exclusions(rulebook: Rulebook) -> tuple[Exclusion, ...]:
    """Return what the constraints of a rulebook exclude and all that follows from it, none of it twice."""
    said = [each for constraint in rulebook.constraints for each in _said(constraint)]
    first = _widest(sorted(said, key=lambda each: each.rank))
    return tuple(first) if rulebook.closed else tuple(_Following(rulebook, first).found)


def closed(rulebook: Rulebook) -> tuple[Constraint, ...]:
    """Return constraints that say everything that the rulebook's constraints do, and what follows from them."""
    return tuple(
        Constraint(each.due_to[0].id if len(each.due_to) == 1 else "", each.never, "") for each in exclusions(rulebook)
    )


class _Following:
    """What is excluded so far, and the steps that may still be taken to find more."""

    def __init__(self, rulebook: Rulebook, first: Sequence[Exclusion]) -> None:
        self._rulebook = rulebook
        self._steps = MOST_STEPS
        self.found = list(first)
        while (more := self._more()) and self._steps > 0:
            self.found = _widest(sorted([*self.found, *more], key=lambda each: each.rank))

    def _more(self) -> list[Exclusion]:
        """Return what follows in one step and is not covered yet: some fact is left no value."""
        found: list[Exclusion] = []
        for fact in sorted({fact for each in self.found for fact in each.values}):
            bearing = [each for each in self.found if fact in each.values]
            gone = {value for each in bearing for value in each.values[fact]}
            if gone.issuperset(self._rulebook.facts[fact].values):
                found += self._leaving_none(fact, bearing, Exclusion({}, ()), frozenset())
        return found

    def _leaving_none(
        self, fact: str, bearing: Sequence[Exclusion], together: Exclusion, gone: frozenset[str]
    ) -> Iterator[Exclusion]:
        """Yield what leaves a fact no value, given what rules out the values that are `gone` all `together`."""
        value = next((value for value in sorted(self._rulebook.facts[fact].values) if value not in gone), None)
        if value is None:
            yield together
            return
        for each in bearing:
            if value in each.values[fact] and self._steps > 0:
                self._steps -= 1
                both = _both(together, each, fact)
                if both is not None and not any(known.covers(both) for known in self.found):
                    yield from self._leaving_none(fact, bearing, both, gone | each.values[fact])


def _both(one: Exclusion, other: Exclusion, but: str) -> Exclusion | None:
    """Return what holds where both do, whatever one fact is, or None where they never hold together."""
    values = dict(one.values)
    for fact, some in other.values.items():
        if fact != but:
            values[fact] = values.get(fact, some) & some
            if not values[fact]:
                return None
    due_to = {id(each): each for each in (*one.due_to, *other.due_to)}
    return Exclusion(values, tuple(due_to.values()))


def _widest(ordered: Iterable[Exclusion]) -> list[Exclusion]:
    """Return exclusions without those that another one covers; of equal ones the first stays."""
    kept: list[Exclusion] = []
    for each in ordered:
        if not any(known.covers(each) for known in kept):
            kept = [*(known for known in kept if not each.covers(known)), each]
    return kept


def _said(constraint: Constraint) -> Iterator[Exclusion]:
    """Yield what one constraint excludes, alternative by alternative."""
    for values in _alternatives(constraint.never, {}):
        yield Exclusion(values, (constraint,))


def _alternatives(condition: Condition, values: Mapping[str, frozenset[str]]) -> Iterator[Mapping[str, frozenset[str]]]:
    """Yield the values by which a condition is met beside others that are asked for."""
    narrowed = dict(values)
    for atom in condition.atoms:
        narrowed[atom.name] = narrowed.get(atom.name, frozenset(atom.values)).intersection(atom.values)
        if not narrowed[atom.name]:
            return
    if not condition.any_of:
        yield narrowed
    for branch in condition.any_of:
        yield from _alternatives(branch, narrowed)
