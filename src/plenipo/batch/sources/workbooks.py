"""
Workbooks of Excel and LibreOffice: the rows of one sheet, every cell as text.

fastexcel reads them. What it takes for nothing is not: a cell with an error says which one, a row with a formula that
nobody has worked out, or with a part of merged cells, is rejected. Rows have the numbers that the sheet shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from plenipo.batch.rejects import Reject
from plenipo.batch.sources.source import PART_SIZE, RECORD, SourcePart
from plenipo.batch.sources.workbook_parts import Sheet
from plenipo.batch.sources.workbook_reader import Workbook, opened
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, printable, quoted, quoted_list

#: The sheet that explains the facts in a table to fill in, and its columns, each with its width.
FACTS, EXPLAINED = "Facts", {"fact": 26, "subject": 22, "question": 60, "value": 18, "meaning": 60}
#: Cells of a sheet that is kept in memory; a larger one is read again for its rows.
_KEPT = 1_000_000
_UNSAVED = "the formula in {} has no value yet: open the workbook in a spreadsheet and save it"
_MERGED = "{} is one of the merged cells {}, of which only the first holds the value: write it into each"


@dataclass
class WorkbookTable:
    """
    A sheet of a workbook: the one that is asked for by name or number, or else the first that is not hidden.

    The header is the first row that is not blank. Blank rows are none, but where there is only one column.
    """

    path: Path
    book: str
    wanted: str | None = None
    columns: Mapping[str, pl.DataType] = field(init=False)
    remark: str = field(default="", init=False)
    by_line = False

    def __post_init__(self) -> None:
        self.name = self.book
        with opened(self.path, self.book) as workbook:
            self._sheet = self._chosen(workbook)
            self.name = f"{self.book}, sheet {printable(self._sheet.name)}"
            cells, self._remarks = workbook.cells(self._sheet)
            if workbook.blank:
                said = f"{' and '.join(workbook.blank)} look empty in this kind of workbook"
                said = f"{self.book}: {said}; save it as .xlsx to have them named"
                self.remark = "\n".join(filter(None, (self.remark, said)))
        self._places = self._header(cells)
        self.columns = dict.fromkeys(self._places, pl.String())
        self.records = cells.height
        self._cells = cells if cells.height * cells.width <= _KEPT else None

    def parts(self, skip: int = 0, most: int = PART_SIZE) -> Iterator[SourcePart]:
        """Yield the rows in parts; a part counts the rows of the sheet that it was cut from, with the header."""
        cells = self._cells
        if cells is None:
            with opened(self.path, self.book) as workbook:
                cells, _ = workbook.cells(self._sheet)
        for start in range(skip, cells.height, most):
            yield self._part(cells[start : start + most], start)

    def _part(self, cells: pl.DataFrame, start: int) -> SourcePart:
        rows = cells.with_row_index(RECORD, offset=start + 1).filter(pl.col(RECORD) > self._header_row)
        named = pl.DataFrame({RECORD: rows[RECORD], **{name: rows[place] for name, place in self._places.items()}})
        faults = self._faults(max(start, self._header_row), start + cells.height)
        if len(self._places) > 1:
            empty = pl.all_horizontal(pl.exclude(RECORD).is_null()) & ~pl.col(RECORD).is_in(list(faults))
            named = named.filter(~empty)
        bad = named.filter(pl.col(RECORD).is_in(list(faults)))
        rejects = [
            Reject(self.name, row[RECORD], None, *faults[row[RECORD]], record=row[RECORD], cells=_known(row))
            for row in bad.iter_rows(named=True)
        ]
        return SourcePart(named.filter(~pl.col(RECORD).is_in(list(faults))), cells.height, tuple(rejects))

    def _faults(self, low: int, high: int) -> dict[int, tuple[str, None, str]]:
        """Return row -> column, value and reason of the first fault of each row after number `low` up to `high`."""
        names = {place: name for name, place in self._places.items()}
        found: dict[int, tuple[str, None, str]] = {}
        for row, place in self._remarks.unsaved:
            name = names.get(self._place(place))
            if low < row <= high and name is not None:
                found.setdefault(row, (name, None, _UNSAVED.format(quoted(name))))
        for (top, left), (bottom, right) in self._remarks.merged:
            for row in range(max(top, low + 1), min(bottom, high) + 1):
                columns = range(left if row > top else left + 1, right + 1)
                column = next((names[each] for each in map(self._place, columns) if each in names), None)
                if column is not None:
                    reason = _MERGED.format(quoted(column), quoted(f"{_cell(top, left)}:{_cell(bottom, right)}"))
                    found.setdefault(row, (column, None, reason))
        return found

    def _place(self, column: int) -> str:
        """Return the name that the frame of all cells has for a column of the sheet."""
        return str(column - self._remarks.first)

    def _header(self, cells: pl.DataFrame) -> Mapping[str, str]:
        """Return the columns: name -> the name that the frame of all cells has for it."""
        filled = pl.any_horizontal(pl.all().str.strip_chars().str.len_chars() > 0)
        first = cells.select(filled.fill_null(value=False).arg_max()).item() if cells.width else None
        if first is None:
            raise self._refused("empty-file", "there is nothing in this sheet")
        self._header_row = int(first) + 1
        below = cells[self._header_row :]
        named: dict[str, str] = {}
        for place, name in zip(cells.columns, cells.row(first), strict=True):
            if name in named:
                raise self._refused("duplicate-key", f"the header has the column {quoted(name)} twice")
            if name or below[place].is_not_null().any():
                named[name or ("" if "" not in named else f"\0{place}")] = place
        unnamed = sum(not name or name.startswith("\0") for name in named)
        if unnamed > 1:
            only = next((name for name in named if name and not name.startswith("\0")), "")
            title = f"; its only name is {quoted(only)}" if len(named) == unnamed + 1 else ""
            full = next((row for row, cells in enumerate(_filled(cells), 1) if cells >= unnamed), None)
            cut = f": delete what is above row {full}" if full and full > self._header_row else ""
            help = (f"the header must be the first row that is not blank{cut}",)
            message = f"{unnamed} columns that hold something have no name in row {self._header_row}{title}"
            raise self._refused("duplicate-key", message, help)
        return named

    def _chosen(self, workbook: Workbook) -> Sheet:
        """Return the sheet to read, and remark on the others where nobody asked for one, except on one of our own."""
        sheets = workbook.sheets
        if self.wanted is not None:
            return _named(self.wanted, sheets, self.book)
        if not sheets:
            raise self._refused("empty-file", "this workbook has no sheet of cells")
        sheets = [sheet for sheet in sheets if sheet.visible] or sheets
        first, *others = [sheet for sheet in sheets if not _explains(workbook, sheet)] or sheets
        if others:
            names = quoted_list((sheet.name for sheet in others), last="and")
            word = "sheet" if len(others) == 1 else "sheets"
            read = f"the sheet {quoted(first.name)} is read, not the {word} {names}"
            self.remark = f"{self.book}: {read}; `--sheet` says which"
        return first

    def _refused(self, check: str, message: str, help: Sequence[str] = ()) -> SituationError:
        row = f", row {self._header_row}" if getattr(self, "_header_row", 0) else ""
        return SituationError((Diagnostic(check, message, Location(f"{self.name}{row}"), help=tuple(help)),))


def _explains(workbook: Workbook, sheet: Sheet) -> bool:
    """Return whether a sheet is the one that explains the facts in a table to fill in."""
    return sheet.name == FACTS and workbook.first_row(sheet) == [*EXPLAINED]


def _filled(cells: pl.DataFrame) -> Sequence[int]:
    """Return how many cells of each row hold something."""
    return cells.select(pl.sum_horizontal(pl.all().str.strip_chars().str.len_chars() > 0)).to_series().to_list()


def _named(wanted: str, sheets: Sequence[Sheet], book: str) -> Sheet:
    """Return the sheet that a word means: a name, in any letters, or a number, counted from 1."""
    names = [sheet.name for sheet in sheets]
    for same in (str.__str__, str.casefold):
        found = [sheet for sheet in sheets if same(sheet.name) == same(wanted)]
        if len(found) == 1:
            return found[0]
    if wanted.isdecimal() and 0 < int(wanted) <= len(sheets):
        return sheets[int(wanted) - 1]
    help = (*did_you_mean(wanted, names), f"its sheets are {quoted_list(names, last='and')}") if names else ()
    raise UsageError(f"{quoted(book)} has no sheet {quoted(wanted)}", help=help)


def _known(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name != RECORD and cell is not None}


def _cell(row: int, column: int) -> str:
    """Return the name of a cell."""
    letters = ""
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(65 + last) + letters
    return f"{letters}{row}"
