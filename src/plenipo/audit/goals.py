"""
Goals: what a situation can show of a rulebook.

A rule can be seen to fire, and each comparison and each alternative in it can be seen to come out true, and to come out
false. A goal that no situation at all reaches is impossible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plenipo.engines.bitset.situation_columns import Column, Facts, SituationColumns
from plenipo.inquiry.solver import smallest_examples
from plenipo.rulebook.model import Basis, Condition, Rule, Rulebook, Strength


@dataclass(frozen=True)
class ConditionPart:
    """A comparison or an alternative of a rule; `place` says where it is in the rule."""

    rule: str
    place: str
    condition: Condition


@dataclass(frozen=True)
class Goal:
    """That a part of a rule comes out as `outcome`; without a part, that the rule fires."""

    rule: str
    when: Condition
    unless: Condition | None
    part: ConditionPart | None = None
    outcome: bool = True

    def rows(self, columns: SituationColumns) -> Column:
        """Return the allowed rows in which it is reached; the rules behind its findings must have been run."""
        reached = columns.allowed & columns.holds(self.when)
        return reached if self.unless is None else reached & ~columns.holds(self.unless)


@dataclass(frozen=True)
class Prospects:
    """
    Which goals some situation reaches, with one that has as few known facts as possible, and which none does.

    `undecided` are those that were not decided in time.
    """

    reached: Mapping[Goal, Facts]
    impossible: frozenset[Goal]
    undecided: frozenset[Goal]


def condition_parts(rule: Rule) -> Iterator[ConditionPart]:
    """Yield the comparisons and alternatives of a rule; an alternative of one comparison is that comparison."""
    yield from _parts(rule.id, "when", rule.when)
    if rule.unless is not None:
        yield from _parts(rule.id, "unless", rule.unless)


def goals(rulebook: Rulebook) -> tuple[Goal, ...]:
    """Return every goal of a rulebook, rule by rule."""
    return tuple(goal for rule in rulebook.rules.values() for goal in _goals(rule))


def prospects(rulebook: Rulebook, wanted: Sequence[Goal]) -> Prospects:
    """Return which of some goals can be reached at all, exactly, or as far as there is time to search."""
    probes = {f"goal {number}": goal for number, goal in enumerate(wanted)}
    # A rule that fires where a goal is reached stands in for it.
    rules = {
        id: Rule(id, "goals", (), "", (), Basis.INFERRED, Strength.PLAIN, goal.when, goal.unless)
        for id, goal in probes.items()
    }
    found = smallest_examples(replace(rulebook, rules={**rulebook.rules, **rules}), probes)
    return Prospects(
        {probes[id]: facts for id, facts in found.items() if facts is not None},
        frozenset(probes[id] for id, facts in found.items() if facts is None),
        frozenset(goal for id, goal in probes.items() if id not in found),
    )


def _parts(rule: str, place: str, condition: Condition) -> Iterator[ConditionPart]:
    for atom in condition.atoms:
        yield ConditionPart(rule, place, Condition((atom,)))
    for number, branch in enumerate(condition.any_of, 1):
        there = f"{place}, alternative {number}"
        if branch.any_of or len(branch.atoms) != 1:
            yield ConditionPart(rule, there, branch)
        yield from _parts(rule, there, branch)


def _goals(rule: Rule) -> Iterator[Goal]:
    yield Goal(rule.id, rule.when, rule.unless)
    for part in condition_parts(rule):
        yield Goal(rule.id, part.condition, None, part, outcome=True)
        yield Goal(rule.id, Condition(), part.condition, part, outcome=False)
