"""Workbooks of other kinds than .xlsx: the same rows are read alike, and what looks empty without being so is told."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.cli.conftest import Run
from tests.workbooks import book, ods, xlsb

ROWS: list[list[str | None]] = [
    ["id", "sky", "tide"],
    ["a", "dark", "Y"],
    ["b", "N/A", "no"],
    ["c", None, None],
    ["d", "clear", "0"],
]
WRITERS: list[Callable[..., Path]] = [book, ods, xlsb]
OLD = Path(__file__).with_name("cells.xls")


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_rows_are_read_alike(run: Run, tmp_path: Path, write: Callable[..., Path]) -> None:
    write(tmp_path / "book.dat", ROWS)
    (tmp_path / "cases.csv").write_text("".join(",".join(cell or "" for cell in row) + "\n" for row in ROWS))
    for name in ("book.dat", "cases.csv"):
        ran = run("batch", name, "--key", "id", "-o", f"{name}.out.csv")
        assert (ran.code, ran.err) == (0, f"4 situations answered in {name}.out.csv; read as unknown: `N/A` 1\n")
    assert (tmp_path / "book.dat.out.csv").read_bytes() == (tmp_path / "cases.csv.out.csv").read_bytes()


def test_an_old_workbook_is_read_and_says_that_errors_look_empty(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(OLD.read_bytes())
    ran = run("batch", "old.xls", "--extra", "keep", "-o", "out.csv")
    assert ran.err.startswith("old.xls: cells with an error look empty in this kind of workbook; save it as .xlsx")
    assert ran.code == 0
    found = pl.read_csv(tmp_path / "out.csv", infer_schema=False).select("id", "sky", "tide", "day")
    assert found.rows() == [
        ("1", "dark", "true", "2025-01-06"),
        ("2", None, "false", None),
        ("3", None, None, None),
        ("4", "clear", "true", None),
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"/>',
            "cells with an error look empty",
        ),
        ('<table:table-cell table:formula="of:=[.A1]"/>', "formulas that no spreadsheet has worked out look empty"),
        ("<table:covered-table-cell/>", "merged cells but the first look empty"),
    ],
)
def test_what_looks_empty_in_an_ods_is_told(run: Run, tmp_path: Path, cell: str, said: str) -> None:
    ods(tmp_path / "book.ods", [["id", "sky"], ["a", "dark"], ["b", cell]])
    ran = run("batch", "book.ods", "-o", "out.csv")
    assert ran.code == 0
    assert f"book.ods: {said} in this kind of workbook; save it as .xlsx to have them named\n" in ran.err
    ods(tmp_path / "plain.ods", [["id", "sky"], ["a", "dark"], ["b", None]])
    assert "look empty" not in run("batch", "plain.ods").err


def test_errors_of_an_xlsb_are_no_values(run: Run, tmp_path: Path) -> None:
    xlsb(tmp_path / "book.xlsb", [["id", "sky", "tide"], [1, "#REF!", True], [2, "#N/A", False], [3, "dark", 1.0]])
    ran = run("batch", "book.xlsb", "-o", "out.csv")
    assert ran.code == 4
    assert "book.xlsb, sheet Cases, row 2 (1): error[unknown-value]: no value of the fact `sky`" in ran.err
    assert "found `#REF!`" in ran.err
    assert pl.read_csv(tmp_path / "out.csv", infer_schema=False).select("id", "sky", "tide").rows() == [
        ("2", None, "false"),
        ("3", "dark", "true"),
    ]


def test_a_time_of_day_is_no_moment_of_1899(run: Run, tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    cells = made.add_worksheet()
    cells.write_row(0, 0, ["id", "sky"])
    cells.write_datetime(1, 0, datetime.time(8, 30), made.add_format({"num_format": "hh:mm"}))
    cells.write(1, 1, "dark")
    made.close()
    assert run("batch", "book.xlsx", "-o", "out.csv").code == 0
    assert pl.read_csv(tmp_path / "out.csv", infer_schema=False)["id"].to_list() == ["08:30:00"]
