"""Batches on a real standalone cluster: the same columns, answers and rejects as on one machine."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import narwhals as nw
import polars as pl
import pytest
from hypothesis import strategies as st
from pyspark.sql import SparkSession

import plenipo
from plenipo.batch.counts import BatchSummary
from plenipo.batch.spark.session import session
from plenipo.engines.columns import ColumnEngine
from plenipo.errors import SituationError, UsageError
from plenipo.rulebook.model import UNKNOWN, Rulebook
from tests.batch.spark.conftest import WORKERS, free_port
from tests.oracle import Oracle
from tests.strategies import rulebooks, situations

ROWS = 400
MADE_UP = 4


@pytest.fixture(scope="module")
def spark(master: str) -> Iterator[SparkSession]:
    """Give one session for all tests: starting one takes longer than most of them."""
    with session(master) as started:
        yield started


@pytest.fixture(scope="module")
def real() -> Rulebook:
    return plenipo.load_rulebook()


@pytest.fixture(scope="module")
def cases(real: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two files of situations drawn at random, some spelled otherwise and some wrong, one without a key."""
    chance = random.Random(4)
    rows: list[dict[str, Any]] = []
    for number in range(ROWS):
        facts = {id: chance.choice([*fact.values, None]) for id, fact in real.facts.items()}
        rows.append({"id": f"c{number:03}", **facts, "note": chance.choice(["=1+1", "plain", None])})
    rows[3] |= {"us_china_friction": "hihg"}
    rows[4] |= {"us_china_friction": " HIGH ", "pyongyang_willing": None}
    rows[5] |= {"us_china_friction": "~"}
    rows[6] |= {"id": None}
    folder = tmp_path_factory.mktemp("cases") / "cases.parquet"
    folder.mkdir()
    for number, half in enumerate((rows[: ROWS // 2], rows[ROWS // 2 :])):
        frame = pl.DataFrame(half, schema=dict.fromkeys(["id", *real.facts, "note"], pl.String))
        frame.write_parquet(folder / f"{number}.parquet")
    return folder


def both(inputs: Path, out: Path, master: str, **told: Any) -> tuple[BatchSummary, BatchSummary]:
    """Answer once with Polars, into a file, and once on the cluster, into a folder, and return what came of it."""
    more: dict[str, Any] = {"key": "id", "extra": True, **told}
    alone = plenipo.batch(sorted(inputs.iterdir()), out.with_name(f"alone{out.suffix}"), **more)
    return alone, plenipo.batch(inputs, out, engine="spark", master=master, **more)


def rejects(path: Path) -> list[dict[str, Any]]:
    lines = path.with_name(path.name + ".rejects.jsonl").read_text().splitlines()
    told = [{**json.loads(line), "file": "", "row": 0} for line in lines]
    return sorted(told, key=lambda reject: json.dumps(reject, sort_keys=True))


def text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.all().cast(pl.String)).sort("id")


@pytest.mark.usefixtures("spark")
def test_parquet_to_parquet(cases: Path, tmp_path: Path, master: str) -> None:
    out = tmp_path / "advice.parquet"
    alone, cluster = both(cases, out, master)
    assert len(list(out.glob("*.parquet"))) == WORKERS
    mine, theirs = pl.read_parquet(tmp_path / "alone.parquet"), pl.read_parquet(out / "*.parquet")
    assert theirs.columns == mine.columns
    assert text(theirs).equals(text(mine))
    assert all(kind.is_integer() for name, kind in theirs.schema.items() if name.startswith("fired_"))
    assert (cluster.situations, cluster.rejected, cluster.faults) == (
        alone.situations,
        alone.rejected,
        alone.faults,
    )
    assert cluster.rejected >= 2
    assert (cluster.verdicts, cluster.fired) == (alone.verdicts, alone.fired)
    assert rejects(out) == rejects(tmp_path / "alone.parquet")
    about = json.loads((tmp_path / "advice.parquet.about.json").read_text())
    assert about["rules"] == sorted(plenipo.load_rulebook().rules)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "advice.parquet",
        "advice.parquet.about.json",
        "advice.parquet.rejects.jsonl",
        "alone.parquet",
        "alone.parquet.rejects.jsonl",
    ]
    with pytest.raises(UsageError, match="already exists"):
        plenipo.batch(cases, out, key="id", extra=True, engine="spark", master=master)


@pytest.mark.usefixtures("spark")
def test_csv_to_json_lines_and_back(cases: Path, tmp_path: Path, master: str, boats: Path) -> None:
    book = plenipo.load_rulebook(boats)
    given = tmp_path / "boats.csv"
    rows = [
        "id,sky,wind,tide,note",
        "1,clear,calm,yes,=a; =b",
        "2,,storm,no, b ",
        '3,dark,"calm",unknown,"\u200b\uff1dx, y"',
        "4,dark,calm",
    ]
    given.write_text("\n".join([*rows, ""]))
    out = tmp_path / "advice.jsonl"
    found = plenipo.batch(given, out, rulebook=book, key="id", extra=True, engine="spark", master=master)
    read = pl.concat([pl.read_ndjson(path) for path in out.glob("*.json") if path.stat().st_size]).sort("id")
    assert read.columns == ["id", "note", *book.facts, *book.options, "fired"]
    assert read.select("sail", "fired", "tide", "note").rows() == [
        ("recommend", "calm-is-safe sail-when-safe", True, "=a; =b"),
        ("silent", "", False, " b "),
        ("avoid", "calm-is-safe no-sailing-in-the-dark sail-when-safe", None, "\u200b\uff1dx, y"),
    ]
    assert (found.situations, found.rejected) == (3, 1)
    assert rejects(out)[0]["reason"] == "this record cannot be taken apart"
    table = tmp_path / "advice.csv"
    plenipo.batch(given, table, rulebook=book, key="id", extra=True, engine="spark", master=master)
    told = pl.concat([pl.read_csv(path, infer_schema=False) for path in table.glob("*.csv")]).sort("id")
    assert told["note"].to_list() == ["'=a;' =b", " b ", "'\u200b\uff1dx, y"]
    assert told["sail"].to_list() == read["sail"].to_list()


@pytest.mark.usefixtures("spark")
def test_a_strict_run_leaves_nothing(cases: Path, tmp_path: Path, master: str, real: Rulebook) -> None:
    with pytest.raises(SituationError, match=r"us_china_friction|no key|exclude"):
        plenipo.batch(
            cases,
            tmp_path / "out.parquet",
            rulebook=real,
            key="id",
            extra=True,
            strict=True,
            engine="spark",
            master=master,
        )
    assert list(tmp_path.iterdir()) == []


def test_both_workers_work(spark: SparkSession) -> None:
    executors = spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    assert len(executors) == WORKERS + 1, "the driver is told with them"


def test_it_agrees_with_the_oracle_on_made_up_rulebooks(spark: SparkSession) -> None:
    some = rulebooks().flatmap(
        lambda book: st.tuples(st.just(book), st.lists(situations(book), min_size=5, max_size=5))
    )

    @hypothesis.settings(max_examples=MADE_UP, deadline=None, database=None, phases=[hypothesis.Phase.generate])
    @hypothesis.given(case=some)
    def agree(case: tuple[Rulebook, list[dict[str, str]]]) -> None:
        check(spark, *case)

    agree()


def check(spark: SparkSession, book: Rulebook, cases: Sequence[dict[str, str]]) -> None:
    names = ["case", *book.facts]
    known = [{id: None if value == UNKNOWN else value for id, value in facts.items()} for facts in cases]
    rows = [(number, *(facts.get(id) for id in book.facts)) for number, facts in enumerate(known)]
    schema = ", ".join(f"`{name}` {'bigint' if name == 'case' else 'string'}" for name in names)
    engine = ColumnEngine(book)
    answered = engine.answer(nw.from_native(spark.createDataFrame(rows, schema)), ["case"]).to_native()
    for row in answered.collect():
        oracle = Oracle(book, cases[row["case"]])
        assert engine.masks.read(row.asDict()) == oracle.fired
        assert {id: row[id] for id in book.options} == oracle.verdicts


def test_a_master_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no Spark master answers"), session(f"spark://127.0.0.1:{free_port()}"):
        pass
