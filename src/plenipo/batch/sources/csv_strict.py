"""
The strict reader of CSV: of a text with something wrong in it, only the row with the fault is lost.

A quote has a meaning at the start of a cell (RFC 4180); anywhere else in a cell it is text. Nothing but blanks may
follow the quote that closes a cell: what the cell should hold would be a guess. A quoted cell may go over several
lines. Where it does, and what follows its closing quote shows that this quote opened another cell, or where no quote
closes it at all, the first quote was stray: the line that holds it is wrong, and a row begins with the next line.

Python's own reader has one limit on the length of a cell for the whole process, so this one does without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plenipo.batch.cell_text import legible
from plenipo.errors import printable

#: The most characters that a cell may have, and so the farthest that a closing quote is looked for.
LONGEST_CELL = 1 << 20
_TOO_LONG = f"a cell of this row is longer than {LONGEST_CELL:,} characters"
_UNCLOSED = "a quote opens a cell in this line, and none closes it"
_LOOSE = "a cell of this row goes on after its closing quote; a quote within quotes is written twice"


@dataclass(frozen=True)
class SpoiltLine:
    """A line that is not a row: how it begins, why it is none, and the cells that come before the fault."""

    line: str
    reason: str
    cells: Sequence[str] = ()


#: The cells of a row; bytes that are not UTF-8 appear in them as surrogates.
Row = list[str]


def rows(block: bytes, separator: str, *, final: bool, most: int | None = None) -> tuple[list[Row | SpoiltLine], int]:
    """
    Return the rows that end in a block (or the first `most` of them), and how many bytes they take.

    The block begins where a row does; `final` says that nothing comes after it. A blank line is a row without cells.
    """
    lines = block.splitlines(keepends=True)
    if not final and lines and not lines[-1].endswith(b"\n"):
        lines.pop()
    found: list[Row | SpoiltLine] = []
    taken = 0
    while taken < len(lines) and len(found) != most:
        scan = _Scan(lines, taken, separator)
        row = scan.row()
        if scan.ended and not final:
            break
        found.append(row)
        taken += scan.used if isinstance(row, list) else 1
    return found, sum(map(len, lines[:taken]))


class _Scan:
    """
    Reads the row that begins with line number `first` of some lines.

    `used` counts the lines of the row; `ended` says that there were too few lines to close a quote.
    """

    def __init__(self, lines: Sequence[bytes], first: int, separator: str) -> None:
        self._lines, self._first, self._separator = lines, first, separator
        self._line = _text(lines[first])
        self._place = 0
        self._read = len(self._line)
        self._sound = 0
        self.used = 1
        self.ended = False

    def row(self) -> Row | SpoiltLine:
        """Return the cells of the row, or its first line with what is wrong."""
        fault, cells = self._cells()
        if not fault:
            return cells
        line = legible(_text(self._lines[self._first]).rstrip("\r\n"))
        return SpoiltLine(printable(line), fault, cells[: self._sound])

    def _cells(self) -> tuple[str | None, Row]:
        """Return what is wrong with the row, if anything is, and its cells."""
        cells: Row = []
        loose = False
        while True:
            text = ""
            quoted = self._line.startswith('"', self._place)
            if quoted:
                fault, text = self._quoted(cells)
                if fault:
                    return fault, cells
            # what follows a closing quote, and the cells without quotes up to the next one with them
            end = self._line.find(self._separator + '"', self._place)
            plain = self._line[self._place : None if end < 0 else end].rstrip("\r\n")
            first, *others = plain.split(self._separator)
            loose |= quoted and first.strip(" ") != ""
            cells += [text if quoted and not loose else text + first, *others]
            self._sound = self._sound if loose else len(cells)
            if end < 0:
                break
            self._place = end + 1
        wrong = (_UNCLOSED if self.used > 1 else _LOOSE) if loose else None
        return self._too_long(cells) or wrong, [] if cells == [""] and not quoted else cells

    def _quoted(self, cells: Row) -> tuple[str | None, str]:
        """Return what is wrong with the quoted cell at this place, if anything is, and its text."""
        pieces: list[str] = []
        length = 0
        self._place += 1
        while True:
            end = self._line.find('"', self._place)
            while end >= 0 and self._line.startswith('""', end):
                end = self._line.find('"', end + 2)
            pieces.append(self._line[self._place : None if end < 0 else end].replace('""', '"'))
            if end >= 0:
                self._place = end + 1
                return None, "".join(pieces)
            length += len(pieces[-1])
            if fault := self._too_long(cells, length):
                return fault, ""
            if self._first + self.used == len(self._lines):
                self.ended = True
                return _UNCLOSED, ""
            self._line, self._place = _text(self._lines[self._first + self.used]), 0
            self._read += len(self._line)
            self.used += 1

    def _too_long(self, cells: Row, length: int = 0) -> str | None:
        """Return what is wrong where a cell, or one of this length, is too long: over several lines, its quote is."""
        if self._read <= LONGEST_CELL or max(length, *map(len, cells), 0) <= LONGEST_CELL:
            return None
        return _TOO_LONG if self.used == 1 else _UNCLOSED


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")
