"""The cells of a sheet as its part of the archive holds them: how far they reach, and which of them need a word."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

#: A row and a column, counted from 1.
Place = tuple[int, int]

#: A name of an element in XML, whichever prefix its namespace has.
_N = rb"(?:[\w.-]+:)?"
_REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_FILLED = re.compile(
    rb"<%bc\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*>"
    rb"\s*(?:<%bf\b(?:[^>]*/>|[^>]*>[^<]*</%bf>)\s*)?<%b(?:v[^>]*>[^<]|is)" % ((_N,) * 4)
)
_WITHOUT_REFERENCE = re.compile(rb"<%bc(?=[\s>])(?![^>]*\sr=)" % _N)
_ROW_NUMBER = re.compile(rb"<%brow\s[^>]*?\br=[\"']([0-9]{1,7})" % _N)
_ERROR = re.compile(rb"<%bc\s([^>]*\bt=[\"']e[\"'][^>]*)(?<!/)>.*?<%bv[^>]*>([^<]{1,20})<" % (_N, _N), re.DOTALL)
_FORMULA = re.compile(
    rb"<%bc\s([^>]*)>\s*<%bf\b(?:[^>]*/>|[^>]*>[^<]*</%bf>)\s*(<%bv\s*/>|<%bv>\s*([^<]*?)\s*</%bv>)?\s*</%bc>"
    % ((_N,) * 7)
)
_MERGED = re.compile(rb"<%bmergeCell\s[^>]*ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']" % _N)
_ODS = re.compile(rb"<(?:[\w.-]+:)?(table|table-row|(?:covered-)?table-cell)(?=[\s>/])([^>]*)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"']([0-9]{1,9})")
_CELL = re.compile(rb"<%bc[\s>/]" % _N)
#: A cell is not longer than that: 32,767 characters, and a formula of 8,192.
_LONGEST_CELL = 1 << 19
#: What the numbers of errors mean in .xlsb.
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#DATA!"}
_ROW, _BLANK, _LAST_CELL, _ERROR_CELLS, _MERGE = 0, 1, 11, {3, 11}, 176


@dataclass
class CellRemarks:
    """
    How far a sheet reaches, and the cells of it that need a word.

    `first` is the first column that holds something. `errors` (place -> `#REF!` and the like), `unsaved` the formulas
    without a value, `merged` the first and the last cell of what is merged. `blank` says what looks empty in an .ods.
    """

    rows: int = 0
    first: int = 0
    columns: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    unsaved: list[Place] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    blank: set[str] = field(default_factory=set)

    def reach(self, row: int, first: int, last: int) -> None:
        """Take in that something stands in the columns from the first to the last, down to a row."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, last)
        self.first = min(self.first or first, first)


