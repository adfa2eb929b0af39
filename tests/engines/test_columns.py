"""The column engine: agreement with what a rulebook means on made-up rulebooks, on the real one, on other libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import hypothesis
import narwhals as nw
import polars as pl
import pytest

import plenipo
from plenipo.engines.columns import ColumnEngine, Masks
from plenipo.rulebook.model import UNKNOWN, Rulebook
from tests import tables
from tests.engines.test_differential import BOOKS, Case, cases, thoroughly
from tests.made_up.short import rule, rulebook
from tests.oracle import Oracle
from tests.strategies import large_rulebooks, rulebooks
from tests.tables import KEY, Answer, answers, drawn, save, written

Rows = list[dict[str, Any]]


def frame(book: Rulebook, cases: Sequence[Mapping[str, str]]) -> pl.DataFrame:
    known = {id: [None if case.get(id) == UNKNOWN else case.get(id) for case in cases] for id in book.facts}
    return pl.DataFrame({KEY: range(len(cases)), **known}, schema={KEY: pl.Int64, **dict.fromkeys(known, pl.String)})


def by_polars(book: Rulebook, cases: Sequence[Mapping[str, str]], **how: bool) -> Rows:
    answered = ColumnEngine(book).answer(nw.from_native(frame(book, cases).lazy()), [KEY], **how)
    rows: Rows = answered.to_native().collect().sort(KEY).to_dicts()
    return rows


def by_duckdb(book: Rulebook, cases: Sequence[Mapping[str, str]], **how: bool) -> Rows:
    """Answer on a relation of DuckDB."""
    facts = frame(book, cases)
    columns = ", ".join(f'"{name}" {"BIGINT" if name == KEY else "VARCHAR"}' for name in facts.columns)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE cases ({columns})")
        marks = ", ".join("?" for _ in facts.columns)
        connection.executemany(f"INSERT INTO cases VALUES ({marks})", facts.rows())
        answered = ColumnEngine(book).answer(nw.from_native(connection.table("cases")), [KEY], **how).to_native()
        rows = [dict(zip(answered.columns, row, strict=True)) for row in answered.fetchall()]
    return sorted(rows, key=lambda row: int(row[KEY]))


def check(book: Rulebook, cases: Sequence[Mapping[str, str]], rows: Rows) -> None:
    masks = Masks(book.rules, [*book.facts, *book.options])
    assert [row[KEY] for row in rows] == list(range(len(cases)))
    for facts, row in zip(cases, rows, strict=True):
        oracle = Oracle(book, facts)
        assert masks.read(row) == oracle.fired
        assert {id: row[id] for id in book.options} == oracle.verdicts


def by_batch(book: Rulebook, cases: Sequence[Mapping[str, str]], folder: Path) -> list[Answer]:
    """Answer in a batch, from file to file."""
    given, out = save(written(book, cases), folder / "cases.parquet"), folder / "out.parquet"
    plenipo.batch(given, out, key=KEY, rulebook=book, force=True)
    return answers(book, out)


@thoroughly
@hypothesis.given(case=cases(rulebooks()))
def test_it_agrees_with_the_oracle_on_made_up_rulebooks(tmp_path: Path, case: Case) -> None:
    book, some = case
    check(book, some, by_polars(book, some))
    tables.check(book, some, by_batch(book, some, tmp_path))


@hypothesis.settings(thoroughly, max_examples=max(8, BOOKS // 6))
@hypothesis.given(case=cases(large_rulebooks()))
def test_it_agrees_with_the_oracle_on_rulebooks_that_need_several_masks(tmp_path: Path, case: Case) -> None:
    book, some = case
    assert len(Masks(book.rules).names) > 1
    check(book, some, by_polars(book, some))
    tables.check(book, some, by_batch(book, some, tmp_path))


@hypothesis.settings(thoroughly, max_examples=max(12, BOOKS // 8))
@hypothesis.given(case=cases(rulebooks()))
def test_duckdb_runs_the_very_same_program(case: Case) -> None:
    book, some = case
    check(book, some, by_duckdb(book, some))


@pytest.fixture(scope="module")
def real() -> Rulebook:
    return plenipo.load_rulebook()


def test_ids_say_what_bits_say(real: Rulebook) -> None:
    for row in by_polars(real, drawn(real, 50, seed=4), bits=True, ids=True):
        assert row["fired"].split() == sorted(Masks(real.rules).read(row))
    assert not {"fired", "fired_0"} & by_polars(real, [{}], bits=False)[0].keys()


def test_what_is_carried_comes_back_beside_the_answer(real: Rulebook) -> None:
    given = frame(real, drawn(real, 20, seed=4)).with_columns(note=pl.lit("kept"))
    answered = ColumnEngine(real).answer(nw.from_native(given), [KEY, "note", "us_china_friction"])
    assert (
        answered.to_native()
        .select(given.columns[0], "note", "us_china_friction")
        .equals(given.select(KEY, "note", "us_china_friction"))
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


def test_a_fact_that_is_said_to_be_unknown_is_as_unknown_as_one_left_out() -> None:
    engine = ColumnEngine(rulebook(rule("r", "done o", when={"f": ("unknown", "a")})))
    fired = [engine.fires(facts) for facts in ({}, {"f": "unknown"}, {"f": "a"}, {"f": "b"})]
    assert fired == [{"r"}, {"r"}, {"r"}, set()]
