"""
Answers as a workbook: a sheet for the answers, one for the summary, one for what was rejected.

Every text stays a text, whatever it begins with: nothing in a cell is taken for a formula, a link or a number.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from plenipo.batch.cell_text import as_text, is_plain
from plenipo.errors import UsageError, quoted
from plenipo.rulebook.verdict import Verdict
from plenipo.temporary import temporary_folder

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: What a sheet can hold: Excel's own bounds.
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
ANSWERS, SUMMARY, REJECTS = "Answers", "Summary", "Rejects"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_date_format": "yyyy-mm-dd",
}
#: The colours of a cell with a verdict, text and ground; the word stands in it as well.
COLOURS = {
    Verdict.DONE: ("#1F4E79", "#DDEBF7"),
    Verdict.AVOID: ("#9C0006", "#FFC7CE"),
    Verdict.DEFER: ("#7F6000", "#FFEB9C"),
    Verdict.RECOMMEND: ("#006100", "#C6EFCE"),
    Verdict.CONSIDER: ("#375623", "#E2EFDA"),
    Verdict.SILENT: ("#7F7F7F", "#F2F2F2"),
}
#: Whole numbers beyond this lose digits in a spreadsheet, which computes with 15 of them.
_LARGEST_NUMBER = 10**15
#: The first and the last day that spreadsheets agree on.
_DAYS = datetime.date(1900, 3, 1), datetime.date(9999, 12, 31)
_WIDEST = 60
#: The columns of the rejects, and how wide they are.
_REJECT_COLUMNS = {
    "file": 24,
    "row": 8,
    "case": 16,
    "column": 24,
    "value": 20,
    "reason": 60,
    "nearest": 20,
    "check": 16,
}

#: Rows of a sheet of a summary: texts and numbers.
Rows = Iterable[Sequence[str | int]]


def refuse_too_many(rows: int) -> None:
    """
    Refuse a number of rows, at least roughly known, that is far beyond what a sheet can hold.

    Raises:
        UsageError: it is.
    """
    if rows > 2 * MOST_ROWS:
        check_bounds(0, rows)


def check_bounds(columns: int, rows: int | None = None) -> None:
    """
    Check that a sheet can hold so many columns and, where it is known, rows of answers.

    Raises:
        UsageError: it cannot.
    """
    help = ("a name that ends in .csv or .parquet writes a file without such a bound",)
    if columns > MOST_COLUMNS:
        message = f"there are {columns:,} columns, and a sheet of a workbook holds {MOST_COLUMNS:,}"
        raise UsageError(message, help=help)
    if rows is not None and rows >= MOST_ROWS:
        message = f"there are more rows than a sheet of a workbook holds, which is {MOST_ROWS:,} with the header"
        raise UsageError(message, help=help)


def write_workbook(
    frames: Iterator[pl.DataFrame],
    schema: Mapping[str, pl.DataType],
    target: Path,
    verdicts: Iterable[str],
    rest: Callable[[], tuple[Rows, Iterable[str]]],
) -> None:
    """
    Write answers into a workbook; `verdicts` names the columns that are coloured.

    `rest` is called when all frames are written, and returns the rows of the summary and the rejects as lines of JSON.

    Raises:
        UsageError: there are more rows than a sheet holds, or a cell has too long a text.
    """
    import xlsxwriter  # noqa: PLC0415 - rarely needed

    check_bounds(len(schema))
    with temporary_folder(target) as folder, _as_os_errors():
        book = xlsxwriter.Workbook(str(target), {**OPTIONS, "tmpdir": str(folder)})
        try:
            book.set_properties({"created": datetime.datetime(2000, 1, 1), "comments": "Written by plenipo"})
            _write_answers(book, frames, schema, verdicts)
            summary, rejects = rest()
            _write_rows(book, SUMMARY, {"what came of it": 46, "times": 14}, summary)
            faults = map(json.loads, rejects)
            lines = ([_reject_cell(fault.get(name)) for name in _REJECT_COLUMNS] for fault in faults)
            _write_rows(book, REJECTS, _REJECT_COLUMNS, lines)
            book.close()
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


def _write_answers(
    book: Workbook, frames: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], verdicts: Iterable[str]
) -> None:
    sheet = head(book, ANSWERS, {name: _width(name, kind) for name, kind in schema.items()})
    colours = {verdict.value: _colour(book, verdict) for verdict in Verdict}
    coloured = dict.fromkeys(verdicts, colours)
    rows = 1
    for frame in frames:
        check_bounds(len(schema), rows + frame.height - 1)
        _write_frame(sheet, frame, rows, coloured)
        rows += frame.height
    sheet.autofilter(0, 0, max(rows - 1, 1), max(len(schema) - 1, 0))


def head(book: Workbook, name: str, widths: Mapping[str, int]) -> Worksheet:
    """Add a sheet with a header that stays in sight, and columns of these widths."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#D9D9D9"})
    for place, (title, width) in enumerate(widths.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, _text(title, 0, title), bold)
    sheet.freeze_panes(1, 1)
    return sheet


