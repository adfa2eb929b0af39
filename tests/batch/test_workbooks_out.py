"""Workbooks as OUT: three sheets, verdicts in words and colours, and no text that becomes anything else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from plenipo.batch.output import workbook
from plenipo.batch.output.workbook import COLOURS
from plenipo.rulebook.verdict import Verdict
from tests.cli.conftest import Run
from tests.workbooks import book, part, sheet

ROWS = [{"id": "a", "sky": "dark"}, {"id": "b", "sky": "clear", "wind": "calm"}, {"id": "c", "sky": "drak"}]


def cases(folder: Path, rows: list[dict[str, object]] | None = None) -> str:
    (folder / "cases.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows or ROWS))
    return "cases.jsonl"


def test_a_workbook_has_the_answers_the_summary_and_the_rejects(run: Run, tmp_path: Path) -> None:
    ran = run("batch", cases(tmp_path), "--key", "id", "-o", "out.xlsx")
    assert (ran.code, ran.out) == (4, "")
    out = tmp_path / "out.xlsx"
    assert sheet(out).select("id", "sky", "sail").rows() == [("a", "dark", "avoid"), ("b", "clear", "recommend")]
    summary = {row[0]: row[1:] for row in sheet(out, "Summary").rows()}
    assert (summary["situations answered"][0], summary["rows rejected"][0]) == ("2", "1")
    assert dict(zip(summary["option"], summary["sail"], strict=True))["avoid"] == "1"
    assert summary["no-sailing-in-the-dark"][0] == "1"
    (told,) = sheet(out, "Rejects").rows(named=True)
    assert (told["row"], told["case"], told["column"], told["value"], told["nearest"]) == (
        "3",
        "c",
        "sky",
        "drak",
        "dark",
    )
    beside = {path.name for path in tmp_path.iterdir()}
    assert beside == {"cases.jsonl", "out.xlsx", "out.xlsx.about.json", "out.xlsx.rejects.jsonl"}


def test_verdicts_have_colours_and_the_header_stays(run: Run, tmp_path: Path) -> None:
    run("batch", cases(tmp_path), "--key", "id", "-o", "out.xlsx")
    styles, cells = part(tmp_path / "out.xlsx", "xl/styles.xml"), part(tmp_path / "out.xlsx")
    for verdict in (Verdict.AVOID, Verdict.RECOMMEND, Verdict.SILENT):
        text, ground = COLOURS[verdict]
        assert {f"FF{text[1:]}", f"FF{ground[1:]}"} <= set(re.findall(r'rgb="(\w+)"', styles))
    assert re.search(r'<c r="\w+" s="[1-9]\d*" t="inlineStr"><is><t>avoid</t>', cells)
    for number in (1, 2, 3):
        assert 'topLeftCell="B2" activePane="bottomRight" state="frozen"' in part(
            tmp_path / "out.xlsx", f"xl/worksheets/sheet{number}.xml"
        )
    assert '<autoFilter ref="A1:' in cells


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "=HYPERLINK(1)",
        "http://example.org",
        "0012",
        "1e5",
        "a\x01b\x1b",
        "_x0041_",
        "x\r\ny",
        " y ",
        "é漢😀",
        "TRUE",
        "{=1}",
        "x" * 32_767,
    ],
)
def test_a_text_stays_what_it_is(run: Run, tmp_path: Path, text: str) -> None:
    given = cases(tmp_path, [{"id": text, "sky": "dark", "note": text}])
    ran = run("batch", given, "--key", "id", "--extra", "keep", "-o", "out.xlsx")
    assert ran.code == 0, ran.err
    assert sheet(tmp_path / "out.xlsx").select("id", "note", "sail").rows() == [(text, text, "avoid")]
    cells = part(tmp_path / "out.xlsx")
    assert ("<f>" in cells, "hyperlink" in cells) == (False, False)


def test_a_text_that_no_cell_holds_is_told_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    given = cases(tmp_path, [{"id": "a", "note": "x"}, {"id": "b", "note": "x" * 32_768}])
    ran = run("batch", given, "--key", "id", "--extra", "keep", "-o", "out.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        "plenipo: a text in the column `note` has more characters than a cell of a workbook holds\n"
    )
    assert "32,767; it would stand in row 3" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["cases.jsonl"]


@pytest.mark.parametrize("rows", [2, 60])
def test_more_rows_than_a_sheet_holds_are_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    (tmp_path / "cases.csv").write_text("sky\n" + "dark\n" * rows)
    (tmp_path / "out.xlsx").write_text("older")
    ran = run("batch", "cases.csv", "-o", "out.xlsx", "--force")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        "plenipo: there are more rows than a sheet of a workbook holds, which is 2 with the header\n"
    )
    assert {path.name for path in tmp_path.iterdir()} == {"cases.csv", "out.xlsx"}
    assert (tmp_path / "out.xlsx").read_text() == "older"


def test_numbers_and_dates_stay_numbers_and_dates(run: Run, tmp_path: Path) -> None:
    pl.DataFrame(
        {"id": [2**53 + 1, 7], "sky": ["dark", "dark"], "x": [0.5, float("nan")], "y": [True, None], "n": [1, None]}
    ).with_columns(day=pl.date(2020, 8, 31), old=pl.date(1700, 1, 1)).write_parquet(tmp_path / "cases.parquet")
    ran = run("batch", "cases.parquet", "--key", "id", "--extra", "keep", "-o", "out.xlsx", "--lead")
    assert ran.code == 0, ran.err
    read = sheet(tmp_path / "out.xlsx").select("id", "x", "y", "n", "day", "old").rows()
    assert read == [
        ("9007199254740993", "0.5", "true", "1", "2020-08-31 00:00:00", "1700-01-01"),
        ("7", "NaN", None, None, "2020-08-31 00:00:00", "1700-01-01"),
    ]


@pytest.mark.parametrize("reasons", ["ids", "bits", "none"])
def test_a_row_of_a_workbook_is_explained(run: Run, tmp_path: Path, reasons: str) -> None:
    run("batch", cases(tmp_path), "--key", "id", "-o", "out.xlsx", "--reasons", reasons)
    ran = run("explain", "--case", "a", "out.xlsx", "sail")
    assert ran.code == 0, ran.err
    assert "no-sailing-in-the-dark" in ran.out
    ran = run("explain", "--case", "z", "out.xlsx", "sail")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "plenipo: no row of `out.xlsx` has the id `z`")
    (tmp_path / "out.xlsx").write_bytes(b"PK\x03\x04")
    ran = run("explain", "--case", "a", "out.xlsx", "sail")
    assert (ran.code, "damaged" in ran.err) == (4, True)


def test_a_workbook_goes_to_a_stream_and_is_resumed(run: Run, tmp_path: Path) -> None:
    given = cases(tmp_path)
    for options in (("--format", "xlsx"), ()):
        out = "/dev/stdout" if options else "again.xlsx"
        ran = run("batch", given, "--key", "id", "-o", "out.xlsx" if out != "again.xlsx" else out, "--resume", *options)
        assert ran.code == 4, ran.err
    first, second = ((tmp_path / name).read_bytes() for name in ("out.xlsx", "again.xlsx"))
    assert len(first) == len(second)
    assert sheet(tmp_path / "again.xlsx", "Rejects").height == 1


@pytest.mark.parametrize("name", ["out.xls", "out.xlsm", "out.xlsb", "out.ods"])
def test_other_workbooks_are_only_read(run: Run, tmp_path: Path, name: str) -> None:
    ran = run("batch", cases(tmp_path), "-o", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"plenipo: `{name}`: a workbook is written as .xlsx, and of other kinds only read\n  help: `-o out.xlsx`\n"
    )


def test_what_a_workbook_says_can_be_read_again(run: Run, tmp_path: Path) -> None:
    book(tmp_path / "book.xlsx", [["id", "sky", "wind", "note"], ["a", "dark", "calm", 1], ["b", "clear", "N/A", "x"]])
    for out in ("out.xlsx", "out.csv"):
        assert run("batch", "book.xlsx", "--key", "id", "--extra", "keep", "-o", out).code == 0
    assert sheet(tmp_path / "out.xlsx").write_csv() == (tmp_path / "out.csv").read_text()
