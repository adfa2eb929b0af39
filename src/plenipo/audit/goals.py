"""
Goals: what a situation can show of a rulebook.

A rule can be seen to fire, and each comparison and each alternative in it can be seen to come out true, and to come out
false. A goal that no situation at all reaches is impossible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from plenipo.engines.bitset.truth_table import Column, Columns, Table, fits
from plenipo.inquiry.scope import Reach
from plenipo.inquiry.situation_columns import Facts, domains
from plenipo.rulebook.model import (
    Basis,
    Conclusion,
    Condition,
    Option,
    Rule,
    Rulebook,
    Strength,
    Verb,
)

#: As many seconds as all that truth tables cannot tell may take.
PATIENCE = 30.0


@dataclass(frozen=True)
class Part:
    """A comparison or an alternative of a rule; `place` says where in the rule it stands."""

    rule: str
    place: str
    condition: Condition


@dataclass(frozen=True)
class Goal:
    """That a part of a rule comes out as `outcome`; without a part, that the rule fires."""

    rule: str
    when: Condition
    unless: Condition | None
    part: Part | None = None
    outcome: bool = True

    def rows(self, columns: Columns) -> Column:
        """Return the allowed rows in which it is reached; the rules that its findings stand on must have been run."""
        reached = columns.allowed & columns.holds(self.when)
        return reached if self.unless is None else reached & ~columns.holds(self.unless)


@dataclass(frozen=True)
class Prospects:
    """
    Which goals some situation reaches, with one that tells as few facts as possible, and which none does.

    `undecided` are those of which neither was found out in time.
    """

    reached: Mapping[Goal, Facts]
    impossible: frozenset[Goal]
    undecided: frozenset[Goal]


def parts(rule: Rule) -> Iterator[Part]:
    """Yield the comparisons and alternatives of a rule; an alternative of one comparison is that comparison."""
    yield from _parts(rule.id, "when", rule.when)
    if rule.unless is not None:
        yield from _parts(rule.id, "unless", rule.unless)


def goals(rulebook: Rulebook) -> tuple[Goal, ...]:
    """Return every goal of a rulebook, rule by rule."""
    return tuple(goal for rule in rulebook.rules.values() for goal in _goals(rule))


def prospects(rulebook: Rulebook, wanted: Sequence[Goal], seconds: float = PATIENCE) -> Prospects:
    """Return which of some goals can be reached at all, exactly; what needs a search is given so many seconds."""
    return _Probing(rulebook, wanted, seconds).prospects()


def _parts(rule: str, place: str, condition: Condition) -> Iterator[Part]:
    for atom in condition.atoms:
        yield Part(rule, place, Condition((atom,)))
    for number, branch in enumerate(condition.any_of, 1):
        there = f"{place}, alternative {number}"
        if branch.any_of or len(branch.atoms) != 1:
            yield Part(rule, there, branch)
        yield from _parts(rule, there, branch)


def _goals(rule: Rule) -> Iterator[Goal]:
    yield Goal(rule.id, rule.when, rule.unless)
    for part in parts(rule):
        yield Goal(rule.id, part.condition, None, part, outcome=True)
        yield Goal(rule.id, Condition(), part.condition, part, outcome=False)


class _Probing:
    """A rulebook with a rule and an option for each goal, so that a goal is reached where the option is spoken of."""

    def __init__(self, rulebook: Rulebook, wanted: Sequence[Goal], seconds: float) -> None:
        self.probes = {f"goal {number}": goal for number, goal in enumerate(wanted)}
        rules = {id: _probe(id, goal) for id, goal in self.probes.items()}
        options = {id: Option(id, "goals", id) for id in self.probes}
        self.rulebook = replace(rulebook, rules={**rulebook.rules, **rules}, options={**rulebook.options, **options})
        self.seconds = seconds

    def prospects(self) -> Prospects:
        reached: dict[Goal, Facts] = {}
        impossible: set[Goal] = set()
        large: list[str] = []
        for id, goal in self.probes.items():
            varying = domains(self.rulebook, self.reach.facts(id))
            if not fits(varying):
                large.append(id)
            elif (found := self._nearest(id, goal, varying)) is None:
                impossible.add(goal)
            else:
                reached[goal] = found
        undecided = self._searched(large, reached, impossible) if large else frozenset()
        return Prospects(reached, frozenset(impossible), undecided)

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.rulebook)

    def _nearest(self, id: str, goal: Goal, varying: Mapping[str, tuple[str, ...]]) -> Facts | None:
        table = Table(self.rulebook, varying, {})
        table.run(self.reach.rules(id))
        row = next(table.rows(table.nearest(goal.rows(table))), None)
        return None if row is None else {fact: value for fact, value in row.items() if value != varying[fact][0]}

    def _searched(self, large: list[str], reached: dict[Goal, Facts], impossible: set[Goal]) -> frozenset[Goal]:
        """Sort goals that are too large for tables; return those that are left undecided."""
        from plenipo.engines.answers.space import Pairs, SpaceEngine  # noqa: PLC0415 - only large rulebooks need it

        engine = SpaceEngine(self.rulebook, Pairs(), self.seconds)
        seen = engine.seen("fires")
        undecided: set[Goal] = set()
        for id in large:
            goal = self.probes[id]
            if (id,) not in seen.terms:
                (impossible if seen.whole else undecided).add(goal)
                continue
            try:
                example = engine.example([(("fires", 0, id), True)])
            except TimeoutError:
                example = None
            if example is None:
                undecided.add(goal)
            else:
                reached[goal] = example.facts
        return frozenset(undecided)


def _probe(id: str, goal: Goal) -> Rule:
    then = (Conclusion(Verb.CONSIDER, id),)
    return Rule(id, "goals", then, "", (), Basis.INFERRED, Strength.PLAIN, goal.when, goal.unless)
