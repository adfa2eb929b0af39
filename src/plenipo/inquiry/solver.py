"""
Searches within bounds: how near the next situation is in which an option has a verdict, and which rules act on the way.

The bounds are domains: for each fact that is free, the value it has now and then the others it may take. Small searches
are truth tables, large ones go to the answer-set engine; both look at everything within the bounds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from plenipo.engines.bitset.truth_table import Column, Table, fits
from plenipo.inquiry.possible_values import can_hold
from plenipo.inquiry.scope import reach
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict

#: Fact -> the value it has now (`unknown` among others), and then the values it may take instead.
Domains = Mapping[str, Sequence[str]]
#: Facts and the values they take.
Facts = Mapping[str, str]

#: As many smallest sets of facts as are looked for, and as many choices of values for one as are listed.
MOST_SETS = 200
MOST_CHOICES = 60


@dataclass(frozen=True)
class Nearest:
    """Smallest sets of facts, each in the order of the rulebook; `more` tells that there are others as small."""

    sets: tuple[tuple[str, ...], ...]
    more: bool


@dataclass(frozen=True)
class Choices:
    """
    The new values that work for a set of facts: `values` are all that occur, fact by fact.

    They are `free` when every combination of them works. `listed` are combinations that do, and `more` tells that there
    are others.
    """

    values: Mapping[str, tuple[str, ...]]
    free: bool
    listed: tuple[Facts, ...]
    more: bool


class Search:
    """One option, the situation as it is, and the facts that are free; those that cannot matter are left alone."""

    def __init__(self, rulebook: Rulebook, option: str, facts: Facts, domains: Domains) -> None:
        self.rulebook = rulebook
        self.option = option
        self.reach = reach(rulebook)
        self.free = {fact: domains[fact] for fact in self.reach.linked(self.reach.facts(option), domains.keys())}
        self.facts = facts
        self._small: Table | None = None
        if fits(self.free):
            fixed = {fact: value for fact, value in facts.items() if fact not in self.free}
            self._small = Table(rulebook, self.free, fixed)
            self._small.run(self.reach.rules(option))

    def nearest(self, verdicts: Collection[Verdict]) -> Nearest:
        """Return the smallest sets of facts that can change so that the option has one of the verdicts."""
        if self._small is not None:
            rows = self._small.nearest(self._column(verdicts))
            found = [set for set, _ in islice(self._small.changed(rows), MOST_SETS + 1)]
        else:
            from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without

            engine = answer_engine(self.rulebook)
            sets = engine.nearest(self.facts, self.free, self.option, verdicts, MOST_SETS + 1)
            found = [tuple(fact for fact in self.free if fact in set) for set in sets]
        return Nearest(tuple(found[:MOST_SETS]), len(found) > MOST_SETS)

    def choices(self, facts: Collection[str], verdicts: Collection[Verdict]) -> Choices:
        """Return the new values of these facts that give the option one of the verdicts; the others stay."""
        within = {fact: tuple(self.free[fact][1:]) for fact in self.free if fact in facts}
        if self._small is not None:
            return self._tabled(self._small, within, self._column(verdicts))
        from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without

        engine = answer_engine(self.rulebook)
        occurring = engine.values(self.facts, within, self.option, verdicts)
        values = {id: tuple(value for value in within[id] if value in occurring[id]) for id in within}
        fixed = {id: (self.facts.get(id, UNKNOWN),) for id in self.rulebook.facts}
        others = [verdict for verdict in Verdict if verdict not in verdicts]
        if not any(
            can_hold(constraint.never, {**fixed, **values}) for constraint in self.rulebook.constraints
        ) and not (engine.choices(self.facts, values, self.option, others, 1)):
            return _free(values)
        found = engine.choices(self.facts, values, self.option, verdicts, MOST_CHOICES + 1)
        return Choices(values, False, found[:MOST_CHOICES], len(found) > MOST_CHOICES)

    def _column(self, verdicts: Collection[Verdict]) -> Column:
        column = 0
        if self._small is not None:
            for verdict, rows in self._small.verdicts(self.option).items():
                column |= rows if verdict in verdicts else 0
        return column

    def _tabled(self, table: Table, within: Domains, column: Column) -> Choices:
        for id, domain in self.free.items():
            column &= table.has(id, within.get(id, domain[:1]))
        values = {id: tuple(v for v in domain if column & table.has(id, [v])) for id, domain in within.items()}
        if column.bit_count() == prod(map(len, values.values())):
            return _free(values)
        rows = islice(table.rows(column), MOST_CHOICES)
        listed = tuple({id: row[id] for id in within} for row in rows)
        return Choices(values, False, listed, column.bit_count() > MOST_CHOICES)

    def acting(self, drawing: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
        """
        Return the rules that act in every situation within the bounds, and those that act in some.

        A rule acts when it fires and is not overridden. With `drawing`, only situations in which that rule acts count;
        where there is none, no rule acts.
        """
        if self._small is None:
            from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without

            nothing: frozenset[str] = frozenset()
            return answer_engine(self.rulebook).acting(self.facts, self.free, drawing) or (nothing, nothing)
        rows = self._small.allowed & (self._small.full if drawing is None else self._small.acts[drawing])
        acts = {id: column & rows for id, column in self._small.acts.items()}
        return (
            frozenset(id for id, column in acts.items() if rows and column == rows),
            frozenset(id for id, column in acts.items() if column),
        )


def _free(values: Mapping[str, tuple[str, ...]]) -> Choices:
    combinations = islice(product(*values.values()), MOST_CHOICES)
    listed = tuple(dict(zip(values, combination, strict=True)) for combination in combinations)
    return Choices(values, True, listed, prod(map(len, values.values())) > MOST_CHOICES)
