"""The key of a batch: the column that is one by its name, and keys that several rows have."""

from __future__ import annotations

from pathlib import Path

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
