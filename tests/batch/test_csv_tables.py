"""CSV and TSV, by both readers: quotes that mean nothing, blank lines, line ends, bytes that are no text."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Literal
from unittest import mock

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plenipo.batch.limits import Limits
from plenipo.batch.rejects import Reject
from plenipo.batch.sources import csv_strict, csv_tables
from plenipo.batch.sources.csv_tables import CsvTable
from plenipo.batch.sources.source import RECORD
from plenipo.errors import SituationError
from plenipo.situations.file_kinds import Kind
from tests.batch.test_command import read
from tests.batch.test_rows import rejects
from tests.cli.conftest import Run

Read = tuple[list[tuple[object, ...]], list[Reject], list[int]]

PIECES = ("a", "b", "", '"', '""', '"a"', '"a,b"', '"a\nb"', '"a\r\nb"', '5"', ' "a"', '"a" ', "é", "\t", "'", "\0")
ENDS = ("\n", "\r\n", "\r", "\n\n", "\n\r\n", ",", ",", ",", ",,,,")


def all_parts(content: bytes, block: int, most: int = 1000, skip: int = 0, kind: Kind = Kind.CSV) -> Read:
    """Return the rows of a table, its rejects, and how many records each of its parts has."""
    limits = (
        mock.patch.object(csv_tables, "_BLOCK", block),
        mock.patch.object(csv_tables, "_STRICT_BLOCK", block // 2 + 1),
    )
    with tempfile.TemporaryDirectory() as folder, limits[0], limits[1]:
        path = Path(folder) / "cases.csv"
        path.write_bytes(content)
        parts = list(CsvTable(path, path.name, kind).parts(skip, most))
    frames = [row for part in parts for row in part.frame.rows()]
    return frames, [reject for part in parts for reject in part.rejects], [part.records for part in parts]


def carefully(content: bytes, most: int = 1000) -> Read:
    """Return the same, where the strict reader alone reads, and all at once."""
    with mock.patch.object(CsvTable, "_by_polars", return_value=None):
        return all_parts(content, 1 << 20, most)


@given(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "\ufeff"]),
        st.sampled_from(["x", "x,y", '"x",y,z']),
        st.sampled_from(["\n", "\r\n", "\r"]),
    ),
    st.lists(st.sampled_from((*PIECES, *ENDS)), max_size=30).map("".join).map(str.encode)
    | st.lists(st.sampled_from((*PIECES, *ENDS)), max_size=30).map(lambda each: "".join(each).encode("latin-1")),
    st.sampled_from([1, 7, 20, 1 << 20]),
    st.integers(1, 5),
    st.sampled_from([5, 1 << 20]),
)
def test_both_readers_read_the_same(header: str, rows: bytes, block: int, most: int, longest: int) -> None:
    content = header.encode() + rows
    with mock.patch.object(csv_strict, "LONGEST_CELL", longest):
        whole = carefully(content, most)
        assert all_parts(content, block, most) == whole
        if sum(whole[2]) > most:
            rest = all_parts(content, block, most, skip=most)
    if sum(whole[2]) > most:
        assert rest[0] == [row for row in whole[0] if int(str(row[0])) > most]
        assert rest[1] == [reject for reject in whole[1] if reject.row > most]
        assert rest[2] == whole[2][1:]


@given(
    st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.lists(st.text(st.sampled_from('ab",;\t\r\n é\0'), max_size=6), min_size=width, max_size=width),
            max_size=9,
        )
    ),
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]),
    st.sampled_from([(Kind.CSV, ","), (Kind.CSV, ";"), (Kind.TSV, "\t")]),
    st.sampled_from([9, 1 << 20]),
)
def test_what_was_written_is_read(
    rows: list[list[str]], style: tuple[str, Literal[0, 1]], kind: tuple[Kind, str], block: int
) -> None:
    width = len(rows[0]) if rows else 1
    assume(width > 1 or kind[1] != ";")
    with io.StringIO() as text:
        writer = csv.writer(text, delimiter=kind[1], lineterminator=style[0], quoting=style[1])
        writer.writerows(["xyz"[:width], *rows])
        content = text.getvalue().encode()
    found, wrong, _ = all_parts(content, block, kind=kind[0])
    assert found == [(number, *(cell or None for cell in row)) for number, row in enumerate(rows, 1)]
    assert wrong == []


def sails(run: Run, folder: Path, content: bytes) -> list[tuple[str, str]]:
    """Return the case and the verdict of every row that is answered."""
    (folder / "cases.csv").write_bytes(content)
    run("batch", "cases.csv", "-o", "out.csv", "--extra", "keep", "--force")
    return read(folder / "out.csv", "csv").select("case", "sail").rows()


@pytest.mark.parametrize("block", [30, 1 << 24])
def test_a_quote_within_a_cell_is_text(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(csv_tables, "_BLOCK", block)
    content = b'note,sky\n5" pipe,dark\npipe,clear\n6" pipe,dark\n"x, 7"" y",dark\nz"",clear\n'
    assert sails(run, tmp_path, content) == [
        ("1", "avoid"),
        ("2", "silent"),
        ("3", "avoid"),
        ("4", "avoid"),
        ("5", "silent"),
    ]
    notes = read(tmp_path / "out.csv", "csv")["note"].to_list()
    assert notes == ['5" pipe', "pipe", '6" pipe', 'x, 7" y', 'z""']


@pytest.mark.parametrize("after", ["", 'x,"dark"\n', '"x, y",dark\n', '"",dark\n' * 3 + '"x",dark\n', '5" pipe,dark\n'])
def test_a_quote_that_nothing_closes_spoils_its_line_alone(run: Run, tmp_path: Path, after: str) -> None:
    content = f'note,sky\nfirst,dark\n"5 pipe,dark\nthird,dark\nfourth,clear\n{after}last,dark\n'.encode()
    rows = 5 + after.count("\n")
    assert sails(run, tmp_path, content) == [
        (str(row), "silent" if row == 4 else "avoid") for row in range(1, rows + 1) if row != 2
    ]
    (told,) = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert (told["row"], told["value"]) == (2, '"5 pipe,dark')
    assert told["reason"] == "a quote opens a cell in this line, and none closes it"


@pytest.mark.parametrize("stray", ['5" pipe', '"5 pipe'])
def test_a_stray_quote_makes_no_more_work_than_a_row_that_is_wrong(stray: str) -> None:
    content = f"note,sky\n{stray},dark\n".encode() + b"pipe,dark\n" * 20_000
    taken: list[int] = []
    rows = csv_strict.rows

    def counting(block: bytes, separator: str, *, final: bool, most: int | None = None) -> object:
        found, bytes_taken = rows(block, separator, final=final, most=most)
        taken.append(len(block))
        return found, bytes_taken

    with mock.patch.object(csv_strict, "rows", counting), mock.patch.object(csv_strict, "LONGEST_CELL", 5_000):
        found, wrong, _ = all_parts(content, 10_000)
    assert len(found) + len(wrong) == 20_001
    assert sum(taken) < 2 * len(content)
    assert max(taken[1:]) < 40_000


def test_the_whole_of_a_block_is_found_in_one_pass() -> None:
    class Counted(bytes):
        looked_at = 0

        def count(self, what: bytes, start: int = 0, end: int = 1 << 40) -> int:  # type: ignore[override]
            Counted.looked_at += min(end, len(self)) - start
            return super().count(what, start, end)

    block = Counted(b'5" pipe\n' + b"pipe,dark\n" * 1000)
    assert csv_tables._whole(block) == 0
    assert Counted.looked_at <= 2 * len(block)


def test_a_row_of_empty_cells_is_a_row_and_a_blank_line_is_none(run: Run, tmp_path: Path) -> None:
    tables = [b'wind,sky\n,\n\n"",""\n""\nstorm,dark\n\n\n', b'wind,sky\r\n,\r\n\r\n"",""\r\n""\r\nstorm,dark\r\n\r\n']
    tables += [tables[0] + b"a,b,c\n"]
    for content in tables:
        assert sails(run, tmp_path, content) == [
            ("1", "silent"),
            ("3", "silent"),
            ("4", "silent"),
            ("5", "avoid"),
        ]


@pytest.mark.parametrize("more", [b"", b"a,b\n"])
def test_a_blank_line_in_one_column_is_a_row_save_at_the_end(run: Run, tmp_path: Path, more: bytes) -> None:
    content = b'sky\n\ndark\n\n""\n' + more + b"dark\n\n\r\n\n"
    expected = ["silent", "avoid", "silent", "silent", *([None] if more else []), "avoid"]
    assert sails(run, tmp_path, content) == [
        (str(row), verdict) for row, verdict in enumerate(expected, 1) if verdict is not None
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("header", ["sky,wind", '"sky","wind"'])
def test_line_ends_and_marks_mean_nothing(run: Run, tmp_path: Path, end: str, mark: str, header: str) -> None:
    content = mark + end.join([header, "dark,calm", "clear,", '"dark",storm', ""])
    assert sails(run, tmp_path, content.encode()) == [("1", "avoid"), ("2", "silent"), ("3", "avoid")]
    assert not (tmp_path / "out.csv.rejects.jsonl").exists()


def test_bytes_of_another_encoding_spoil_their_row_alone(run: Run, tmp_path: Path) -> None:
    content = "note,sky\nfine,dark\nété,dark\nfine,dark\n".encode("latin-1") + "été,dark\n".encode()
    assert sails(run, tmp_path, content) == [("1", "avoid"), ("3", "avoid"), ("4", "avoid")]
    (told,) = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert (told["row"], told["column"], told["reason"]) == (2, "note", "this is not UTF-8 text")


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (b"fine,dark,\xe9", "\\xe9"),
        (b'"\xe9"t\xe9,dark', '"\\xe9"t\\xe9,dark'),
        (b'"\xe9t\xe9,dark', '"\\xe9t\\xe9,dark'),
        (b"fine,d\xe4rk", "d\\xe4rk"),
        ("\u00e9t\u00e9,".encode() + b"\xff", "\\xff"),
    ],
)
def test_what_is_not_utf_8_is_told_as_its_bytes(run: Run, tmp_path: Path, row: bytes, value: str) -> None:
    sails(run, tmp_path, "note,sky\n\u00e9t\u00e9,dark\n".encode() + row + b"\n")
    (told,) = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert told["value"] == value
    assert f"found `{value}`" in run("batch", "cases.csv", "--extra", "keep").err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl"])
def test_a_file_of_an_encoding_that_its_first_bytes_show_is_read(
    run: Run, tmp_path: Path, encoding: str, kind: str
) -> None:
    text = '{"sky": "dark"}\n' * 3 if kind == "jsonl" else "sky\ndark\ndark\n"
    (tmp_path / f"cases.{kind}").write_bytes(text.encode(encoding))
    ran = run("batch", f"cases.{kind}", "-o", "out.csv")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"{2 + (kind == 'jsonl')} situations answered in out.csv\n"


@pytest.mark.parametrize("more", [b"", b"a,b,c\n"])
@pytest.mark.parametrize("quote", [b"", b'"'])
def test_long_cells_are_read_and_endless_ones_told(run: Run, tmp_path: Path, more: bytes, quote: bytes) -> None:
    def cell(length: int) -> bytes:
        return quote + b"x" * length + quote

    content = (
        b"note,sky\n" + cell(400_000) + b",dark\n" + cell(csv_strict.LONGEST_CELL + 1) + b",dark\nfine,dark\n" + more
    )
    assert sails(run, tmp_path, content) == [("1", "avoid"), ("3", "avoid")]
    told = rejects(tmp_path / "out.csv.rejects.jsonl")[0]
    assert told["reason"] == "a cell of this row is longer than 1,048,576 characters"
    assert (told["row"], len(told["value"])) == (2, 62)


def test_the_limit_that_the_process_has_for_cells_neither_counts_nor_changes() -> None:
    before = csv.field_size_limit(3)
    try:
        whole = carefully(b'note,sky\nlonger than three,"dark, too"\n')
        assert csv.field_size_limit() == 3
    finally:
        csv.field_size_limit(before)
    assert whole[0] == [(1, "longer than three", "dark, too")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * 600, "the header does not end in 128 bytes"),
        (b"\n\n\r\n", "there is no header in this file"),
        (b'"sky\ndark\n', "a quote opens a cell in this line, and none closes it"),
        (b"sky\ndark\n" + b"x" * 600, "row 2 does not end in 128 bytes"),
    ],
)
def test_what_is_no_table_is_told_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    for name, limit in (("_STRICT_BLOCK", 128), ("_BLOCK", 32)):
        monkeypatch.setattr(csv_tables, name, limit)
    (tmp_path / "cases.csv").write_bytes(content)
    with pytest.raises(SituationError) as refused:
        list(CsvTable(tmp_path / "cases.csv", "cases.csv", Kind.CSV, limits=Limits(row=128)).parts())
    assert said in str(refused.value)


def test_columns_of_any_name_are_read(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text('^.*$,*,"a,b",0\n1,2,3,4\n"",6,7\n')
    (part,) = CsvTable(tmp_path / "cases.csv", "cases.csv", Kind.CSV).parts()
    expected = {RECORD: [1, 2], "^.*$": ["1", None], "*": ["2", "6"], "a,b": ["3", "7"], "0": ["4", None]}
    assert part.frame.to_dict(as_series=False) == expected
    assert part.frame.schema[RECORD] == pl.UInt32
