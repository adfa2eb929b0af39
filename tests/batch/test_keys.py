"""The key of a batch: the column that is one by its name, and keys that several rows have."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.batch.test_workbooks_out import cases
from tests.cli.conftest import Run
from tests.workbooks import book


@pytest.mark.parametrize("name", ["case", "id", "key", "name", "ID", " Case "])
def test_a_column_that_is_called_a_key_is_taken_and_said(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "cases.csv").write_text(f"{name},sky\na,dark\nb,clear\n")
    ran = run("batch", "cases.csv", "-o", "out.csv")
    assert (ran.code, ran.err.splitlines()[0]) == (0, f"the column `{name}` is taken for the key, as `--key` would say")
    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert [line.partition(",")[0] for line in lines] == [name, "a", "b"]
    assert run("explain", "--case", "a", "out.csv", "sail").code == 0


def test_the_likeliest_of_several_is_taken_and_none_that_some_input_lacks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "both.csv").write_text("name,id,sky\nx,a,dark\n")
    ran = run("batch", "both.csv", "--extra", "keep", "-o", "out.csv")
    assert ran.err.startswith("the column `id` is taken for the key")
    (tmp_path / "other.csv").write_text("key,sky\na,dark\n")
    ran = run("batch", "both.csv", "other.csv", "--extra", "keep", "-o", "out2.csv")
    assert "taken for the key" not in ran.err
    assert "\nboth.csv:1,x,a," in (tmp_path / "out2.csv").read_text()
    (tmp_path / "day.yaml").write_text("facts: {sky: dark}\n")
    ran = run("batch", "other.csv", "day.yaml", "--extra", "keep", "-o", "out3.csv")
    assert "taken for the key" not in ran.err


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "two"])
def test_keys_of_several_rows_are_told_with_both_places(run: Run, tmp_path: Path, kind: str) -> None:
    rows = [["id", "sky"], ["a", "dark"], ["b", "dark"], ["a", "clear"], ["b", "clear"]]
    text = "".join(",".join(row) + "\n" for row in rows)
    places = {
        "csv": ("cases.csv, row 1", "cases.csv, row 3"),
        "jsonl": ("cases.jsonl:1", "cases.jsonl:3"),
        "xlsx": ("book.xlsx, sheet Cases, row 2", "book.xlsx, sheet Cases, row 4"),
        "two": ("cases.csv, row 1", "cases.csv, row 3"),
    }[kind]
    (tmp_path / "cases.csv").write_text(text)
    (tmp_path / "more.csv").write_text("id,sky\na,dark\n")
    book(tmp_path / "book.xlsx", rows)
    cases(tmp_path, [dict(zip(rows[0], row, strict=True)) for row in rows[1:]])
    files = {"csv": ["cases.csv"], "jsonl": ["cases.jsonl"], "xlsx": ["book.xlsx"], "two": ["cases.csv", "more.csv"]}
    ran = run("batch", *files[kind], "--key", "id", "-o", "out.csv")
    assert ran.code == 0
    assert (
        f"the key `a` is that of {places[0]} and of {places[1]}, and another key is repeated: `plenipo explain --case` "
        "needs a `--key` that no two rows share\n" in ran.err
    )


@pytest.mark.parametrize("keys", ["123", "139", "abc"])
def test_keys_that_differ_are_not_told(run: Run, tmp_path: Path, keys: str) -> None:
    cases(tmp_path, [{"id": key, "sky": "dark"} for key in keys])
    assert "needs a" not in run("batch", "cases.jsonl", "--key", "id", "-o", "out.csv").err


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "two"])
@pytest.mark.parametrize("key", ["id", "name"])
def test_a_key_that_nobody_asked_for_costs_no_row_its_advice(run: Run, tmp_path: Path, kind: str, key: str) -> None:
    rows = [[key, "sky"], ["Bob", "dark"], ["", "clear"], ["  ", "dark"], ["", ""]]
    (tmp_path / "cases.csv").write_text("".join(",".join(row) + "\n" for row in rows))
    (tmp_path / "more.csv").write_text(f"{key},sky\n,dark\n")
    book(tmp_path / "book.xlsx", rows)
    cases(tmp_path, [dict(zip(rows[0], row, strict=True)) for row in rows[1:4]])
    files = {"csv": ["cases.csv"], "jsonl": ["cases.jsonl"], "xlsx": ["book.xlsx"], "two": ["cases.csv", "more.csv"]}
    ran = run("batch", *files[kind], "-o", "out.csv")
    assert ran.code == 0
    count = "3" if kind == "two" else "2"
    assert f"the column `{key}` is the key, and {count} rows have none; the number of the row stands there\n" in ran.err
    keys = [line.partition(",")[0] for line in (tmp_path / "out.csv").read_text().splitlines()[1:]]
    numbers = {"xlsx": ["row 3", "row 4"], "two": ["cases.csv:2", "cases.csv:3", "more.csv:1"]}
    assert keys == ["Bob", *numbers.get(kind, ["row 2", "row 3"])]
    assert run("explain", "--case", keys[1], "out.csv", "sail").code == 0


def test_a_key_that_is_asked_for_is_still_required(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("id,sky\na,dark\n,clear\n \t,clear\n")
    ran = run("batch", "cases.csv", "--key", "id", "-o", "out.csv")
    assert (ran.code, ran.err.count("there is no key in this row")) == (4, 2)


def test_a_number_that_is_missing_stays_missing(run: Run, tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": [1, None, 3], "sky": ["dark", "clear", "dark"]})
    frame.write_parquet(tmp_path / "cases.parquet")
    ran = run("batch", "cases.parquet", "-o", "out.parquet")
    assert (ran.code, "the column `id` is the key, and one row has none\n" in ran.err) == (0, True)
    assert pl.read_parquet(tmp_path / "out.parquet")["id"].to_list() == [1, None, 3]
