"""
What is in the zip archive of a workbook that its reader does not tell, found before it is read.

Of .xlsx, .xlsm and .xlsb: the sheets with what hides them, how far a sheet reaches, and cells whose value is not what
they show: errors, formulas that nobody has worked out, merged cells. Archives that unpack to too much are refused.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO
from xml.etree.ElementTree import ParseError, XMLParser

from plenipo.batch.sources.workbook_cells import CellRemarks, read_ods, read_records, read_xml, records

#: Bytes of all parts but the sheets, and of a sheet, when they are unpacked.
LARGEST_PARTS, LARGEST_SHEET = 1 << 28, 1 << 30
_PIECE = 1 << 20
#: Parts that are read one by one, or not at all.
_SHEETS = ("xl/worksheets/", "xl/media/", "content.xml", "pictures/")
#: The kind of the record of an .xlsb that names a sheet.
_SHEET = 156


class UnfitWorkbookError(ValueError):
    """A workbook cannot be read, for a reason in words."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells: its name, whether it can be seen, and the part of the archive that holds it, if known."""

    name: str
    visible: bool = True
    part: str = ""


class WorkbookArchive:
    """
    The archive of a workbook.

    Raises:
        UnfitWorkbookError: it is none, or unpacks to more than any workbook needs.
    """

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UnfitWorkbookError("this workbook is damaged, or was cut off") from error
        self._names = {info.filename.casefold().lstrip("/"): info for info in self._zip.infolist()}
        parts = [name for name in self._names if not name.startswith(_SHEETS)]
        size = sum(len(piece) for part in parts for piece in self._pieces(part, LARGEST_PARTS))
        if size > LARGEST_PARTS:
            raise _too_much()

    @property
    def is_binary(self) -> bool:
        """Whether it is an .xlsb."""
        return "xl/workbook.bin" in self._names

    def sheets(self) -> list[Sheet]:
        """
        Return the sheets that hold cells, in order, or none if the archive is no workbook of Excel.

        Raises:
            UnfitWorkbookError: the archive is damaged.
        """
        if self.is_binary:
            return list(self._binary_sheets())
        if "xl/workbook.xml" not in self._names:
            return []
        links = self._links("xl/_rels/workbook.xml.rels")
        found = self._elements("xl/workbook.xml", "sheet")
        return [
            Sheet(each["name"], each.get("state", "visible") == "visible", links[each["id"]])
            for each in found
            if each.get("id") in links and "name" in each
        ]

    def remarks_of_ods(self) -> CellRemarks:
        """
        Return how far the sheets of an .ods reach at most, as it is read whole when it is opened, and what is blank.

        Raises:
            UnfitWorkbookError: the archive is damaged, or unpacks to too much.
        """
        remarks = CellRemarks()
        if "content.xml" in self._names:
            read_ods(self._pieces("content.xml", LARGEST_SHEET), remarks)
        return remarks

    def remarks(self, sheet: Sheet) -> CellRemarks:
        """
        Return what there is to say of the cells of a sheet.

        Raises:
            UnfitWorkbookError: the archive is damaged, or the sheet unpacks to too much.
        """
        remarks = CellRemarks()
        if sheet.part:
            pieces = self._pieces(sheet.part.casefold(), LARGEST_SHEET)
            if self.is_binary:
                read_records(pieces, remarks)
            else:
                settings = next(iter(self._elements("xl/workbook.xml", "calcPr")), {})
                read_xml(pieces, remarks, stale=settings.get("fullCalcOnLoad") in {"1", "true"})
        return remarks

    def _pieces(self, part: str, most: int) -> Iterator[bytes]:
        """Yield a part of the archive unpacked, a piece at a time."""
        read = 0
        try:
            with self._zip.open(self._names[part]) as file:
                while piece := file.read(_PIECE):
                    read += len(piece)
                    if read > most:
                        raise _too_much()
                    yield piece
        except KeyError as error:
            raise UnfitWorkbookError(f"this workbook is damaged: it lacks {part}") from error
        except RuntimeError as error:  # a part is encrypted
            raise UnfitWorkbookError("this workbook is protected by a password") from error
        except UnfitWorkbookError:
            raise
        except Exception as error:
            raise UnfitWorkbookError("this workbook is damaged, or was cut off") from error

    def _elements(self, part: str, name: str) -> list[dict[str, str]]:
        """Return the attributes of the elements of a name, without what names their namespaces."""
        found: list[dict[str, str]] = []

        class Target:
            def start(self, tag: str, attributes: dict[str, str]) -> None:
                if tag.rpartition("}")[2] == name:
                    found.append({key.rpartition("}")[2]: value for key, value in attributes.items()})

            def end(self, tag: str) -> None:
                pass

            def data(self, text: str) -> None:
                pass

            def close(self) -> None:
                pass

        parser = XMLParser(target=Target())  # noqa: S314 - what it may unpack to is bounded, and expat bounds entities
        try:
            for piece in self._pieces(part, LARGEST_PARTS):
                parser.feed(piece)
            parser.close()
        except ParseError as error:
            raise UnfitWorkbookError(f"this workbook is damaged: {part} is not well-formed") from error
        return found

    def _links(self, part: str) -> dict[str, str]:
        """Return the parts that hold sheets of cells: the id of a link -> the part."""
        return {
            link["Id"]: str(PurePosixPath("xl", link["Target"])).lstrip("/")
            for link in self._elements(part, "Relationship")
            if link.get("Type", "").endswith("/worksheet") and {"Id", "Target"} <= link.keys()
        }

    def _binary_sheets(self) -> Iterator[Sheet]:
        links = self._links("xl/_rels/workbook.bin.rels")
        for kind, data in records(self._pieces("xl/workbook.bin", LARGEST_PARTS)):
            # how it is hidden, its number, the id of its link, its name
            if kind == _SHEET and len(data) > 8 and (texts := _texts(data[8:])) and texts[0] in links:
                yield Sheet(texts[1], data[:4] == bytes(4), links[texts[0]])


def _texts(data: bytes) -> tuple[str, str] | None:
    """Return the two texts that data begin with, each after its length, or None."""
    found: list[str] = []
    place = 0
    for _ in range(2):
        if place + 4 > len(data):
            return None
        length = 2 * struct.unpack_from("<I", data, place)[0]
        if length > 1 << 10:
            return None
        found.append(data[place + 4 : place + 4 + length].decode("utf-16-le", "replace"))
        place += 4 + length
    return found[0], found[1]


def _too_much() -> UnfitWorkbookError:
    return UnfitWorkbookError("this workbook unpacks to more than a workbook needs")
