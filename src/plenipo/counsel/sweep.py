"""
A sweep: the advice on every combination of the values of some facts; all other facts stay as they are.

The combinations are the rows of one truth table, so that all of them are answered in one go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.counsel.advised import Advised, Waits, advised, wanted
from plenipo.counsel.choice import Choice
from plenipo.engines.bitset.situation_columns import Column, row_numbers
from plenipo.engines.bitset.truth_table import TruthTable, table_size
from plenipo.errors import UsageError
from plenipo.inquiry.scope import known_facts
from plenipo.inquiry.waiting import Waiting
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.unknown_names import no_fact, no_option
from plenipo.rulebook.verdict import Verdict

#: The most combinations that one sweep takes.
MOST_COMBINATIONS = 100_000
#: The most cases in which reasons, cautions, what leads and what is waited for are looked at, beside verdicts.
MOST_IN_FULL = 5_000


@dataclass(frozen=True)
class SweptCase:
    """One combination: the facts that were swept, each with its value or `unknown`, and the verdict on every option."""

    facts: Mapping[str, str]
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True)
class Alike:
    """Cases in which the same is advised, by number, and what deferred options wait for in all of them."""

    advised: Advised
    waits: Mapping[str, Waiting]
    cases: tuple[int, ...]


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

    @property
    def in_full(self) -> bool:
        """Whether there are few enough cases to look at more than verdicts."""
        return len(self.facts) <= MOST_IN_FULL

    @cached_property
    def advised(self) -> Sequence[Advised]:
        """What is advised in each case on the options that count: verdicts alone where there are very many cases."""
        if not self.in_full:
            return [Advised(case.verdicts, {}, {}, (), Choice((), (), ())) for case in self.cases()]
        found = advised(self.advice.rulebook, self.advice.situation.facts, self.facts)
        if len(self.counts) == len(self.advice.rulebook.options):
            return found
        narrowed = {id(each): each.about(self.counts) for each in found}
        first: list[Advised] = []
        same: dict[int, Advised] = {}
        for number, each in narrowed.items():
            same[number] = next((other for other in first if other == each), each)
            first += [same[number]] if same[number] is each else []
        return [same[id(each)] for each in found]

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """The cases in groups, those in one in which the same is advised; the largest group first."""
        waits, rest = Waits(self.advice.rulebook), self.advice.situation.facts
        groups: dict[object, Alike] = {}
        numbers: dict[object, list[int]] = {}
        for number, (facts, said) in enumerate(zip(self.facts, self.advised, strict=True)):
            waiting = waits.of({**rest, **facts}, said) if self.in_full else {}
            key = (tuple(said.verdicts.values()), id(said) if self.in_full else 0, *map(wanted, waiting.values()))
            groups.setdefault(key, Alike(said, waiting, ()))
            numbers.setdefault(key, []).append(number)
        found = [Alike(each.advised, each.waits, tuple(numbers[key])) for key, each in groups.items()]
        return tuple(sorted(found, key=lambda each: (-len(each.cases), each.cases)))

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The options of which it was not settled in time what they wait for in some case."""
        late = {id for each in self.alike for id, waits in each.waits.items() if waits.undecided}
        return tuple(id for id in self.counts if id in late)


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
