"""
CSV and TSV: every cell is text, and a cell that is missing or empty means unknown.

Polars reads them, a block at a time. The strict reader (`csv_strict`) reads a block that Polars refuses, or that holds
anything that Polars could understand otherwise: both read the same rows and number them alike.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from plenipo.batch.cell_text import legible
from plenipo.batch.limits import USUAL, Limits
from plenipo.batch.rejects import Reject
from plenipo.batch.sources import csv_strict
from plenipo.batch.sources.source import PART_SIZE, RECORD, SourcePart
from plenipo.batch.sources.temporary_copies import unreadable
from plenipo.errors import Diagnostic, Location, SituationError, is_or_are, quoted
from plenipo.situations.file_kinds import Kind

#: Bytes from which the number of rows is estimated.
_SAMPLE = 1 << 16
#: Bytes that are read at a time.
_BLOCK = 1 << 24
#: Bytes that the strict reader is given, if a row ends in them, before Polars is tried again.
_STRICT_BLOCK = 1 << 21
#: How a column without a name begins, as no name of a column does.
_UNNAMED = "\0"
_BOM = b"\xef\xbb\xbf"
#: What ends a file: the ends of blank lines, and the mark that DOS put there.
_ENDS = b"\r\n\x1a"
_HEADER_FIRST = "the header must be the first line that is not blank: delete what is above it"


@dataclass
class CsvTable:
    """
    A file of rows of cells under a header.

    Blank lines are skipped but counted. In a file of one column a blank line is a row like any other, except at the end
    of the file. The header is the first line that is neither blank nor `sep=` with the separator, as spreadsheets write
    it; one that holds nothing but separators is blank. Columns with neither name nor content are none, and no more are
    empty cells beyond the header.

    `separator` says what separates cells; without it, the header shows it.
    """

    path: Path
    name: str
    kind: Kind
    separator: str | None = None
    limits: Limits = USUAL
    columns: Mapping[str, pl.DataType] = field(init=False)
    by_line = False

    def __post_init__(self) -> None:
        try:
            with self.path.open("rb") as file:
                head = file.read(self.limits.row)
            size = self.path.stat().st_size
            self._end = _end(self.path)
        except OSError as error:
            raise unreadable(self.name, error) from error
        text = head.removeprefix(_BOM)
        before, said = _before_header(text)
        text = text[before:]
        self.header_line = 1 + len(head[: len(head) - len(text)].splitlines())
        self._separator = self.separator or said or _separator(text, self.kind)
        self._names, taken = self._header(text, final=size <= len(head))
        self._start = len(head) - len(text) + taken
        self._regular = _regular(self._separator)
        self.columns = dict.fromkeys(self._names, pl.String())
        self.columns = dict.fromkeys(self._without_empty_ones(), pl.String())
        sample = head[:_SAMPLE]
        self.records = max(size * max(sample.count(b"\n"), 1) // max(len(sample), 1) - 1, 0)

    def parts(self, skip: int = 0, most: int = PART_SIZE) -> Iterator[SourcePart]:
        """Yield the rows in parts, cut after every `most` of them, whichever reader read them."""
        waiting = pl.DataFrame(schema={RECORD: pl.UInt32(), **self.columns})
        rejects: list[Reject] = []
        read, done = 0, skip
        for piece in self._pieces():
            read += piece.records
            if read <= skip:
                continue
            waiting = pl.concat([waiting, piece.frame])
            rejects += piece.rejects
            while read >= done + most:
                part, waiting, rejects = _cut(waiting, rejects, done, done + most)
                yield part
                done += most
        if read > done:
            yield _cut(waiting, rejects, done, read)[0]

    def _pieces(self) -> Iterator[SourcePart]:
        """Yield what the file holds a block at a time; a block ends where a row does."""
        place, done, left, taken = self._start, 0, b"", 1
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                while place < self._end or left:
                    if not taken and len(left) > max(self.limits.row, _STRICT_BLOCK):
                        raise self.limits.refuse_row(self.name, f"row {done + 1}")
                    wanted = min((_BLOCK if taken else 2 * len(left)) - len(left), self._end - place)
                    more = file.read(max(wanted, 0))
                    place = place + len(more) if len(more) >= wanted else self._end
                    left += more
                    piece, taken = self._piece(left, done, final=place >= self._end)
                    left = left[taken:]
                    done += piece.records
                    if piece.records:
                        yield piece
        except OSError as error:
            raise unreadable(self.name, error) from error

    def _piece(self, block: bytes, done: int, *, final: bool) -> tuple[SourcePart, int]:
        end = len(block) if final else _whole(block)
        piece = self._by_polars(block[:end], done) if end else None
        if piece:
            return piece, end
        piece, taken = self._by_strict_reader(block[:_STRICT_BLOCK], done, final=final and len(block) <= _STRICT_BLOCK)
        return (piece, taken) if taken else self._by_strict_reader(block, done, final=final)

    def _by_polars(self, block: bytes, done: int) -> SourcePart | None:
        """Return what a block holds, if it is beyond doubt that the strict reader would read the same."""
        in_quotes = b'"' in block
        names = [str(place) for place in range(len(self._names))]
        end = b"" if block.endswith(b"\n") else b"\n"  # without it, Polars overlooks a surplus empty cell
        if len(names) == 1 and self._separator.encode() in block:  # Polars would not report surplus cells
            return None
        try:
            if not (self._is_regular(block) if in_quotes else _is_plain(block)):
                return None
            frame = pl.read_csv(
                b"".join((self._separator.join(names).encode(), b"\n", block, end)),
                separator=self._separator,
                schema=dict.fromkeys(names, pl.String()),
                row_index_name=RECORD,
                row_index_offset=done + 1,
            )
        except pl.exceptions.PolarsError:
            return None
        cells = pl.col(pl.String)
        if in_quotes:
            longest = frame.select(pl.max_horizontal(cells.str.len_bytes().max())).item()
            if longest is not None and longest > csv_strict.LONGEST_CELL:
                return None
            frame = frame.with_columns(cells.replace("", None))
        if len(names) > 1 and frame.select(pl.all_horizontal(cells.is_null()).any()).item() and _has_blank_line(block):
            return None
        return SourcePart(self._named(frame), frame.height)

    def _named(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a frame of all cells, one column for each place in the header, as the columns that are kept."""
        numbers, *cells = frame.get_columns()
        kept = {name: column for name, column in zip(self._names, cells, strict=True) if name in self.columns}
        return pl.DataFrame({RECORD: numbers, **kept})

    def _without_empty_ones(self) -> Sequence[str]:
        """Return the names of the columns without those that have no name, unless a cell holds something."""
        unnamed = [name for name in self._names if name.startswith(_UNNAMED)]
        if not unnamed:
            return self._names
        filled = {name for part in self._pieces() for name in unnamed if part.frame[name].is_not_null().any()}
        if len(filled) > 1:
            only = [name for name in self._names if not name.startswith(_UNNAMED)]
            title = f"; its only name is {quoted(only[0])}" if len(only) == 1 else ""
            message = f"{len(filled)} columns that hold something have no name in line {self.header_line}{title}"
            raise self._refused("duplicate-key", message, _HEADER_FIRST)
        self._names = ["" if name in filled else name for name in self._names]
        return [name for name in self._names if not name.startswith(_UNNAMED)]

    def _is_regular(self, block: bytes) -> bool:
        """Return whether every quote in a block begins or ends a cell, or is doubled in one."""
        text = pl.Series([block]).cast(pl.String)
        return bool(text.str.contains(self._regular).item())

    def _by_strict_reader(self, block: bytes, done: int, *, final: bool) -> tuple[SourcePart, int]:
        """Return what a block holds, each wrong row as a reject, and how many bytes that takes."""
        found, taken = csv_strict.rows(block, self._separator, final=final)
        width = len(self._names)
        numbers: list[int] = []
        rows: list[list[str | None]] = []
        rejects: list[Reject] = []
        for number, row in enumerate(found, done + 1):
            fault = self._fault(number, row)
            if fault:
                rejects.append(fault)
            elif isinstance(row, list) and (row or width == 1):
                numbers.append(number)
                rows.append([cell or None for cell in row[:width]] + [None] * (width - len(row)))
        columns = zip(*rows, strict=True) if rows else iter([()] * width)
        cells = {str(place): column for place, column in enumerate(columns)}
        schema = {RECORD: pl.UInt32(), **dict.fromkeys(cells, pl.String())}
        frame = pl.DataFrame({RECORD: numbers, **cells}, schema=schema)
        return SourcePart(self._named(frame), len(found), tuple(rejects)), taken

    def _fault(self, number: int, row: csv_strict.Row | csv_strict.SpoiltLine) -> Reject | None:
        if isinstance(row, csv_strict.SpoiltLine):
            return self._reject(number, row.cells, None, row.line, row.reason)
        if surplus := next(filter(None, row[len(self._names) :]), None):
            reason = f"there {is_or_are(len(row), 'cell')} in this row, and {len(self._names)} in the header"
            return self._reject(number, row, None, surplus, reason)
        for column, cell in zip(self._names, row, strict=False):
            if not _is_text(cell):
                return self._reject(number, row, column, cell, "this is not UTF-8 text")
        return None

    def _reject(self, number: int, row: Sequence[str], column: str | None, value: str, reason: str) -> Reject:
        cells = {name: cell for name, cell in zip(self._names, row, strict=False) if _is_text(cell)}
        return Reject(self.name, number, None, column, legible(value), reason, record=number, cells=cells)

    def _header(self, head: bytes, *, final: bool) -> tuple[Sequence[str], int]:
        """Return the names of the columns and how many bytes they take, where a file begins with `head`."""
        found, taken = csv_strict.rows(head, self._separator, final=final, most=1)
        if not found and not final:
            raise self.limits.refuse_row(self.name, "the header")
        names = found[0] if found else []
        if isinstance(names, csv_strict.SpoiltLine):
            raise self._refused("unreadable", names.reason)
        if not names:
            raise self._refused("empty-file", "there is no header in this file")
        self.limits.check_columns(self.name, len(names))
        if not all(map(_is_text, names)) or any("\0" in name for name in names):
            raise self._refused("not-utf8", "this is not UTF-8 text")
        for name, times in Counter(filter(None, names)).items():
            if times > 1:
                raise self._refused("duplicate-key", f"the header has the column {quoted(name)} twice")
        return [name or f"{_UNNAMED}{place}" for place, name in enumerate(names)], taken

    def _refused(self, check: str, message: str, help: str = "") -> SituationError:
        place = Location(self.name, self.header_line)
        return SituationError((Diagnostic(check, message, place, help=(help,) if help else ()),))


