"""Questions about all situations within bounds, answered by truth tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from math import prod

from plenipo.engines.bitset.situation_columns import Column, Facts
from plenipo.engines.bitset.truth_table import Domains, TruthTable
from plenipo.inquiry.bounds import MOST_CHOICES, Bounds, Choices, Completions, free_choices
from plenipo.inquiry.scope import Scope, scope
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict


class TableSolver(Bounds):
    """Questions about the verdict on one option within bounds, answered from one table."""

    def nearest(self, verdicts: Collection[Verdict], most: int) -> Sequence[tuple[str, ...]]:
        """Return smallest sets of facts, at most `most`, that can change to give the option one of the verdicts."""
        return tuple(islice(self._table.changed(self._table.nearest(self._having(verdicts))), most))

    def choices(self, facts: Collection[str], verdicts: Collection[Verdict]) -> Choices:
        """Return the new values of these facts that give the option one of the verdicts; the others stay."""
        table, within, column = self._table, self.within(facts), self._having(verdicts)
        for id, domain in self.free.items():
            column &= table.has(id, within.get(id, domain[:1]))
        values = {id: tuple(v for v in domain if column & table.has(id, [v])) for id, domain in within.items()}
        count = column.bit_count()
        if count == prod(map(len, values.values())):
            return free_choices(values)
        listed = tuple({id: row[id] for id in within} for row in islice(table.rows(column), MOST_CHOICES))
        return Choices(values, False, listed, count > MOST_CHOICES)

    def otherwise(self, verdict: Verdict) -> Facts | None:
        """Return values under which the option has another verdict, or None where none give it."""
        row = next(self._table.rows(self._having([other for other in Verdict if other is not verdict])), None)
        return None if row is None else _known(row)

    def acting(self, drawing: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
        """
        Return the rules that act in every situation within the bounds, and those that act in some.

        A rule acts when it fires and is not overridden. With `drawing`, only situations in which that rule acts count;
        where there is none, no rule acts.
        """
        rows = self._table.allowed & (self._table.full if drawing is None else self._table.acts[drawing])
        acts = {id: column & rows for id, column in self._table.acts.items()}
        always = frozenset(id for id, column in acts.items() if rows and column == rows)
        return always, frozenset(id for id, column in acts.items() if column)

    def _having(self, verdicts: Collection[Verdict]) -> Column:
        column = 0
        for verdict, rows in self._table.verdicts(self.option).items():
            column |= rows if verdict in verdicts else 0
        return column

    @cached_property
    def _table(self) -> TruthTable:
        fixed = {fact: value for fact, value in self.facts.items() if fact not in self.free}
        return _option_table(self.rulebook, self.option, self.free, fixed)


def verdicts_by_table(rulebook: Rulebook, option: str, facts: Facts, unknown: Domains) -> Completions:
    """Return the verdicts that some completion gives, and the facts on which they turn."""
    table = _option_table(rulebook, option, unknown, facts)
    verdicts = table.verdicts(option)
    turning = tuple(fact for fact in unknown if len(verdicts) > 1 and table.turns(verdicts, fact))
    return Completions(tuple(verdicts), turning)


def example_by_table(scope: Scope, rule: str, domains: Domains) -> Facts | None:
    """Return an allowed situation with as few known facts as possible in which a rule acts, or None."""
    table = TruthTable(scope.rulebook, domains, {})
    table.run(scope.rules_behind(rule))
    return _smallest(table, table.allowed & table.acts[rule])


def difference_by_table(rulebook: Rulebook, other: Rulebook, option: str) -> Facts | None:
    """Return a smallest situation in which another rulebook gives an option another verdict, or None."""
    table = _whole_table(rulebook, option)
    there = TruthTable(other, table.domains, {})
    there.run(id for id in scope(rulebook).rules(option) if id in other.rules)
    return _smallest(table, table.differing(there, option))


@lru_cache(maxsize=64)
def _whole_table(rulebook: Rulebook, option: str) -> TruthTable:
    """Return the table of every situation, complete or not. It is kept, for many rulebooks are compared with one."""
    return _option_table(rulebook, option, scope(rulebook).incomplete(scope(rulebook).facts(option)), {})


def _option_table(rulebook: Rulebook, option: str, domains: Domains, facts: Facts) -> TruthTable:
    table = TruthTable(rulebook, domains, facts)
    table.run(scope(rulebook).rules(option))
    return table


def _smallest(table: TruthTable, column: Column) -> Facts | None:
    """Return the known facts of a row with as few of them as possible, or None where the column is empty."""
    row = next(table.rows(table.nearest(column)), None)
    return None if row is None else _known(row)


def _known(row: Facts) -> Facts:
    return {fact: value for fact, value in row.items() if value != UNKNOWN}
