"""What the tests of workbooks share: workbooks written as people's programs write them."""

from __future__ import annotations

import datetime
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

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


def ods(path: Path, rows: Sequence[Sequence[str | None]], name: str = "Tabelle1") -> Path:
    """Write a workbook of LibreOffice; a text that begins with `<` is a cell as XML, any other the text of one."""
    made = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} xmlns:calcext="urn:calcext"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{made}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def _ods_cell(cell: str | None) -> str:
    if cell is None or cell.startswith("<"):
        return cell or "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def xlsb(path: Path, rows: Sequence[Sequence[str | bool | float | None]]) -> Path:
    """Write a workbook of Excel in records; a text that begins with `#` is an error."""
    cells = [_record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)), _record(145)]
    for number, row in enumerate(rows):
        cells.append(_record(0, struct.pack("<I", number) + bytes(13)))
        cells += [_xlsb_cell(place, cell) for place, cell in enumerate(row) if cell is not None]
    links = "http://schemas.openxmlformats.org/"
    sheet = (
        f'<Relationship Id="rId1" Type="{links}officeDocument/2006/relationships/worksheet" Target="worksheets/a.bin"/>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        bundle = _record(156, bytes(4) + struct.pack("<I", 1) + _wide("rId1") + _wide("Cases"))
        archive.writestr("xl/workbook.bin", _record(131) + _record(143) + bundle + _record(144) + _record(132))
        rels = f'<Relationships xmlns="{links}package/2006/relationships">{sheet}</Relationships>'
        archive.writestr("xl/_rels/workbook.bin.rels", rels)
        archive.writestr("xl/worksheets/a.bin", b"".join((_record(129), *cells, _record(146), _record(130))))
    return path


def _xlsb_cell(place: int, cell: str | bool | float) -> bytes:
    start = struct.pack("<II", place, 0)
    if isinstance(cell, bool):
        return _record(4, start + bytes([cell]))
    if isinstance(cell, str):
        wrong = {"#DIV/0!": 7, "#REF!": 23, "#N/A": 42}.get(cell)
        return _record(6, start + _wide(cell)) if wrong is None else _record(3, start + bytes([wrong]))
    return _record(5, start + struct.pack("<d", cell))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 0x7F | 0x80, len(data) >> 7])
    return number + length + data


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
