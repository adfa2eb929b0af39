"""Columns of every type: as facts, as keys and beside them, into every kind of output."""

from __future__ import annotations

import datetime
import decimal
import json
from pathlib import Path

import polars as pl
import pytest

from tests.batch.test_command import KINDS, read
from tests.cli.conftest import Run

TIME = datetime.datetime(2020, 8, 31, 12, 30, tzinfo=datetime.UTC)
#: A column of each type that Polars can read from a file, and the text that its first cell becomes.
PLAIN: dict[str, tuple[pl.Series, str]] = {
    "text": (pl.Series(["dark", None]), "dark"),
    "yes or no": (pl.Series([True, False]), "true"),
    "small number": (pl.Series([-1, 2], dtype=pl.Int8), "-1"),
    "number": (pl.Series([1, 2], dtype=pl.UInt64), "1"),
    "huge number": (pl.Series([2**100, 2], dtype=pl.Int128), str(2**100)),
    "huge number without a sign": (pl.Series([2**100, 2], dtype=pl.UInt128), str(2**100)),
    "half": (pl.Series([1.5, 2.5], dtype=pl.Float16), "1.5"),
    "single": (pl.Series([1.5, 2.5], dtype=pl.Float32), "1.5"),
    "double": (pl.Series([1.5, float("nan")]), "1.5"),
    "decimal": (pl.Series([decimal.Decimal("-1.50"), decimal.Decimal(2)]), "-1.50"),
    "date": (pl.Series([TIME.date(), None]), "2020-08-31"),
    "day before any calendar": (pl.Series([-800_000, 0], dtype=pl.Int32).cast(pl.Date), "-0221-09-04"),
    "moment": (pl.Series([TIME.replace(tzinfo=None), None]), "2020-08-31 12:30:00.000000"),
    "moment somewhere": (
        pl.Series([TIME, None]).dt.convert_time_zone("Asia/Seoul"),
        "2020-08-31 21:30:00.000000+09:00",
    ),
    "time of day": (pl.Series([TIME.time(), None]), "12:30:00"),
    "category": (pl.Series(["dark", None], dtype=pl.Categorical), "dark"),
    "enumeration": (pl.Series(["dark", None], dtype=pl.Enum(["dark", "clear"])), "dark"),
    "nothing": (pl.Series([None, None], dtype=pl.Null), ""),
}
OTHER: dict[str, tuple[pl.Series, str]] = {
    "span": (pl.Series([datetime.timedelta(days=-1), None]), "-P1D"),
    "list": (pl.Series([["dark"], None]), "['dark']"),
    "list of days": (
        pl.Series([[-800_000], None], dtype=pl.List(pl.Int32)).cast(pl.List(pl.Date)),
        '["-0221-09-04"]',
    ),
    "array": (pl.Series([[1, 2], None], dtype=pl.Array(pl.Int64, 2)), "[1, 2]"),
    "structure": (pl.Series([{"a": 1}, None]), "{'a': 1}"),
    "bytes": (pl.Series([b"\xff", None]), "b'\\xff'"),
}
EVERY = {**PLAIN, **OTHER}


def given(tmp_path: Path, name: str, cells: pl.Series) -> str:
    path = tmp_path / "cases.parquet"
    pl.DataFrame({name: cells, "tide": ["yes", "no"]}).write_parquet(path)
    return path.name


def cell(path: Path, kind: str, name: str) -> str:
    """Return the first cell of a column as text."""
    first = json.loads(path.read_text().splitlines()[0])[name] if kind == "jsonl" else None
    if kind != "jsonl":
        cells = read(path, kind)[name]
        first = cells.item(0) if cells.dtype.is_decimal() else cells.cast(pl.String).item(0)
    return str(first).lower() if isinstance(first, bool) else "" if first is None else str(first)


@pytest.mark.parametrize("kind", KINDS)
def test_columns_of_every_type_can_be_kept(run: Run, tmp_path: Path, kind: str) -> None:
    pl.DataFrame({type: cells for type, (cells, _) in EVERY.items()}).write_parquet(tmp_path / "cases.parquet")
    ran = run("batch", "cases.parquet", "-o", f"out.{kind}", "--extra", "keep")
    assert (ran.code, ran.err.splitlines()[-1]) == (0, f"2 situations answered in out.{kind}")
    for type, (cells, text) in EVERY.items():
        kept = cell(tmp_path / f"out.{kind}", kind, type)
        if kind == "jsonl" and type.startswith("moment"):
            assert kept.replace("T", " ") == text.replace(".000000", "")
        else:
            assert kept in {text, f"'{text}"}
        if kind in {"parquet", "arrow"} and type in PLAIN and type != "nothing":
            out = read(tmp_path / f"out.{kind}", kind)[type]
            assert out.equals(cells.rename(type), check_dtypes=True)


@pytest.mark.parametrize("kind", KINDS)
def test_columns_that_have_another_type_elsewhere_are_kept_as_text(run: Run, tmp_path: Path, kind: str) -> None:
    pl.DataFrame({type: cells for type, (cells, _) in EVERY.items()}).write_parquet(tmp_path / "cases.parquet")
    (tmp_path / "more.csv").write_text(",".join(EVERY) + "\n" + "x," * (len(EVERY) - 1) + "x\n")
    assert run("batch", "cases.parquet", "more.csv", "-o", f"out.{kind}", "--extra", "keep").code == 0
    for type, (_, text) in EVERY.items():
        assert cell(tmp_path / f"out.{kind}", kind, type) in {text, f"'{text}"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("type", PLAIN)
def test_a_column_of_any_plain_type_can_be_the_key(run: Run, tmp_path: Path, type: str, kind: str) -> None:
    cells, text = PLAIN[type]
    ran = run("batch", given(tmp_path, "l", cells), "-o", f"out.{kind}", "--key", "l")
    keyless = cells.null_count()
    assert ran.code == (4 if keyless else 0)
    assert ran.err.count("error[missing-key]") == keyless
    if keyless < 2:
        assert run("explain", "--case", text, f"out.{kind}", "sail").code == 0


@pytest.mark.parametrize("type", OTHER)
def test_a_column_of_another_type_cannot_be_the_key(run: Run, tmp_path: Path, type: str) -> None:
    ran = run("batch", given(tmp_path, "l", OTHER[type][0]), "-o", "out.csv", "--key", "l")
    assert (ran.code, ran.out) == (2, "")
    assert "plenipo: the column `l` of `cases.parquet` cannot be the key" in ran.err
    assert "help: a key is a text, a number, yes or no, a date or a time" in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"cases.parquet"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("type", EVERY)
def test_a_column_of_any_type_is_read_as_a_fact_or_told(run: Run, tmp_path: Path, type: str, kind: str) -> None:
    cells, text = EVERY[type]
    ran = run("batch", given(tmp_path, "sky", cells), "-o", f"out.{kind}")
    if text in {"dark", ""}:
        assert (ran.code, cell(tmp_path / f"out.{kind}", kind, "sky")) == (0, text)
        return
    rejects = (tmp_path / f"out.{kind}.rejects.jsonl").read_text().splitlines()
    assert (ran.code, json.loads(rejects[0])["value"]) == (4, text)
