"""
CSV and TSV: every cell is text, and a cell that is not there or empty says that nothing is known.

Polars reads them. Where it cannot (a row with more cells than the header, bytes that are no text), Python's own reader
goes on from there, row by row, so that only the row that is wrong is lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from plenipo.batch.kinds import Kind
from plenipo.batch.rejects import Reject
from plenipo.batch.source import PART, RECORD, Part, recut
from plenipo.batch.spool import unreadable
from plenipo.errors import Diagnostic, Location, SituationError
from plenipo.rulebook.faults import quoted

#: Lines by which the number of rows is guessed.
_SAMPLE = 1 << 16
#: Bytes that are read at a time.
_BLOCK = 1 << 24


@dataclass
class Delimited:
    """A file of rows of cells under a header; a row of nothing but empty cells is passed over."""

    path: Path
    name: str
    kind: Kind
    columns: Mapping[str, pl.DataType] = field(init=False)

    def __post_init__(self) -> None:
        try:
            with self.path.open("rb") as file:
                sample = file.read(_SAMPLE)
            first = sample.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
            self._separator = _separator(first, self.kind)
            header = next(self._rows(), None)
        except (OSError, csv.Error) as error:
            raise unreadable(self.name, error) from error
        if not header:
            raise self._refused("empty-file", "there is no header in this file", 1)
        self._check(header)
        self.columns = dict.fromkeys(header, pl.String())
        lines = max(sample.count(b"\n"), 1)
        self.records = max(self.path.stat().st_size * lines // max(len(sample), 1) - 1, 0)

    def parts(self, skip: int = 0, most: int = PART) -> Iterator[Part]:
        """Yield the rows in parts, by Polars as far as it gets, then by Python."""
        done = skip
        try:
            for frame in self._by_polars(skip, most):
                yield Part(_filled(frame), frame.height)
                done += frame.height
        except pl.exceptions.PolarsError:
            yield from self._by_python(done, most)

    def _by_polars(self, skip: int, most: int) -> Iterator[pl.DataFrame]:
        """Yield the rows after `skip` of them, with their numbers, in frames of `most` rows."""
        return (frame for frame in recut(self._frames(), most) if frame.item(0, RECORD) > skip)

    def _frames(self) -> Iterator[pl.DataFrame]:
        done = 0
        for block in _blocks(self.path):
            frame = pl.read_csv(
                block,
                has_header=not done,
                separator=self._separator,
                schema=dict(self.columns),
                row_index_name=RECORD,
                row_index_offset=done + 1,
            )
            done += frame.height
            yield frame

    def _by_python(self, skip: int, most: int) -> Iterator[Part]:
        """Yield parts cut in the same places, each row that has too many cells or is no text told as a reject."""
        rows: list[list[str | None]] = []
        numbers: list[int] = []
        rejects: list[Reject] = []
        records = self._rows()
        next(records)
        number = 0
        for number, cells in enumerate(records, 1):
            if number <= skip:
                continue
            fault = self._fault(number, cells)
            if fault:
                rejects.append(fault)
            elif any(cells):
                numbers.append(number)
                rows.append([cell or None for cell in cells] + [None] * (len(self.columns) - len(cells)))
            if number % most == 0:
                yield self._part(numbers, rows, rejects, most)
                numbers, rows, rejects = [], [], []
        if number > skip and number % most:
            yield self._part(numbers, rows, rejects, number % most)

    def _part(self, numbers: list[int], rows: list[list[str | None]], rejects: list[Reject], records: int) -> Part:
        schema: dict[str, pl.DataType] = {RECORD: pl.UInt32(), **self.columns}
        frame = pl.DataFrame([[n, *row] for n, row in zip(numbers, rows, strict=True)], schema=schema, orient="row")
        return Part(frame, records, tuple(rejects))

    def _fault(self, number: int, cells: list[str]) -> Reject | None:
        if len(cells) > len(self.columns):
            reason = f"there are {len(cells)} cells in this row, and {len(self.columns)} in the header"
            return Reject(self.name, number, None, None, cells[len(self.columns)], reason, record=number)
        for column, cell in zip(self.columns, cells, strict=False):
            if not cell.isascii() and any("\udc80" <= each <= "\udcff" for each in cell):
                return Reject(self.name, number, None, column, ascii(cell), "this is not UTF-8 text", record=number)
        return None

    def _rows(self) -> Iterator[list[str]]:
        with self.path.open("rb") as file:
            text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
            yield from csv.reader(text, delimiter=self._separator)

    def _check(self, header: list[str]) -> None:
        if any("\udc80" <= each <= "\udcff" or each == "\0" for name in header for each in name):
            raise self._refused("not-utf8", "this is not UTF-8 text", 1)
        for name in header:
            if header.count(name) > 1:
                raise self._refused("duplicate-key", f"the column {quoted(name)} stands twice in the header", 1)

    def _refused(self, check: str, message: str, line: int) -> SituationError:
        return SituationError((Diagnostic(check, message, Location(self.name, line)),))


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield a file in blocks that end where a row does, which is at a line's end outside of quotes."""
    left = b""
    with path.open("rb") as file:
        while more := file.read(_BLOCK):
            left += more
            end = left.rfind(b"\n") + 1
            while end and left.count(b'"', 0, end) % 2:
                end = left.rfind(b"\n", 0, end - 1) + 1
            if end:
                yield left[:end]
                left = left[end:]
    if left:
        yield left


def _separator(header: bytes, kind: Kind) -> str:
    """Return what parts cells: spreadsheets in much of the world write semicolons where others write commas."""
    if kind is Kind.TSV:
        return "\t"
    return ";" if b";" in header and b"," not in header else ","


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    cells = [name for name in frame.columns if name != RECORD]
    empty = frame.select(pl.all_horizontal(pl.col(cells).is_null())).to_series()
    return frame.filter(~empty) if empty.any() else frame
