"""
A sweep: the advice on every combination of the values of some facts; all other facts stay as they are.

The combinations are the rows of one truth table, so that all of them are answered in one go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.engines.bitset.situation_columns import Column, row_numbers
from plenipo.engines.bitset.truth_table import TruthTable, table_size
from plenipo.errors import UsageError
from plenipo.inquiry.scope import known_facts
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.unknown_names import no_fact, no_option
from plenipo.rulebook.verdict import Verdict

#: The most combinations that one sweep takes.
MOST_COMBINATIONS = 100_000


@dataclass(frozen=True)
class SweptCase:
    """One combination: the facts that were swept, each with its value or `unknown`, and the verdict on every option."""

    facts: Mapping[str, str]
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True)
class Sweep:
    """
    The answer: `over` are the facts that were swept with their values, `advice` is that on the situation itself.

    `counts` says in how many cases an option has each verdict, `excluded` how many combinations constraints rule out.
    """

    kind: ClassVar[Literal["sweep"]] = "sweep"

    advice: Advice
    over: Mapping[str, Sequence[str]]
    facts: Sequence[Mapping[str, str]]
    verdicts: Mapping[str, Sequence[Verdict]]
    counts: Mapping[str, Mapping[Verdict, int]]
    excluded: int = 0

    @property
    def varying(self) -> tuple[str, ...]:
        """The options that do not have the same verdict in every case."""
        return tuple(option for option, counts in self.counts.items() if len(counts) > 1)

    def cases(self) -> Iterator[SweptCase]:
        """Yield every case, the values of the last fact changing first."""
        for number, facts in enumerate(self.facts):
            yield SweptCase(facts, {option: verdicts[number] for option, verdicts in self.verdicts.items()})


def sweep(advice: Advice, over: Collection[str], *, unknown: bool = False, about: Collection[str] = ()) -> Sweep:
    """
    Return the advice on every combination of the values of some facts that constraints allow.

    What the situation says of these facts does not count. With `unknown`, not being known is one more value; `about`
    are the options that count, by default all.

    Raises:
        UsageError: there is no such fact or option, no fact is named, or there are too many combinations, or none.
    """
    rulebook = advice.rulebook
    domains = _domains(rulebook, over, about, unknown=unknown)
    rest = {id: value for id, value in known_facts(rulebook, advice.situation.facts).items() if id not in domains}
    # In a table the values of the first fact change first.
    table = TruthTable(rulebook, {id: domains[id] for id in reversed(tuple(domains))}, rest)
    table.run(rulebook.order)
    if not table.allowed:
        raise UsageError("no combination is possible: constraints rule out every one")
    rows = [{id: row[id] for id in domains} for row in table.rows(table.allowed)]
    columns = {id: table.verdicts(id) for id in rulebook.options if not about or id in about}
    return Sweep(
        advice,
        domains,
        rows,
        {option: _by_row(verdicts, table.allowed) for option, verdicts in columns.items()},
        {
            option: {verdict: column.bit_count() for verdict, column in verdicts.items()}
            for option, verdicts in columns.items()
        },
        table_size(domains) - len(rows),
    )


def _domains(
    rulebook: Rulebook, over: Collection[str], about: Collection[str], *, unknown: bool
) -> Mapping[str, tuple[str, ...]]:
    for fact in over:
        if fact not in rulebook.facts:
            raise no_fact(rulebook, fact)
    for option in about:
        if option not in rulebook.options:
            raise no_option(rulebook, option)
    if not over:
        raise UsageError("there is nothing to sweep over", help=("name facts, as in `--over one_fact,another_fact`",))
    domains = {fact: (*rulebook.facts[fact].values, *([UNKNOWN] if unknown else [])) for fact in over}
    combinations = table_size(domains)
    if combinations > MOST_COMBINATIONS:
        help = ("name fewer facts", "`plenipo robust` takes many facts at once, by how likely their values are")
        raise UsageError(
            f"these facts have {combinations:,} combinations, and a sweep takes {MOST_COMBINATIONS:,}", help=help
        )
    return domains


def _by_row(verdicts: Mapping[Verdict, Column], allowed: Column) -> list[Verdict]:
    """Return the verdict in each allowed row."""
    if len(verdicts) == 1:
        return list(verdicts) * allowed.bit_count()
    found = {row: verdict for verdict, column in verdicts.items() for row in row_numbers(column)}
    return [found[row] for row in row_numbers(allowed)]
