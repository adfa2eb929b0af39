"""The column engine: agreement with what a rulebook means on made-up rulebooks, on the real one, on other libraries."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import hypothesis
import narwhals as nw
import polars as pl
import pytest
from hypothesis import strategies as st

import plenipo
from plenipo.advice import Verdict, conclude
from plenipo.engines.columns import ColumnEngine, Masks
from plenipo.engines.production import ProductionEngine
from plenipo.inquiry.table import Columns
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from tests.oracle import Oracle
from tests.small import rule, rulebook
from tests.strategies import rulebooks, situations
from tests.test_differential import BOOKS, thoroughly

Rows = list[dict[str, Any]]


def frame(book: Rulebook, cases: Sequence[Mapping[str, str]]) -> pl.DataFrame:
    known = {id: [None if case.get(id) == UNKNOWN else case.get(id) for case in cases] for id in book.facts}
    return pl.DataFrame(
        {"case": range(len(cases)), **known}, schema={"case": pl.Int64, **dict.fromkeys(known, pl.String)}
    )


def by_polars(book: Rulebook, cases: Sequence[Mapping[str, str]], **told: bool) -> Rows:
    answered = ColumnEngine(book).answer(nw.from_native(frame(book, cases).lazy()), ["case"], **told)
    rows: Rows = answered.to_native().collect().sort("case").to_dicts()
    return rows


def by_duckdb(book: Rulebook, cases: Sequence[Mapping[str, str]], **told: bool) -> Rows:
    """Answer on a relation of DuckDB."""
    facts = frame(book, cases)
    columns = ", ".join(f'"{name}" {"BIGINT" if name == "case" else "VARCHAR"}' for name in facts.columns)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE cases ({columns})")
        marks = ", ".join("?" for _ in facts.columns)
        connection.executemany(f"INSERT INTO cases VALUES ({marks})", facts.rows())
        answered = ColumnEngine(book).answer(nw.from_native(connection.table("cases")), ["case"], **told).to_native()
        rows = [dict(zip(answered.columns, row, strict=True)) for row in answered.fetchall()]
    return sorted(rows, key=lambda row: int(row["case"]))


def check(book: Rulebook, cases: Sequence[Mapping[str, str]], rows: Rows) -> None:
    masks = Masks(book.rules)
    assert [row["case"] for row in rows] == list(range(len(cases)))
    for facts, row in zip(cases, rows, strict=True):
        oracle = Oracle(book, facts)
        assert masks.read(row) == oracle.fired
        assert {id: row[id] for id in book.options} == oracle.verdicts


def cases(most: int) -> st.SearchStrategy[tuple[Rulebook, list[dict[str, str]]]]:
    return rulebooks().flatmap(
        lambda book: st.tuples(st.just(book), st.lists(situations(book), min_size=most, max_size=most))
    )


@thoroughly
@hypothesis.given(case=cases(5))
def test_it_agrees_with_the_oracle_on_made_up_rulebooks(case: tuple[Rulebook, list[dict[str, str]]]) -> None:
    book, some = case
    check(book, some, by_polars(book, some))


@hypothesis.settings(thoroughly, max_examples=max(12, BOOKS // 8))
@hypothesis.given(case=cases(5))
def test_duckdb_runs_the_very_same_program(case: tuple[Rulebook, list[dict[str, str]]]) -> None:
    book, some = case
    check(book, some, by_duckdb(book, some))


@pytest.fixture(scope="module")
def real() -> Rulebook:
    return plenipo.load_rulebook()


def made_up(book: Rulebook, count: int) -> list[dict[str, str]]:
    """Return situations of a rulebook drawn at random, one fact in six unknown."""
    chance = random.Random(4)
    values = {id: [*fact.values] for id, fact in book.facts.items()}
    return [{id: chance.choice(known) for id, known in values.items() if chance.random() > 1 / 6} for _ in range(count)]


def test_it_agrees_on_ten_thousand_situations_of_the_real_rulebook(real: Rulebook) -> None:
    """All of them against truth tables, a sample against the production engine."""
    book = replace(real, constraints=())
    some = made_up(book, 10_000)
    rows = by_polars(book, some)
    read = [Masks(book.rules).read(row) for row in rows]
    tables = Columns(book, (1 << len(some)) - 1, {id: bits_of(some, id) for id in book.facts}, {})
    tables.run(book.order)
    for id, tried in book.rules.items():
        fires = tables.holds(tried.when) & ~(tables.holds(tried.unless) if tried.unless else 0)
        assert fires == bits(id in fired for fired in read), id
    for option in book.options:
        assert tables.verdicts(option) == {
            verdict: rows_so for verdict in Verdict if (rows_so := bits(row[option] == verdict for row in rows))
        }, option
    engine = ProductionEngine(book)
    for facts, row, fired in list(zip(some, rows, read, strict=True))[::200]:
        assert engine.fires(facts) == fired
        advice = conclude(book, Situation(facts), fired)
        assert {id: row[id] for id in book.options} == {id: said.verdict for id, said in advice.options.items()}


def bits_of(cases: Sequence[Mapping[str, str]], fact: str) -> dict[str, int]:
    """Return, for each value of a fact, the cases that have it, a bit each."""
    told = [case.get(fact, UNKNOWN) for case in cases]
    return {value: bits(other == value for other in told) for value in sorted(set(told))}


def bits(so: Iterable[bool]) -> int:
    """Return a bit for each truth, the first one lowest."""
    return int("".join("1" if each else "0" for each in so)[::-1], 2)


def test_ids_say_what_bits_say(real: Rulebook) -> None:
    for row in by_polars(real, made_up(real, 50), bits=True, ids=True):
        assert row["fired"].split() == sorted(Masks(real.rules).read(row))
    assert not {"fired", "fired_0"} & by_polars(real, [{}], bits=False)[0].keys()


def test_what_is_carried_comes_back_beside_the_answer(real: Rulebook) -> None:
    given = frame(real, made_up(real, 20)).with_columns(note=pl.lit("kept"))
    answered = ColumnEngine(real).answer(nw.from_native(given), ["case", "note", "us_china_friction"])
    assert (
        answered.to_native()
        .select(given.columns[0], "note", "us_china_friction")
        .equals(given.select("case", "note", "us_china_friction"))
    )


def test_a_column_that_is_not_there_is_a_fact_that_is_not_known() -> None:
    book = rulebook(
        rule("blind", "avoid sail", when={"wind": UNKNOWN}), rule("calm", "recommend sail", when={"wind": "none"})
    )
    answered = ColumnEngine(book).answer(nw.from_native(pl.DataFrame({"case": [1]})), ["case"])
    assert answered.to_native().to_dicts() == [{"case": 1, "sail": "avoid", "fired_0": 1}]


def test_a_rulebook_without_rules_is_silent_on_everything(real: Rulebook) -> None:
    empty = real.given_by("nobody")
    (row,) = by_polars(empty, [{}])
    assert {row[id] for id in real.options} == {"silent"}
    assert ColumnEngine(empty).fires({}) == frozenset()


def test_more_rules_than_an_integer_has_bits() -> None:
    book = rulebook(*(rule(f"r{n:03}", "avoid sail", when={"wind": str(n % 7)}) for n in range(100)))
    assert ColumnEngine(book).masks.names == ("fired_0", "fired_1", "fired_2", "fired_3")
    for wind in ("3", "6"):
        assert ColumnEngine(book).fires({"wind": wind}) == {f"r{n:03}" for n in range(100) if str(n % 7) == wind}


def test_an_overridden_rule_fires_and_draws_nothing() -> None:
    book = rulebook(
        rule("first", "recommend sail", when={"wind": "none"}),
        rule("second", "avoid sail", when={"sky": "dark"}, overrides=("first",)),
        rule("third", "caution sail", when={"moon": "full"}, overrides=("second",)),
    )
    verdicts = []
    for facts in ({}, {"sky": "dark"}, {"sky": "dark", "moon": "full"}):
        (row,) = by_polars(book, [{"wind": "none", **facts}])
        verdicts.append((row["sail"], sorted(Masks(book.rules).read(row))))
    assert verdicts == [
        ("recommend", ["first"]),
        ("avoid", ["first", "second"]),
        ("recommend", ["first", "second", "third"]),
    ]
