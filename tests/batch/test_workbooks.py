"""Workbooks as inputs: what a cell shows is what is read, and what cannot be read is told with its place."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import plenipo
from plenipo.batch.sources import workbook_parts
from tests.cli.conftest import Run
from tests.tables import drawn, save, written
from tests.workbooks import Rows, book, changed, sheet, without_values

GOOD: list[list[Any]] = [["case", "sky", "wind"], ["a", "dark", "calm"], ["b", "clear", None]]


def sails(run: Run, *words: str) -> list[tuple[str | None, ...]]:
    """Return the key and the verdict of each row that is answered."""
    ran = run("batch", *words, "-o", "out.xlsx", "--force")
    assert ran.code in {0, 4}, ran.err
    return sheet(Path("out.xlsx")).select("case", "sail").rows()


def rejects(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out.xlsx.rejects.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("name", ["book.xlsx", "BOOK.XLSX", "book.xlsm", "book.csv", "book.tsv", "book.jsonl", "book"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_workbook_is_read_whatever_its_name(
    run: Run, tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    content = book(tmp_path / "made", GOOD).read_bytes()
    (tmp_path / name).write_bytes(pack(content))
    assert sails(run, name, "--key", "case") == [("a", "avoid"), ("b", "silent")]


def test_a_workbook_comes_on_stdin(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = book(tmp_path / "made", GOOD).read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert sails(run, "-", "--key", "case") == [("a", "avoid"), ("b", "silent")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (True, "true"),
        (False, "false"),
        (1, "true"),
        (0, "false"),
        (1.0, "true"),
        ("Y", "true"),
        ("no", "false"),
        ("TRUE", "true"),
        (("=1=1", True), "true"),
        (("=0", 0.0), "false"),
        (None, None),
        ("", None),
        ("  ", None),
        ("N/A", None),
        ("?", None),
        (("=NA()", "#N/A"), None),
    ],
)
def test_a_yes_or_no_fact_takes_what_a_spreadsheet_holds(
    run: Run, tmp_path: Path, cell: object, value: str | None
) -> None:
    book(tmp_path / "book.xlsx", [["case", "tide", "wind"], ["a", cell, "calm"]])
    ran = run("batch", "book.xlsx", "--key", "case", "-o", "out.jsonl")
    assert ran.code == 0, ran.err
    assert json.loads((tmp_path / "out.jsonl").read_text())["tide"] == (None if value is None else value == "true")


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        (("=A1", "#REF!"), "#REF!", "no value of the fact `sky`"),
        (("=A1", "#DIV/0!"), "#DIV/0!", "no value of the fact `sky`"),
        ("drak", "drak", "no value of the fact `sky`"),
        (datetime.date(2020, 8, 31), "2020-08-31", "no value of the fact `sky`"),
        (12.5, "12.5", "no value of the fact `sky`"),
        (True, "true", "no value of the fact `sky`"),
    ],
)
def test_a_cell_that_is_no_value_is_told_with_the_row_that_the_sheet_shows(
    run: Run, tmp_path: Path, cell: object, value: str, reason: str
) -> None:
    above = len(value) % 3
    rows: Rows = [*[[]] * above, *GOOD, [], ["c", cell, "calm"]]
    book(tmp_path / "book.xlsx", rows)
    assert sails(run, "book.xlsx", "--key", "case") == [("a", "avoid"), ("b", "silent")]
    (told,) = rejects(tmp_path)
    assert told["file"] == "book.xlsx, sheet Cases"
    assert (told["row"], told["case"], told["column"], told["value"]) == (above + 5, "c", "sky", value)
    assert told["reason"].startswith(reason)
    assert (
        f"book.xlsx, sheet Cases, row {above + 5} (c): error[unknown-value]: {reason}"
        in run("batch", "book.xlsx", "--key", "case").err
    )


@pytest.mark.parametrize("first", [0, 2])
def test_a_formula_without_a_value_and_merged_cells_are_told(run: Run, tmp_path: Path, first: int) -> None:
    before = [None] * first
    rows = [[*before, *row] for row in [*GOOD, ["c", ("=A1", "dark"), None], ["d", "x", None], ["e", "x", "calm"]]]
    letter = "ABCD"[first + 1]
    path = book(tmp_path / "book.xlsx", rows, merged=f"{letter}5:{letter}6")
    changed(path, "xl/worksheets/sheet1.xml", without_values)
    assert sails(run, "book.xlsx", "--key", "case") == [("a", "avoid"), ("b", "silent"), ("d", "avoid")]
    told = {each["row"]: (each["case"], each["column"], each["reason"]) for each in rejects(tmp_path)}
    assert told == {
        4: ("c", "sky", "the formula in `sky` has no value yet: open the workbook in a spreadsheet and save it"),
        6: (
            "e",
            "sky",
            (
                f"`sky` is one of the merged cells `{letter}5:{letter}6`, of which only the first holds the value: "
                "write it into each"
            ),
        ),
    }


def test_a_formula_that_is_computed_when_it_is_opened_has_no_value(run: Run, tmp_path: Path) -> None:
    book(tmp_path / "book.xlsx", [*GOOD, ["c", "=A1", "calm"]])
    assert sails(run, "book.xlsx", "--key", "case") == [("a", "avoid"), ("b", "silent")]
    assert [each["row"] for each in rejects(tmp_path)] == [4]


SHEETS: dict[str, Rows] = {
    "Notes": [["to whom it may concern"]],
    "Cases": GOOD,
    "More": [["case", "sky"], ["z", "dark"]],
}


@pytest.mark.parametrize(
    ("word", "key"), [("Cases", "a"), ("cases", "a"), ("2", "a"), ("3", "z"), ("More", "z"), ("MORE", "z")]
)
def test_a_sheet_is_named_or_numbered(run: Run, tmp_path: Path, word: str, key: str) -> None:
    book(tmp_path / "book.xlsx", SHEETS, hidden=["More"])
    assert sails(run, "book.xlsx", "--key", "case", "--sheet", word)[0] == (key, "avoid")


@pytest.mark.parametrize(("word", "near"), [("Case", "Cases"), ("4", ""), ("0", ""), ("", ""), ("Mroe", "More")])
def test_a_sheet_that_is_not_there_is_told_with_those_that_are(run: Run, tmp_path: Path, word: str, near: str) -> None:
    book(tmp_path / "book.xlsx", SHEETS)
    ran = run("batch", "book.xlsx", "--sheet", word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"plenipo: `book.xlsx` has no sheet `{word}`\n")
    assert (f"help: did you mean `{near}`?" in ran.err) == bool(near)
    assert ran.err.endswith("  help: its sheets are `Notes`, `Cases` and `More`\n")


def test_the_first_sheet_that_can_be_seen_is_read_and_said(run: Run, tmp_path: Path) -> None:
    sheets = {"Cases": SHEETS["Cases"], "More": SHEETS["More"], "Notes": SHEETS["Notes"]}
    book(tmp_path / "one.xlsx", sheets, hidden=["More", "Notes"])
    assert "sheet" not in run("batch", "one.xlsx", "--key", "case").err
    book(tmp_path / "book.xlsx", {"Secret": [["x"]], **sheets}, hidden=["Secret"])
    said = "book.xlsx: the sheet `Cases` is read, not the sheets `More` and `Notes`; `--sheet` says which\n"
    assert run("batch", "book.xlsx", "--key", "case").err == said
    found = json.loads(run("batch", "book.xlsx", "--key", "case", "--format", "json").out)
    assert found["remarks"] == [said.rstrip()]


def test_a_sheet_is_for_workbooks_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\n")
    ran = run("batch", "cases.csv", "--sheet", "1")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "plenipo: `--sheet` is for workbooks, and there is none")
    book(tmp_path / "book.xlsx", [["sky"], ["dark"], ["clear"]])
    ran = run("batch", "cases.csv", "book.xlsx", "--sheet", "1", "-o", "out.csv")
    assert ran.code == 0
    assert [line.partition(",")[0] for line in (tmp_path / "out.csv").read_text().splitlines()[1:]] == [
        "cases.csv:1",
        '"book.xlsx',
        '"book.xlsx',
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "book.xlsx, sheet Cases: error[empty-file]: there is nothing in this sheet\n"),
        (
            [["sky", "sky"], ["dark", "dark"]],
            "book.xlsx, sheet Cases, row 1: error[duplicate-key]: the header has the column `sky` twice\n",
        ),
        (
            [["Extract of 2025-01-06"], [], *GOOD],
            (
                "book.xlsx, sheet Cases, row 1: error[duplicate-key]: 2 columns that hold something have no name in "
                "row 1; its only name is `Extract of 2025-01-06`\n"
                "  help: the header must be the first row that is not blank: delete what is above row 3\n"
            ),
        ),
        (
            [["An extract", None], ["of cases", None], ["made by hand", None], *GOOD],
            (
                "book.xlsx, sheet Cases, row 1: error[duplicate-key]: 2 columns that hold something have no name in "
                "row 1; its only name is `An extract`\n"
                "  help: the header must be the first row that is not blank: delete what is above row 4\n"
            ),
        ),
        (
            [["sky", None], ["dark", "x"]],
            (
                "book.xlsx, sheet Cases: error[unknown-fact]: a column without a name is not a fact\n"
                "  help: `--extra keep` keeps columns that are not facts; `--key` names the column that identifies "
                "rows\n"
            ),
        ),
    ],
)
def test_a_header_that_is_none_is_told(run: Run, tmp_path: Path, rows: Rows, said: str) -> None:
    book(tmp_path / "book.xlsx", rows)
    ran = run("batch", "book.xlsx")
    assert (ran.code, ran.out, ran.err) == (4, "", said)


@pytest.mark.parametrize("content", [b"", b"case,sky\na,dark\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
@pytest.mark.parametrize("name", ["book.xlsx", "book.xls", "book.xlsb", "book.ods"])
def test_what_is_called_a_workbook_and_is_none_is_told(run: Run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ran = run("batch", name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert ran.err.startswith(f"{name}: error[unreadable]: this")


def test_a_workbook_that_is_cut_off_or_garbled_is_told(run: Run, tmp_path: Path) -> None:
    whole = book(tmp_path / "whole", GOOD).read_bytes()
    codes = []
    for place in range(40, len(whole), len(whole) // 25):
        for content in (whole[:place], whole[:place] + b"\xff\x00" + whole[place + 2 :]):
            (tmp_path / "book.xlsx").write_bytes(content)
            ran = run("batch", "book.xlsx", "--key", "case")
            assert "internal" not in ran.err
            codes.append(ran.code)
    assert set(codes) <= {0, 4}
    assert codes.count(4) > 20


def test_a_cell_far_away_is_told_before_it_takes_memory(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx", [*GOOD, ["c"]])
    changed(path, "xl/worksheets/sheet1.xml", lambda text: text.replace('r="A4"', 'r="XFD1048576"'))
    ran = run("batch", "book.xlsx", "--key", "case")
    assert (ran.code, ran.out) == (4, "")
    assert "error[unreadable]: this sheet reaches over 17,179,869,184 cells, and a workbook is read up to" in ran.err


def test_an_archive_that_unpacks_to_too_much_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "LARGEST_PARTS", 1 << 20)
    monkeypatch.setattr(workbook_parts, "LARGEST_SHEET", 1 << 20)
    said = []
    for part in ("xl/styles.xml", "xl/worksheets/sheet1.xml"):
        path = book(tmp_path / "book.xlsx", GOOD)
        changed(path, part, lambda text: text + " " * (1 << 21))
        ran = run("batch", "book.xlsx", "--key", "case")
        said.append((ran.code, ran.err))
    bomb = "book.xlsx: error[unreadable]: this workbook unpacks to more than a workbook needs\n"
    assert said == [(4, bomb)] * 2


def test_a_part_with_a_password_is_told(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx", GOOD)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    data = bytearray(path.read_bytes())
    start = data.find(b"PK\x01\x02")
    for _ in names:
        data[start + 8] |= 1
        start = data.find(b"PK\x01\x02", start + 4)
    path.write_bytes(data)
    ran = run("batch", "book.xlsx")
    assert (ran.code, "this workbook is protected by a password" in ran.err) == (4, True)


def test_rows_come_out_as_those_of_csv(tmp_path: Path) -> None:
    real = plenipo.load_rulebook()
    frame = written(real, drawn(real, 40, seed=5))
    book(tmp_path / "book.xlsx", [frame.columns, *frame.rows()])
    save(frame, tmp_path / "cases.csv")
    for name in ("book.xlsx", "cases.csv"):
        plenipo.batch(tmp_path / name, tmp_path / f"{name}.out.csv", key="id", rulebook=real)
        plenipo.batch(tmp_path / name, tmp_path / f"{name}.out.xlsx", key="id", rulebook=real)
    assert (tmp_path / "book.xlsx.out.csv").read_bytes() == (tmp_path / "cases.csv.out.csv").read_bytes()
    answers = sheet(tmp_path / "book.xlsx.out.xlsx")
    assert answers.height == 40
    assert answers.write_csv() == (tmp_path / "cases.csv.out.csv").read_text()