def _write_rows(book: Workbook, name: str, widths: Mapping[str, int], rows: Rows) -> None:
    sheet = head(book, name, widths)
    for number, row in enumerate(rows, 1):
        if number == MOST_ROWS - 1:
            sheet.write_string(number, 0, "there are more, in the file beside this one")
            return
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell)
            elif cell:
                sheet.write_string(number, place, cell[:LONGEST_TEXT])


def _write_frame(sheet: Worksheet, frame: pl.DataFrame, first: int, coloured: Mapping[str, Mapping[str, Any]]) -> None:
    columns = [_cells(column) for column in frame.get_columns()]
    formats = [coloured.get(name) for name in frame.columns]
    write_text, write_number = sheet.write_string, sheet.write_number
    for number, row in enumerate(zip(*columns, strict=True), first):
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str):
                if len(cell) > LONGEST_TEXT:
                    raise _too_long(frame.columns[place], number)
                colours = formats[place]
                write_text(number, place, cell, colours[cell] if colours else None)
            elif isinstance(cell, bool):
                sheet.write_boolean(number, place, cell)
            elif isinstance(cell, int | float):
                write_number(number, place, cell)
            else:
                sheet.write_datetime(number, place, cell)


def _cells(column: pl.Series) -> list[Any]:
    """Return the cells of a column as a workbook can hold them: what it has no type for as text."""
    kind = column.dtype
    if kind.is_integer():
        large = column.cast(pl.Float64).abs() > _LARGEST_NUMBER
        return column.to_list() if not large.any() else as_text(column).to_list()
    if kind.is_float():
        return column.to_list() if column.is_finite().all() else as_text(column).to_list()
    if kind == pl.Date:
        return column.to_list() if column.is_between(*_DAYS).all() else as_text(column).to_list()
    if kind == pl.Boolean:
        return column.to_list()
    texts = as_text(column) if is_plain(kind) or kind != pl.String else column
    return texts.to_list()


def _text(text: str, row: int, name: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _too_long(name, row)
    return text


def _too_long(name: str, row: int) -> UsageError:
    message = f"a text in the column {quoted(name)} has more characters than a cell of a workbook holds"
    help = (f"that is {LONGEST_TEXT:,}; it would stand in row {row + 1}", "a name that ends in .csv has no such bound")
    return UsageError(message, help=help)


def _colour(book: Workbook, verdict: Verdict) -> Any:
    text, ground = COLOURS[verdict]
    return book.add_format({"font_color": text, "bg_color": ground})


def _width(name: str, kind: pl.DataType) -> int:
    """Return how wide a column is: enough for its name, or for the longest of its words."""
    words = list(kind.categories) if isinstance(kind, pl.Enum) else []
    least = _WIDEST if name in {"fired", "_fired"} else 12
    return min(max(least, len(name) + 4, *(len(word) + 2 for word in words)), _WIDEST)


def _reject_cell(cell: object) -> str | int:
    return cell if isinstance(cell, int) else "" if cell is None else str(cell)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415 - rarely needed

    try:
        yield
    except XlsxWriterException as error:
        raise OSError(str(error)) from error