def _cut(
    frame: pl.DataFrame, rejects: Sequence[Reject], low: int, high: int
) -> tuple[SourcePart, pl.DataFrame, list[Reject]]:
    """Return the part of the rows after number `low` up to number `high`, and what comes after it."""
    start, end = (frame[RECORD].search_sorted(number, side="right") for number in (low, high))
    inside = tuple(reject for reject in rejects if low < reject.record <= high)
    return (
        SourcePart(frame[start:end], high - low, inside),
        frame[end:],
        [each for each in rejects if each.record > high],
    )


def _end(path: Path) -> int:
    """Return where a file ends, without the blank lines at its end."""
    with path.open("rb") as file:
        end = file.seek(0, io.SEEK_END)
        while end:
            start = max(end - _SAMPLE, 0)
            file.seek(start)
            last = file.read(end - start).rstrip(_ENDS)
            if last:
                return start + len(last)
            end = start
    return end


def _whole(block: bytes) -> int:
    """Return the last place in a block at which a line ends outside of quotes."""
    end = block.rfind(b"\n") + 1
    inside = block.count(b'"', 0, end) % 2
    while inside:
        before = block.rfind(b"\n", 0, end - 1) + 1
        inside ^= block.count(b'"', before, end) % 2
        end = before
    return end


def _regular(separator: str) -> str:
    """Return the pattern of rows in which every quote begins or ends a cell, or is doubled in one."""
    separator = re.escape(separator)
    cell = rf'(?:"(?:[^"]|"")*"|[^"{separator}\r\n]*)'
    return rf"\A(?:{cell}(?:{separator}|\r?\n))*{cell}\z"