def column_number(letters: bytes) -> int:
    """
    Return the number of a column, counted from 1.

    >>> column_number(b"A"), column_number(b"AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def read_xml(pieces: Iterator[bytes], remarks: CellRemarks, *, stale: bool) -> None:
    """Add to `remarks` what the pieces of a sheet in XML hold; `stale` says that a 0 may be no value of a formula."""
    left = b""
    for piece in pieces:
        text = left + piece
        # what may be the beginning of a cell waits for its end
        cut = max((found.start() for found in _CELL.finditer(text, max(len(text) - _LONGEST_CELL, 0))), default=0)
        left = text[cut:] if len(text) - cut <= _LONGEST_CELL else b""
        _read_piece(text[: len(text) - len(left)], remarks, stale=stale)
    _read_piece(left, remarks, stale=stale)


def _read_piece(text: bytes, remarks: CellRemarks, *, stale: bool) -> None:
    _reach(text, remarks)
    if b"<v>#" in text or b":v>#" in text:
        for attributes, value in _ERROR.findall(text):
            if place := _place(attributes):
                remarks.errors[place] = value.decode(errors="replace")
    for attributes, element, value in _FORMULA.findall(text):
        # a formula may have an empty text for its value
        saved = value or (element and re.search(rb"\bt=[\"']str[\"']", attributes))
        if (not saved or (stale and value == b"0")) and (place := _place(attributes)):
            remarks.unsaved.append(place)
    for left, top, right, bottom in _MERGED.findall(text):
        remarks.merged.append(((int(top), column_number(left)), (int(bottom), column_number(right))))


def _reach(text: bytes, remarks: CellRemarks) -> None:
    if filled := _FILLED.findall(text):
        columns = [column_number(letters) for letters in {letters for letters, _ in filled}]
        remarks.reach(max(int(row) for row in {row for _, row in filled}), min(columns), max(columns))
    if unplaced := len(_WITHOUT_REFERENCE.findall(text)):
        # they follow one another from the first column on
        remarks.reach(max(map(int, _ROW_NUMBER.findall(text)), default=remarks.rows), 1, unplaced)


def _place(attributes: bytes) -> Place | None:
    found = _REFERENCE.search(b" " + attributes)
    return (int(found[2]), column_number(found[1])) if found else None


def read_ods(pieces: Iterator[bytes], remarks: CellRemarks) -> None:
    """Add to `remarks` how far the tables of an .ods reach, where a cell may stand for many, and what is blank."""
    row = column = rows = 0
    left = b""
    for piece in pieces:
        text = left + piece
        end = text.rfind(b"<") if len(text) - text.rfind(b"<") <= _LONGEST_CELL else len(text)
        for name, attributes in _ODS.findall(text[:end]):
            found = _REPEATED.search(attributes)
            times = int(found[1]) if found else 1
            if name == b"table":
                row = rows = 0
            elif name == b"table-row":
                row, rows, column = row + rows, times, 0
            else:
                column += times
                remarks.blank.update(_blank(name, attributes))
                if b"value" in attributes or not attributes.endswith(b"/"):
                    remarks.reach(row + rows, 1, column)
        left = text[end:]


def _blank(name: bytes, attributes: bytes) -> Iterator[str]:
    """Yield what a cell of an .ods is whose content is not read."""
    if name.startswith(b"covered"):
        yield "merged cells but the first"
    if re.search(rb"\bvalue-type=[\"']error", attributes):
        yield "cells with an error"
    if b"formula=" in attributes and b"value-type=" not in attributes:
        yield "formulas that no spreadsheet has worked out"


def read_records(pieces: Iterator[bytes], remarks: CellRemarks) -> None:
    """Add to `remarks` what the pieces of a sheet in records hold, as [MS-XLSB] describes them."""
    row = 0
    for kind, data in records(pieces):
        if kind == _ROW and len(data) >= 4:
            row = struct.unpack_from("<I", data)[0] + 1
        elif kind <= _LAST_CELL and len(data) >= 8:
            column = struct.unpack_from("<I", data)[0] + 1
            if kind != _BLANK:
                remarks.reach(row, column, column)
            if kind in _ERROR_CELLS and len(data) > 8:
                remarks.errors[row, column] = _ERRORS.get(data[8], "#VALUE!")
        elif kind == _MERGE and len(data) >= 16:
            top, bottom, left, right = (number + 1 for number in struct.unpack_from("<IIII", data))
            remarks.merged.append(((top, left), (bottom, right)))


def records(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part of an .xlsb: the number of their kind, and their data."""
    left = b""
    for piece in pieces:
        data, place = left + piece, 0
        while (found := _record(data, place)) is not None:
            kind, start, place = found
            yield kind, data[start:place]
        left = data[place:]


def _record(data: bytes, place: int) -> tuple[int, int, int] | None:
    """Return the kind of the record at a place, and where its data begin and end; None if it is not whole."""
    if place + 2 > len(data):
        return None
    kind = data[place]
    place += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | data[place] << 7
        place += 1
    length = 0
    for shift in range(0, 28, 7):
        if place >= len(data):
            return None
        byte = data[place]
        place += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return (kind, place, place + length) if place + length <= len(data) else None
