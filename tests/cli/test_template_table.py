"""`plenipo template --table`: a table to fill in, which `plenipo batch` takes at once."""

from __future__ import annotations

import csv
import re
import resource
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.workbooks import book, part, sheet


@pytest.mark.parametrize("name", ["cases.csv", "cases.tsv", "cases.xlsx"])
def test_a_table_begins_with_the_situations_that_are_named(run: Run, tmp_path: Path, good: str, name: str) -> None:
    ran = run("template", "--table", name, good)
    command = f"plenipo batch {name} -o advice{Path(name).suffix}"
    assert (ran.code, ran.out, ran.err) == (
        0,
        "",
        f"{name} is ready to fill in; then `{command}` answers each row\n",
    )
    ran = run(*command.split()[1:])
    assert (ran.code, ran.err) == (0, f"1 situation answered in advice{Path(name).suffix}\n")
    assert run("explain", "--case", "good", f"advice{Path(name).suffix}", "sail").code == 0


@pytest.mark.parametrize("name", ["cases.csv", "cases.tsv", "cases.xlsx"])
def test_an_empty_table_has_a_column_for_the_key_and_each_fact(run: Run, tmp_path: Path, name: str) -> None:
    assert run("template", "--table", name).code == 0
    header = ["case", "sky", "wind", "tide", "moon"]
    if name.endswith("x"):
        assert sheet(tmp_path / name, "Cases").columns == header
    else:
        with (tmp_path / name).open(newline="") as file:
            assert list(csv.reader(file, delimiter="\t" if name.endswith("tsv") else ",")) == [header]
    ran = run("batch", name, "-o", "out.csv")
    assert (ran.code, ran.err) == (0, "0 situations answered in out.csv\n")


def test_only_sheets_of_others_are_remarked_on(run: Run, tmp_path: Path) -> None:
    facts: list[str | None] = ["fact", "subject", "question", "value", "meaning"]
    cases: list[list[str | None]] = [["case", "sky", "wind", "tide", "moon"], ["a", "dark", "calm", None, None]]
    read = "the sheet `Cases` is read, not the"
    books: tuple[tuple[str, dict[str, list[list[str | None]]], str], ...] = (
        ("own.xlsx", {"Cases": cases, "Facts": [facts, ["sky"]]}, ""),
        ("moved.xlsx", {"Facts": [facts, ["sky"]], "Cases": cases}, ""),
        ("more.xlsx", {"Cases": cases, "Facts": [facts], "Notes": [["x"]]}, f"more.xlsx: {read} sheet `Notes`"),
        ("foreign.xlsx", {"Cases": cases, "Facts": [["sky"], ["dark"]]}, f"foreign.xlsx: {read} sheet `Facts`"),
        ("empty.xlsx", {"Cases": cases, "Facts": [[]]}, f"empty.xlsx: {read} sheet `Facts`"),
        ("called.xlsx", {"Cases": cases, "facts 2": [facts]}, f"called.xlsx: {read} sheet `facts 2`"),
    )
    for name, sheets, said in books:
        book(tmp_path / name, sheets)
        ran = run("batch", name, "-o", f"{name}.csv")
        assert ran.code == 0, ran.err
        assert ran.err == (f"{said}; `--sheet` says which\n" if said else "") + f"1 situation answered in {name}.csv\n"
    book(tmp_path / "alone.xlsx", {"Facts": [facts, ["sky"]]})
    assert "the column `subject` is not a fact" in run("batch", "alone.xlsx").err


def test_a_key_is_still_said_where_the_table_is_not_one_to_fill_in(run: Run, tmp_path: Path) -> None:
    for header in ("case,sky,wind", "sky,case,wind,tide,moon"):
        (tmp_path / "cases.csv").write_text(f"{header}\n")
        assert "the column `case` is taken for the key" in run("batch", "cases.csv").err


def test_a_workbook_offers_and_explains_the_values(run: Run, tmp_path: Path) -> None:
    run("template", "--table", "cases.xlsx")
    cells = part(tmp_path / "cases.xlsx")
    lists = re.findall(r'<dataValidation type="list"[^>]* sqref="(\w+):\w+"[^>]*><formula1>([^<]*)</formula1>', cells)
    assert [place for place, _ in lists] == ["B2", "C2", "D2", "E2"]
    explained = sheet(tmp_path / "cases.xlsx", "Facts").rows(named=True)
    for (_, offered), fact in zip(lists, ("sky", "wind", "tide", "moon"), strict=True):
        first, last = map(int, re.findall(r"\d+", offered))
        some = explained[first - 2 : last - 1]
        assert {row["fact"] for row in some} == {fact}
        assert some[-1]["value"] == "unknown"
    assert [row["value"] for row in explained if row["fact"] == "tide"] == ["yes", "no", "unknown"]


def test_a_table_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    for name in ("cases.csv", "cases.xlsx"):
        (tmp_path / name).write_text("mine")
        ran = run("template", "--table", name)
        assert (ran.code, ran.err) == (2, f"plenipo: `{name}` already exists\n  help: --force overwrites it\n")
        assert (tmp_path / name).read_text() == "mine"
        assert run("template", "--table", name, "--force").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--table", "cases.parquet"), "the name `cases.parquet` does not show which kind of table to write"),
        (("--table", "cases.xls"), "the name `cases.xls` does not show which kind of table to write"),
        (("--table", "cases"), "the name `cases` does not show which kind of table to write"),
        (("--table", "nowhere/cases.csv"), "there is no folder `nowhere`"),
        (("late-summer-2020",), "situations are for a table"),
        (("--table", "cases.csv", "--full"), "`--full` is for fact files; a workbook explains every fact"),
    ],
)
def test_what_cannot_be_written_is_told(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ran = run("template", *words)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", f"plenipo: {said}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["cases.csv", "cases.tsv", "cases.xlsx"])
def test_the_old_table_stays_where_the_new_one_has_no_room(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a day's work")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, limits[1]))
    try:
        ran = run("template", "--table", name, "--force")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"plenipo: `{name}` cannot be written: file too large\n"
    assert (tmp_path / name).read_bytes() == b"a day's work"
    assert [path.name for path in tmp_path.glob("*cases*")] == [name]
