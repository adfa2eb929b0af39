"""
The careful reader of CSV, which is Python's own: of a text with something wrong in it, only that row is lost.

A quote means something at the beginning of a cell (RFC 4180); anywhere else in it, it is text. A cell in quotes may go
over lines. Where it does, and what follows the next quote shows that this one opened another cell, or where no quote
follows at all, the first one was stray: the line it stands in is wrong, and a row begins with the next one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from plenipo.errors import printable

#: Characters that a cell may have; so far is looked for the quote that closes a cell.
LONGEST = 1 << 20
_TOO_LONG = f"a cell of this row is longer than {LONGEST:,} characters"
_UNCLOSED = "a quote opens a cell in this line, and none closes it"


@dataclass(frozen=True)
class Spoilt:
    """A line that is no row: how it begins, and why."""

    line: str
    reason: str


#: The cells of a row, bytes that are no UTF-8 in them as surrogates.
Row = list[str]


def rows(block: bytes, separator: str, *, final: bool, most: int | None = None) -> tuple[list[Row | Spoilt], int]:
    """
    Return the rows that end in a block (or `most` of them), and how many bytes they take.

    The block begins where a row does; `final` says that nothing comes after it. A blank line is a row without cells.
    """
    lines = block.splitlines(keepends=True)
    if not final and lines and not lines[-1].endswith(b"\n"):
        lines.pop()
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=separator)
    found: list[Row | Spoilt] = []
    taken = 0
    with _longest(LONGEST):
        while taken < len(lines) and len(found) != most:
            fault = None
            try:
                cells = next(reader)
                if feed.ended and not final:
                    break
                if feed.ended or (feed.place > taken + 1 and not _closed(lines[taken : feed.place], separator)):
                    fault = _UNCLOSED
            except csv.Error:
                fault = _TOO_LONG if feed.place == taken + 1 else _UNCLOSED
            if fault:
                found.append(Spoilt(printable(_text(lines[taken]).rstrip("\r\n")), fault))
                feed.go_back(taken + 1)
            else:
                found.append(cells)
            taken = feed.place
    return found, sum(map(len, lines[:taken]))


class _Feed(Iterator[str]):
    """Hands lines to a reader, and can go back to one; `ended` says that the reader asked for more than there are."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines
        self.place = 0
        self.ended = False

    def __next__(self) -> str:
        if self.place == len(self._lines):
            self.ended = True
            raise StopIteration
        self.place += 1
        return _text(self._lines[self.place - 1])

    def go_back(self, place: int) -> None:
        """Have line `place` come next."""
        self.place = place
        self.ended = False


def _closed(lines: Sequence[bytes], separator: str) -> bool:
    """Return whether every cell in quotes ends at a separator or at the end of the row."""
    try:
        return len(list(csv.reader(map(_text, lines), delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")


@contextmanager
def _longest(characters: int) -> Iterator[None]:
    """Let Python's reader take cells of so many characters; the limit is one for the whole process."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)
