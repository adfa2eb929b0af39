"""Questions about all situations within bounds, answered by truth tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import islice
from math import prod

from plenipo.engines.bitset.situation_columns import Column, Facts
from plenipo.engines.bitset.truth_table import Domains, TruthTable
from plenipo.inquiry.option_solver import MOST_CHOICES, Choices, OptionSolver, free_choices
from plenipo.inquiry.scope import Scope, scope
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict


class TableSolver(OptionSolver):
    """Questions about the verdict on one option, answered from one table."""

    def nearest(self, verdicts: Collection[Verdict], most: int) -> Sequence[tuple[str, ...]]:
        """Return smallest sets of facts, see `OptionSolver`."""
        return tuple(islice(self._table.changed(self._table.nearest(self._having(verdicts))), most))

    def choices(self, facts: Collection[str], verdicts: Collection[Verdict]) -> Choices:
        """Return the new values that work, see `OptionSolver`."""
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
        """Return values that give another verdict, see `OptionSolver`."""
        others = self._table.allowed & ~self._having([verdict])
        row = next(self._table.rows(others), None)
        return None if row is None else {id: value for id, value in row.items() if value != UNKNOWN}

    def acting(self, drawing: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
        """Return the rules that act, see `OptionSolver`."""
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
        table = TruthTable(self.rulebook, self.free, fixed)
        table.run(self.scope.rules(self.option))
        return table


def verdicts_by_table(
    rulebook: Rulebook, option: str, facts: Facts, unknown: Domains
) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    """Return the verdicts that some completion gives, and the facts on which they turn."""
    table = TruthTable(rulebook, unknown, facts)
    table.run(scope(rulebook).rules(option))
    verdicts = table.verdicts(option)
    return tuple(verdicts), tuple(fact for fact in unknown if len(verdicts) > 1 and table.turns(verdicts, fact))


def values_by_table(rulebook: Rulebook, fact: str, facts: Facts, domains: Domains) -> tuple[str, ...]:
    """Return the values of a fact that it has in some allowed situation within the domains."""
    table = TruthTable(rulebook, domains, facts)
    return tuple(value for value in domains[fact] if table.allowed & table.has(fact, [value]))


def example_by_table(scope: Scope, rule: str, domains: Domains) -> Facts | None:
    """Return an allowed situation with as few known facts as possible in which a rule acts, or None."""
    table = TruthTable(scope.rulebook, domains, {})
    table.run(scope.rules_behind(rule))
    return _first(table, table.allowed & table.acts[rule])


class TableComparison:
    """One option of a rulebook, to be compared with that of others over the same facts."""

    def __init__(self, rulebook: Rulebook, option: str, domains: Domains) -> None:
        self._option, self._domains = option, domains
        self._rules = scope(rulebook).rules(option)
        self._table = TruthTable(rulebook, domains, {})
        self._table.run(self._rules)

    def difference(self, other: Rulebook) -> Facts | None:
        """Return a smallest situation in which the other rulebook gives another verdict, or None: there is none."""
        table = TruthTable(other, self._domains, {})
        table.run(id for id in self._rules if id in other.rules)
        return _first(self._table, self._table.differing(table, self._option))


def _first(table: TruthTable, column: Column) -> Facts | None:
    """Return the known facts of a row with as few of them as possible, or None where the column is empty."""
    row = next(table.rows(table.nearest(column)), None)
    return None if row is None else {fact: value for fact, value in row.items() if value != UNKNOWN}
