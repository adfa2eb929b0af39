"""
Leeway: what the answers still to come can do to the verdict on each option.

The domains give, for each fact still to be asked, `unknown` and then the values an answer may give it. Everything else
is as it is told. Where an option turns on few facts a truth table tells all; where they are many, a sample shows what
can happen, and what it does not show is searched for before anything is called settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import prod
from random import Random

from plenipo.engines.answers import answer_engine
from plenipo.engines.bitset.truth_table import Column, Columns, Table, fits, verdict
from plenipo.inquiry.scope import reach
from plenipo.rulebook.model import UNKNOWN, Atom, Condition, Rulebook
from plenipo.rulebook.verdict import Verdict

#: As many rows as a table may have of which everything is worked out; larger ones only settle what has to be proved.
QUICK_ROWS = 1 << 14
#: As many situations as a sample has.
DRAWN = 1024

#: Fact -> `unknown`, and then the values it may be told to have.
Domains = Mapping[str, tuple[str, ...]]
Verdicts = Mapping[Verdict, Column]


@dataclass(frozen=True)
class Effect:
    """What the answer to one question is expected to do to a verdict: settle it, or make it less doubtful."""

    settles: float
    narrows: float


@dataclass(frozen=True)
class Leeway:
    """
    Whether answers can still change one verdict, and the effect of each fact that can matter to it.

    Unless it is `exact`, facts that cannot matter may be among the facts; that it is `open` is always certain.
    """

    open: bool = False
    facts: Mapping[str, Effect] = field(default_factory=dict)
    exact: bool = True


class Leeways:
    """The leeway of every option when some facts are told and some may still be."""

    def __init__(self, rulebook: Rulebook, told: Mapping[str, str], domains: Domains) -> None:
        self._rulebook = rulebook
        self._told = told
        self._domains = domains
        self._reach = reach(rulebook)

    def of(self, option: str) -> Leeway:
        """Return the leeway of the verdict on an option."""
        domains = self._linked(option)
        if not domains:
            return Leeway()
        if prod(map(len, domains.values())) <= QUICK_ROWS:
            return _tabled(self._rulebook, option, self._relevant(option), tuple(domains.items()))
        return self._sampled(option, domains)

    def matters(self, option: str, fact: str) -> bool:
        """Return whether the answer to a question is proved to matter to the verdict; False means only no proof."""
        leeway = self.of(option)
        if leeway.exact or fact not in leeway.facts:
            return fact in leeway.facts
        values = self._domains[fact]
        columns = self._drawn[fact]
        turned = {value: columns[other] for value, other in zip(values, (*values[1:], values[0]), strict=True)}
        there = Columns(self._rulebook, self._sample.full, {**self._drawn, fact: turned}, self._told)
        there.run(self._reach.rules(option))
        before, after = self._sample.verdicts(option), there.verdicts(option)
        return any(column & there.allowed & ~after.get(verdict, 0) for verdict, column in before.items())

    def turning(self, option: str) -> str:
        """Return a fact that is proved to matter to an open verdict: one met on the way to where it is another one."""
        world = self._elsewhere(option, self._linked(option))
        there = self._verdict(option, world or {})
        for fact in list(world or ()):
            world = {id: value for id, value in (world or {}).items() if id != fact}
            if self._verdict(option, world) is not there:
                return fact
        raise LookupError(f"the verdict on `{option}` is not open")

    def _verdict(self, option: str, world: Mapping[str, str]) -> Verdict:
        return verdict(self._rulebook, option, self._reach.rules(option), {**self._told, **world})

    def _linked(self, option: str) -> Domains:
        facts = self._reach.linked(self._reach.facts(option), self._domains.keys())
        return {fact: self._domains[fact] for fact in facts}

    def _relevant(self, option: str) -> tuple[tuple[str, str], ...]:
        """Return what is told as far as it can matter to an option, so that what does not need not be looked at."""
        if self._rulebook.constraints:
            return tuple(sorted(self._told.items()))
        return tuple((fact, self._told[fact]) for fact in self._reach.facts(option) if fact in self._told)

    def _sampled(self, option: str, domains: Domains) -> Leeway:
        self._sample.run(id for id in self._reach.rules(option) if id not in self._sample.acts)
        verdicts = self._sample.verdicts(option)
        if len(verdicts) < 2 and self._elsewhere(option, domains) is None:
            return Leeway()
        effects = {fact: _effect(self._sample, verdicts, fact, values) for fact, values in domains.items()}
        return Leeway(open=True, facts=effects, exact=False)

    def _elsewhere(self, option: str, domains: Domains) -> Mapping[str, str] | None:
        """Return values of facts under which the option has another verdict than now, or None where none give it."""
        now = self._verdict(option, {})
        if fits(domains):
            table = Table(self._rulebook, domains, self._told)
            table.run(self._reach.rules(option))
            others = table.allowed & ~table.verdicts(option).get(now, 0)
            row = next(iter(table.rows(others)), None)
            return None if row is None else {id: value for id, value in row.items() if value != UNKNOWN}
        return answer_engine(self._rulebook).otherwise(self._told, domains, option, now)

    @cached_property
    def _drawn(self) -> Mapping[str, Mapping[str, Column]]:
        random = Random(0)  # noqa: S311 - the sample is always the same
        return {fact: _dealt(values, random) for fact, values in self._domains.items()}

    @cached_property
    def _sample(self) -> Columns:
        return Columns(self._rulebook, (1 << DRAWN) - 1, self._drawn, self._told)


@lru_cache(maxsize=4096)
def _tabled(
    rulebook: Rulebook,
    option: str,
    told: tuple[tuple[str, str], ...],
    domains: tuple[tuple[str, tuple[str, ...]], ...],
) -> Leeway:
    table = Table(rulebook, dict(domains), dict(told))
    table.run(reach(rulebook).rules(option))
    verdicts = table.verdicts(option)
    if len(verdicts) < 2:
        return Leeway()
    effects = {fact: _effect(table, verdicts, fact, values) for fact, values in domains if table.turns(verdicts, fact)}
    return Leeway(open=True, facts=effects)


def _effect(rows: Columns, verdicts: Verdicts, fact: str, values: Iterable[str]) -> Effect:
    """Return what an answer with a value does, taken over the rows with each value it may give."""
    settled = doubt = answered = 0.0
    for value in values:
        if value == UNKNOWN:
            continue
        here = rows.holds(Condition((Atom(fact, (value,)),))) & rows.allowed
        counts = [count for column in verdicts.values() if (count := (column & here).bit_count())]
        answered += sum(counts)
        settled += sum(counts) if len(counts) == 1 < len(verdicts) else 0
        doubt += sum(counts) * _doubt(counts)
    before = _doubt([column.bit_count() for column in verdicts.values()])
    return Effect(settled / answered, before - doubt / answered) if answered else Effect(0.0, 0.0)


def _doubt(counts: list[int]) -> float:
    """Return how likely two situations out of these have different verdicts."""
    total = sum(counts)
    return 1 - sum(count * count for count in counts) / (total * total) if total else 0.0


def _dealt(values: tuple[str, ...], random: Random) -> Mapping[str, Column]:
    """Return columns in which each row has one of the values by chance; in the first row the fact is unknown."""
    rows = [0, *random.choices(range(len(values)), k=DRAWN - 1)]
    return {value: _column(row == place for row in rows) for place, value in enumerate(values)}


def _column(rows: Iterator[bool]) -> Column:
    return int("".join("1" if row else "0" for row in rows)[::-1], 2)
