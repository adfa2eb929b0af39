"""What the tests of workbooks share: workbooks written as people's programs write them."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import xlsxwriter

#: The rows of a sheet; a text that begins with `=` is a formula, and a pair is a formula with its value.
Rows = Sequence[Sequence[Any]]


def book(path: Path, sheets: Mapping[str, Rows] | Rows, *, hidden: Sequence[str] = (), merged: str = "") -> Path:
    """Write a workbook; `merged` are cells of every sheet that are merged."""
    made = xlsxwriter.Workbook(str(path))
    dates = made.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"Cases": sheets}).items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, dates)
        if name in hidden:
            sheet.hide()
        elif made.worksheets_objs[0].hidden:
            sheet.set_first_sheet()
            sheet.activate()
        if merged:
            sheet.merge_range(merged, "dark")
    made.close()
    return path


def _write(sheet: Any, row: int, place: int, cell: Any, dates: Any) -> None:
    if isinstance(cell, tuple):
        sheet.write_formula(row, place, cell[0], None, cell[1])
    elif isinstance(cell, datetime.date):
        sheet.write_datetime(row, place, cell, dates)
    elif cell is not None:
        sheet.write(row, place, cell)


def sheet(path: Path, name: str = "Answers") -> pl.DataFrame:
    """Return a sheet whose first row is its header, every cell as text."""
    return pl.DataFrame(fastexcel.read_excel(path).load_sheet(name, dtypes="string"))


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Change a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def part(path: Path, name: str = "xl/worksheets/sheet1.xml") -> str:
    """Return a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def without_values(text: str) -> str:
    """Return a sheet in XML in which no formula has a value, as programs write them that compute nothing."""
    return re.sub(r"(</f>)<v>[^<]*</v>", r"\1", text)
