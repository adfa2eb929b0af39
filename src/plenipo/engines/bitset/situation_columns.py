"""
Rules run on many situations at once.

`Evaluation` knows a set of situations only by `&`, `|`, `~` and whether it is empty. In `SituationColumns` a set is a
column: an integer that has a bit for each situation, its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Generic, Protocol, Self, TypeVar

from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Condition, Rulebook, Verb
from plenipo.rulebook.verdict import Verdict
from plenipo.situations.exclusions import exclusions

#: A set of rows, a bit each.
Column = int
#: Fact -> value; a fact that is absent is unknown.
Facts = Mapping[str, str]
#: Fact -> value -> the rows in which it has that value.
Layout = Mapping[str, Mapping[str, Column]]
#: Chances are exact to so many binary digits, far more than any number of draws could show.
CHANCE_DIGITS = 32


class SituationSet(Protocol):
    """What a set of situations must offer for rules to be run on it: those in both, in either, not in it, and any."""

    def __and__(self, other: Self, /) -> Self: ...
    def __or__(self, other: Self, /) -> Self: ...
    def __invert__(self) -> Self: ...
    def __bool__(self) -> bool: ...


SetOf = TypeVar("SetOf", bound=SituationSet)


class Evaluation(Generic[SetOf]):
    """
    Rules run on a set of situations.

    `state` gives for each fact that varies the situations in which it has each value; the other facts are as `facts`
    says. `allowed` are the situations that no constraint rules out. `acts` gives for each rule that was run the
    situations in which it draws its conclusions.
    """

    def __init__(self, rulebook: Rulebook, full: SetOf, state: Mapping[str, Mapping[str, SetOf]], facts: Facts) -> None:
        self.rulebook = rulebook
        self.full, self.none = full, full & ~full
        self.acts: dict[str, SetOf] = {}
        self._drawn: dict[str, dict[str, SetOf]] = {}
        self._state: dict[str, Mapping[str, SetOf]] = {**{id: {value: full} for id, value in facts.items()}, **state}
        self._unknown = {UNKNOWN: full}
        self._not_found = {FALSE: full}
        self.allowed = full
        for each in exclusions(rulebook):
            self.allowed &= ~self.holds(each.never)

    def holds(self, condition: Condition) -> SetOf:
        """Return the situations in which a condition holds; findings are those of the rules that were run."""
        found = self.full
        for atom in condition.atoms:
            found &= self.has(atom.name, atom.values)
        if condition.any_of:
            branches = self.none
            for branch in condition.any_of:
                branches |= self.holds(branch)
            found &= branches
        return found

    def has(self, name: str, values: Iterable[str]) -> SetOf:
        """Return the situations in which a fact, or a finding of the rules that were run, has one of some values."""
        missing = self._not_found if name in self.rulebook.findings else self._unknown
        columns, found = self._state.get(name, missing), self.none
        for value in values:
            found |= columns.get(value, self.none)
        return found

    def run(self, rules: Iterable[str]) -> None:
        """Run rules, given in dependency order."""
        for id in rules:
            rule = self.rulebook.rules[id]
            acts = self.holds(rule.when)
            if rule.unless is not None:
                acts &= ~self.holds(rule.unless)
            for other in self.rulebook.overriders.get(id, ()):
                acts &= ~self.acts[other]
            self.acts[id] = acts
            for drawn in rule.then:
                verbs = self._drawn.setdefault(drawn.on, {})
                held = verbs[drawn.verb] = verbs.get(drawn.verb, self.none) | acts
                if drawn.verb is Verb.FIND:
                    self._state[drawn.on] = {TRUE: held, FALSE: self.full & ~held}

    def verdicts(self, option: str) -> Mapping[Verdict, SetOf]:
        """
        Return the allowed situations of each verdict that occurs, in the order of verdicts.

        The rules that the option depends on must have been run.
        """
        drawn = self._drawn.get(option, {})
        left, found = self.allowed, dict[Verdict, SetOf]()
        for verdict in Verdict:
            here = left & (self.full if verdict is Verdict.SILENT else drawn.get(verdict.value, self.none))
            left &= ~here
            if here:
                found[verdict] = here
        return found


class SituationColumns(Evaluation[Column]):
    """Rules run on situations that have a bit each."""

    def differing(self, other: SituationColumns, option: str) -> Column:
        """Return the rows that both allow and in which they give an option different verdicts."""
        found, there = 0, other.verdicts(option)
        for verdict, column in self.verdicts(option).items():
            found |= column & other.allowed & ~there.get(verdict, 0)
        return found


def in_columns(rulebook: Rulebook, situations: Sequence[Facts]) -> SituationColumns:
    """Return situations as columns, a row for each in the order given, with every rule run."""
    columns = SituationColumns(rulebook, all_rows(len(situations)), layout(rulebook.facts, situations), {})
    columns.run(rulebook.order)
    return columns


def layout(facts: Iterable[str], situations: Sequence[Facts]) -> Layout:
    """Return some facts of situations as columns, a row for each situation in the order given."""
    laid: dict[str, dict[str, Column]] = {id: {} for id in facts}
    for id, columns in laid.items():
        for number, situation in enumerate(situations):
            value = situation.get(id, UNKNOWN)
            columns[value] = columns.get(value, 0) | 1 << number
    return laid


def verdict_in(rulebook: Rulebook, option: str, rules: Iterable[str], facts: Facts) -> Verdict:
    """
    Return the verdict on one option in one situation, which must be allowed.

    `rules` are those on which the option depends, in dependency order; no others are looked at.
    """
    row = SituationColumns(rulebook, 1, {}, facts)
    row.run(rules)
    return next(iter(row.verdicts(option)))


def all_rows(count: int) -> Column:
    """Return the column of all rows."""
    return (1 << count) - 1


def row_numbers(column: Column) -> Iterator[int]:
    """
    Yield the numbers of the rows in a column.

    >>> list(row_numbers(0b1101))
    [0, 2, 3]
    """
    bits = f"{column:b}"[::-1]
    row = bits.find("1")
    while row >= 0:
        yield row
        row = bits.find("1", row + 1)


def counts_by_row(columns: Iterable[Column]) -> list[Column]:
    """
    Return in how many of the columns each row is: a column for each binary digit of that number, the lowest first.

    >>> [f"{digit:03b}" for digit in counts_by_row([0b011, 0b110, 0b010])]
    ['111', '010']
    """
    digits: list[Column] = []
    for column in columns:
        carry = column
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
            if not carry:
                break
        if carry:
            digits.append(carry)
    return digits


def draw_columns(weights: Mapping[str, int], number: int, random: Random) -> Mapping[str, Column]:
    """Return for each value of a fact the rows in which chance gives it that value, by the weights."""
    left, of = all_rows(number), sum(weights.values())
    columns: dict[str, Column] = {}
    for value, weight in weights.items():
        columns[value] = left if weight == of else left & _chance(weight, of, number, random)
        left &= ~columns[value]
        of -= weight
    return columns


def _chance(weight: int, of: int, number: int, random: Random) -> Column:
    """
    Return a column in which every bit is set with the chance weight / of.

    A random binary fraction is below the chance if it has the lower digit at the highest place where the two differ.
    Places are gone through from the lowest, so a later draw overrules the earlier ones.
    """
    digits = (weight << CHANCE_DIGITS) // of
    below = 0
    for place in range(CHANCE_DIGITS):
        if digits >> place & 1:
            below |= random.getrandbits(number)
        elif below:
            below &= random.getrandbits(number)
    return below