def _is_plain(block: bytes) -> bool:
    """Return whether a block without quotes has no line that ends in a return alone, and no very long one."""
    if b"\r" in block and block.count(b"\r") != block.count(b"\r\n"):
        return False
    place = 0
    while len(block) - place > csv_strict.LONGEST_CELL:
        end = block.rfind(b"\n", place, place + csv_strict.LONGEST_CELL)
        if end < 0:
            return False
        place = end + 1
    return True


def _has_blank_line(block: bytes) -> bool:
    return block.startswith((b"\n", b"\r\n")) or b"\n\n" in block or b"\n\r\n" in block


def _before_header(text: bytes) -> tuple[int, str | None]:
    """Return how many bytes come before the header, and the separator, if a line `sep=` among them says it."""
    place, said = 0, None
    for line in text.splitlines(keepends=True):
        named = re.fullmatch(rb'"?sep=([!-~\t ])"?[;,\t ]*', line.rstrip(b"\r\n"), re.IGNORECASE)
        # spreadsheets leave the separators of rows that are empty
        if not named and not re.fullmatch(rb"[,;\t |]*", line.strip()):
            break
        said = named[1].decode() if named else said
        place += len(line)
    return place, said


def _separator(text: bytes, kind: Kind) -> str:
    """
    Return what separates cells, as the header shows it: what there is most of outside of quotes.

    Spreadsheets in many countries write semicolons instead of commas.
    """
    if kind is Kind.TSV:
        return "\t"
    unquoted = re.sub(rb'"[^"]*"?', b"", _first_row(text))
    found = {each: unquoted.count(each.encode()) for each in (",", ";")}
    if not any(found.values()) and b"\t" in unquoted:
        return "\t"
    return max(found, key=lambda each: found[each])


def _first_row(text: bytes) -> bytes:
    """Return a text up to the first end of a line that is not in quotes."""
    row = re.match(rb'(?:[^"\r\n]|"[^"]*(?:"|\Z))*', text)
    return row[0] if row else b""


def _is_text(cell: str) -> bool:
    return cell.isascii() or not any("\udc80" <= each <= "\udcff" for each in cell)
