"""
A workbook as fastexcel reads it, with what fastexcel does not tell: which cells hold errors, and what must be refused.

A sheet is bounded before it is read: a cell far from the table would take the memory of all cells between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from plenipo.batch.polars_panics import panics_as_errors
from plenipo.batch.sources.temporary_copies import beginning, unreadable
from plenipo.batch.sources.workbook_cells import CellRemarks
from plenipo.batch.sources.workbook_parts import Sheet, UnfitWorkbookError, WorkbookArchive
from plenipo.errors import Diagnostic, Location, SituationError

if TYPE_CHECKING:
    from fastexcel import ExcelReader

#: Cells that a sheet may reach over: each of them takes about a hundred bytes while it is read.
MOST_CELLS = 8_000_000
#: Bytes that a file of old versions of Excel may have; its cells are as many as that at most.
_LARGEST_OLD = 1 << 28
_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"
#: A time of day is a moment of the day before the first one.
_TIME = r"^1899-12-3[01] (\d\d:\d\d:\d\d(?:\.\d+)?)$"


class Workbook:
    """An open workbook with its sheets of cells, in order."""

    def __init__(self, reader: ExcelReader, archive: WorkbookArchive | None, blank: Iterable[str]) -> None:
        self._reader, self._archive = reader, archive
        #: What has something to say, and looks like empty cells.
        self.blank = sorted(blank) if archive else ["cells with an error"]
        known = archive.sheets() if archive else []
        self.sheets: Sequence[Sheet] = known or [Sheet(name) for name in reader.sheet_names]

    def first_row(self, sheet: Sheet) -> list[str | None]:
        """Return the cells of the first row of a sheet that is not blank, as texts."""
        read = self._reader.load_sheet(sheet.name, header_row=None, n_rows=1, dtypes="string")
        return list(pl.DataFrame(read).row(0)) if read.height and read.width else []

    def cells(self, sheet: Sheet) -> tuple[pl.DataFrame, CellRemarks]:
        """Return all cells of a sheet from row 1 on as texts, in columns `0`, `1`..., and what to say of them."""
        remarks = self._archive.remarks(sheet) if self._archive else CellRemarks()
        reach = remarks.rows * (remarks.columns - max(remarks.first, 1) + 1)
        if reach > MOST_CELLS:
            raise _too_many(reach)
        read = self._reader.load_sheet(sheet.name, header_row=None, skip_rows=0, dtypes="string")
        if (reach := read.height * read.width) > MOST_CELLS:
            raise _too_many(reach)
        if not reach:
            return pl.DataFrame(), remarks
        cells = pl.DataFrame(read)
        cells.columns = [str(place) for place in range(cells.width)]
        if remarks.first and cells.width != remarks.columns - remarks.first + 1:
            raise UnfitWorkbookError("the places of its cells cannot be read: open and save it in a spreadsheet")
        cells = cells.with_columns(pl.all().replace("", None).str.replace(_MIDNIGHT, "${1}").str.replace(_TIME, "${1}"))
        return _with_errors(cells, remarks), remarks


@contextmanager
def opened(path: Path, name: str) -> Iterator[Workbook]:
    """
    Open a workbook; whatever cannot be read of it meanwhile is a fault of the file.

    Raises:
        SituationError: it cannot be read.
    """
    import fastexcel  # noqa: PLC0415 - 15 MB that hardly any batch needs

    start = beginning(path, name)
    try:
        with path.open("rb") as file, panics_as_errors():
            archive = WorkbookArchive(file) if start.startswith(b"PK") else None
            if archive is None and path.stat().st_size > _LARGEST_OLD:
                raise UnfitWorkbookError(f"it has more than {_LARGEST_OLD:,} bytes: save it as CSV")
            remarks = archive.remarks_of_ods() if archive else CellRemarks()
            if (reach := remarks.rows * remarks.columns) > MOST_CELLS:
                raise _too_many(reach)
            yield Workbook(fastexcel.read_excel(path), archive, remarks.blank)
    except UnfitWorkbookError as error:
        raise _refused(name, str(error)) from error
    except fastexcel.FastExcelError as error:
        raise _refused(name, _why(start, error)) from error
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise unreadable(name, error) from error


def _with_errors(cells: pl.DataFrame, remarks: CellRemarks) -> pl.DataFrame:
    """Return cells in which errors stand as the texts that they show."""
    by_column: dict[str, dict[int, str]] = {}
    for (row, column), text in remarks.errors.items():
        by_column.setdefault(str(column - remarks.first), {})[row - 1] = text
    changed = [cells[place].scatter(list(texts), list(texts.values())) for place, texts in by_column.items()]
    return cells.with_columns(changed)


def _why(start: bytes, error: Exception) -> str:
    said = str(error).casefold()
    if "password" in said:
        return "this workbook is protected by a password: save it without one"
    if start.startswith((b"\xd0\xcf\x11\xe0", b"PK")):
        return "this workbook is damaged, or it is none of Excel (.xlsx, .xlsm, .xlsb, .xls) or LibreOffice (.ods)"
    return "this is no workbook, whatever its name says; `--from csv` reads it as CSV"


def _too_many(reach: int) -> UnfitWorkbookError:
    return UnfitWorkbookError(
        f"this sheet reaches over {reach:,} cells, and a workbook is read up to {MOST_CELLS:,}: delete what stands "
        "far from the table, or save it as CSV"
    )


def _refused(name: str, message: str) -> SituationError:
    return SituationError((Diagnostic("unreadable", message, Location(name)),))
