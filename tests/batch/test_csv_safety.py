"""No text that goes into CSV or TSV can become a formula, wherever a spreadsheet splits the file; all come back."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import hypothesis
import polars as pl
import pytest
from hypothesis import strategies as st

from plenipo.batch.output.write import guarded_frame
from plenipo.csv_safety import bare, guarded
from tests.batch.test_command import table
from tests.cli.conftest import Run

#: Beginnings of formulas, as a spreadsheet may see them.
FORMULAS = (
    *(f"{start}1+1" for start in "=+-@\uff1d\uff0b\uff0d\uff20"),
    *(f"{unseen}=1+1" for unseen in (" ", "\n", "\r", "\t", " \t\n", "\0", "\x0b", "\u00a0", "\u200b", "\ufeff", '"')),
)
#: Texts that hold a formula for whoever splits them.
HIDDEN = (
    "x;=1+1",
    "x; =1+1",
    'x;"=1+1',
    "x\t=1+1",
    "x\n=1+1",
    "x\r\n=1+1",
    "x;\uff1d1+1;y",
    ";;\n=1+1",
    "x;\ufeff@A1;",
)
PLAIN = ("calm", "a=b", "a-1", "1;2", "it's", "a, -1", "-", "", "é; ü", "x\ny")
SEPARATOR = {"csv": ",", "tsv": "\t"}
#: What is not seen at the beginning of a cell.
UNSEEN = '\0 \t\r\n\x0b\x0c\u00a0\u200b\ufeff"'
RUN = st.text(st.sampled_from("=+-@\uff1d'\";,\t\r\n \u200b\ufeffa1"), max_size=8)


def formulas(text: str, separators: str) -> list[str]:
    """Return the cells that a spreadsheet may take for formulas, if these separators part cells and quotes nothing."""
    cells = re.split(f"[{separators}]", text)
    return [cell for cell in cells if cell.lstrip(UNSEEN)[:1] in set("=+-@\uff1d\uff0b\uff0d\uff20")]


@pytest.mark.parametrize("kind", SEPARATOR)
def test_no_cell_can_become_a_formula_wherever_the_file_is_split(run: Run, tmp_path: Path, kind: str) -> None:
    texts = [*FORMULAS, *HIDDEN, *PLAIN]
    rows: list[dict[str, Any]] = [{"id": text, "note": text, "number": -1.5} for text in texts if text]
    frame = pl.DataFrame(rows).with_columns(pl.col("note").cast(pl.Categorical).alias("group"))
    frame.write_parquet(tmp_path / "cases.parquet")
    assert run("batch", "cases.parquet", "-o", f"out.{kind}", "--key", "id", "--extra", "keep").code == 0
    written = (tmp_path / f"out.{kind}").read_bytes().decode()
    assert formulas(written.replace("-1.5", "1.5"), "\r\n;\t" + ("," if kind == "tsv" else "")) == []
    with (tmp_path / f"out.{kind}").open(newline="", encoding="utf-8") as file:
        _, *cells = csv.reader(file, delimiter=SEPARATOR[kind])
    assert formulas("\x1f".join(cell for row in cells for cell in row if cell != "-1.5"), "\x1f") == []
    for row, given in zip(cells, rows, strict=True):
        assert [bare(cell, SEPARATOR[kind]) for cell in row[:4]] == [given["id"], given["note"], "-1.5", given["note"]]


@pytest.mark.parametrize("kind", SEPARATOR)
def test_what_is_no_formula_is_written_as_it_is(run: Run, tmp_path: Path, kind: str) -> None:
    table(tmp_path / "cases.parquet", [{"note": text} for text in ("calm", "a=b", "1;2", "it's", "x -1", "1 - 1")])
    run("batch", "cases.parquet", "-o", f"out.{kind}", "--extra", "keep", "--no-facts", "--reasons", "none")
    lines = (tmp_path / f"out.{kind}").read_text().splitlines()
    assert [line.split(SEPARATOR[kind])[1] for line in lines] == ["note", "calm", "a=b", "1;2", "it's", "x -1", "1 - 1"]
    assert lines[1].split(SEPARATOR[kind])[2:] == ["silent"] * 5


@pytest.mark.parametrize("kind", SEPARATOR)
def test_no_name_of_a_column_can_become_a_formula(run: Run, tmp_path: Path, kind: str) -> None:
    names = [" =a", "\uff1db", "\t=c", "\ufeffx", "'=a", "=a", "x;=d", "plain"]
    table(tmp_path / "cases.parquet", [{name: str(number) for number, name in enumerate(names)}])
    assert run("batch", "cases.parquet", "-o", f"out.{kind}", "--extra", "keep").code == 0
    with (tmp_path / f"out.{kind}").open(newline="", encoding="utf-8") as file:
        header, cells = csv.reader(file, delimiter=SEPARATOR[kind])
    assert formulas("\x1f".join(header), "\x1f;") == []
    assert [bare(name, SEPARATOR[kind]) for name in header[1:9]] == names
    assert cells[1:9] == [str(number) for number in range(8)]


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet", "arrow"])
def test_keys_that_differ_by_a_guard_are_told_apart(run: Run, tmp_path: Path, kind: str) -> None:
    keys = ["=1", "'=1", "''=1", "1", "'1", "a;=1", "a;'=1", " =1", "' =1"]
    rows = [{"'id": key, "sky": "dark" if number % 2 else "clear"} for number, key in enumerate(keys)]
    table(tmp_path / "cases.parquet", rows)
    run("batch", "cases.parquet", "-o", f"out.{kind}", "--key", "'id")
    for number, key in enumerate(keys):
        ran = run("explain", "--case", key, f"out.{kind}", "sail", "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        assert json.loads(ran.out)["verdict"] == ("avoid" if number % 2 else "silent")


@pytest.mark.parametrize("separator", SEPARATOR.values())
def test_every_text_comes_back_and_is_guarded_alike_alone_and_in_a_frame(separator: str) -> None:
    @hypothesis.given(text=RUN)
    def check(text: str) -> None:
        written = guarded(text, separator)
        assert bare(written, separator) == text
        assert formulas(written, ";\t\r\n" + ("" if separator == "," else ",")) == []
        frame = guarded_frame(pl.DataFrame({"cells": [text, None]}), separator)
        assert frame["cells"].to_list() == [written, None]

    check()
