"""
Truth tables: every way of giving some facts their values, all looked at in one go.

A column is an integer that has a bit for each row, so that a rule is tried on every row by a few operations on
integers. That is exact, and quick as long as the rows are not too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Generic, Protocol, Self, TypeVar

from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Condition, Rulebook, Verb
from plenipo.rulebook.verdict import Verdict

#: As many rows as a table may have; beyond that the answer-set engine is quicker.
MOST_ROWS = 1 << 18

#: A set of rows, a bit each.
Column = int


class Rows(Protocol):
    """What a set of rows must be able to do, whatever it is made of, for rules to be tried on it."""

    def __and__(self, other: Self, /) -> Self:
        """Return the rows that are in both."""

    def __or__(self, other: Self, /) -> Self:
        """Return the rows that are in either."""

    def __invert__(self) -> Self:
        """Return the rows that are not in it."""

    def __bool__(self) -> bool:
        """Return whether there is a row in it."""


Set = TypeVar("Set", bound=Rows)


def fits(domains: Mapping[str, Sequence[str]]) -> bool:
    """Return whether a table over these facts is small enough to be made."""
    return prod(len(values) for values in domains.values()) <= MOST_ROWS


class Trial(Generic[Set]):
    """
    Rules tried on many rows at once, whatever sets of rows are made of.

    `state` gives for each fact that varies the rows in which it has each value; the other facts are as `facts` says.
    `allowed` are the rows that no constraint rules out, `acts` tells in which rows a rule that was run draws its
    conclusions. Every verdict column is a part of `allowed`.
    """

    def __init__(
        self, rulebook: Rulebook, full: Set, state: Mapping[str, Mapping[str, Set]], facts: Mapping[str, str]
    ) -> None:
        self.rulebook = rulebook
        self.full, self.none = full, full & ~full
        self.acts: dict[str, Set] = {}
        self._drawn: dict[str, dict[str, Set]] = {}
        self._state: dict[str, Mapping[str, Set]] = {**{id: {value: full} for id, value in facts.items()}, **state}
        self._unknown = {UNKNOWN: full}
        self._not_found = {FALSE: full}
        self.allowed = full
        for constraint in rulebook.constraints:
            self.allowed &= ~self.holds(constraint.never)

    def holds(self, condition: Condition) -> Set:
        """Return the rows in which a condition holds; findings are those of the rules that were run."""
        column = self.full
        for atom in condition.atoms:
            column &= self.has(atom.name, atom.values)
        if condition.any_of:
            branches = self.none
            for branch in condition.any_of:
                branches |= self.holds(branch)
            column &= branches
        return column

    def run(self, rules: Iterable[str]) -> None:
        """Try rules, given in dependency order, on every row."""
        for id in rules:
            rule = self.rulebook.rules[id]
            column = self.holds(rule.when)
            if rule.unless is not None:
                column &= ~self.holds(rule.unless)
            for other in self.rulebook.overriders.get(id, ()):
                column &= ~self.acts[other]
            self.acts[id] = column
            for drawn in rule.then:
                verbs = self._drawn.setdefault(drawn.on, {})
                held = verbs[drawn.verb] = verbs.get(drawn.verb, self.none) | column
                if drawn.verb is Verb.FIND:
                    self._state[drawn.on] = {TRUE: held, FALSE: self.full & ~held}

    def verdicts(self, option: str) -> Mapping[Verdict, Set]:
        """Return the allowed rows of each verdict that occurs; the rules the option turns on must have been run."""
        drawn = self._drawn.get(option, {})
        left, columns = self.allowed, dict[Verdict, Set]()
        for verdict in Verdict:
            column = left & (self.full if verdict is Verdict.SILENT else drawn.get(verdict.value, self.none))
            left &= ~column
            if column:
                columns[verdict] = column
        return columns

    def has(self, name: str, values: Iterable[str]) -> Set:
        """Return the rows in which a fact, or a finding of the rules that were run, has one of some values."""
        missing = self._not_found if name in self.rulebook.findings else self._unknown
        columns, held = self._state.get(name, missing), self.none
        for value in values:
            held |= columns.get(value, self.none)
        return held


class Columns(Trial[Column]):
    """Rules tried on rows that have a bit each."""


def verdict(rulebook: Rulebook, option: str, rules: Iterable[str], facts: Mapping[str, str]) -> Verdict:
    """
    Return the verdict on one option in one situation, which must be possible.

    `rules` are those on which the option turns, in dependency order; no others are looked at.
    """
    row = Columns(rulebook, 1, {}, facts)
    row.run(rules)
    return next(iter(row.verdicts(option)))


class Table(Columns):
    """All rows that the domains give (fact -> the values it may take, no value twice), the other facts as they are."""

    def __init__(self, rulebook: Rulebook, domains: Mapping[str, Sequence[str]], facts: Mapping[str, str]) -> None:
        self.domains = domains
        self._strides: dict[str, int] = {}
        rows = 1
        for id, values in domains.items():
            self._strides[id] = rows
            rows *= len(values)
        striped = {
            id: dict(zip(values, _stripes(rows, self._strides[id], len(values)), strict=True))
            for id, values in domains.items()
        }
        super().__init__(rulebook, (1 << rows) - 1, striped, facts)

    def turns(self, verdicts: Mapping[Verdict, Column], fact: str) -> bool:
        """Return whether two allowed rows that differ in this fact alone have different verdicts."""
        for column in verdicts.values():
            others = self.allowed & ~column
            if self._folded(column, fact) & self._folded(others, fact):
                return True
        return False

    def nearest(self, column: Column) -> Column:
        """Return the rows of a column in which as few facts as possible have another value than their first."""
        near = [self.full]
        for id, values in self.domains.items():
            same = self._state[id][values[0]]
            before = [0, *near]
            near = [(here & same) | (less & ~same) for here, less in zip([*near, 0], before, strict=True)]
        return next((found for layer in near if (found := layer & column)), 0)

    def changed(self, column: Column) -> Iterator[tuple[tuple[str, ...], Column]]:
        """Yield the sets of facts that have another value than their first in rows of a column, each with its rows."""
        pending: list[tuple[int, tuple[str, ...], Column]] = [(0, (), column)]
        facts = tuple(self.domains)
        while pending:
            place, found, rows = pending.pop()
            if not rows:
                continue
            if place == len(facts):
                yield found, rows
                continue
            same = self._state[facts[place]][self.domains[facts[place]][0]]
            pending.append((place + 1, found, rows & same))
            pending.append((place + 1, (*found, facts[place]), rows & ~same))

    def rows(self, column: Column) -> Iterator[Mapping[str, str]]:
        """Yield each row of a column as the values of the facts that vary."""
        while column:
            number = (column & -column).bit_length() - 1
            column &= column - 1
            yield {id: values[number // self._strides[id] % len(values)] for id, values in self.domains.items()}

    def _folded(self, column: Column, fact: str) -> Column:
        """Return the rows laid upon those with the fact's first value from which they differ in the fact alone."""
        stride, folded = self._strides[fact], 0
        for place, rows in enumerate(self._state[fact].values()):
            folded |= (column & rows) >> (place * stride)
        return folded


def _stripes(rows: int, stride: int, values: int) -> Iterator[Column]:
    """Yield, for each value in turn, the rows that have it: stretches of `stride` rows, over and over."""
    full = (1 << rows) - 1
    stripe, length = (1 << stride) - 1, stride * values
    while length < rows:
        stripe |= stripe << length
        length *= 2
    for place in range(values):
        yield (stripe << (place * stride)) & full
