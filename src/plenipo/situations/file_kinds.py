"""The kinds of files that hold situations, one or many, recognized by a file's name or by how its content begins."""

from __future__ import annotations

import os
import re
import shlex
from enum import StrEnum
from pathlib import Path, PurePath

from plenipo.errors import Diagnostic, Location, SituationError, shown
from plenipo.rulebook.files import FILE_ENDINGS


class Kind(StrEnum):
    """What a file holds: one situation, or a table of them. `endings` are what names of such files end in."""

    endings: tuple[str, ...]

    def __new__(cls, word: str, *endings: str) -> Kind:
        """Return a kind that is equal to its word."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.endings = endings
        return kind

    FACTS = "facts", *FILE_ENDINGS
    CSV = "csv", ".csv"
    TSV = "tsv", ".tsv", ".tab"
    JSONL = "jsonl", ".jsonl", ".ndjson"
    PARQUET = "parquet", ".parquet", ".pq"
    ARROW = "arrow", ".arrow", ".ipc", ".feather"
    WORKBOOK = "xlsx", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"


#: The endings of compressed files, with the bytes that such files begin with.
COMPRESSED = {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00"}
_BINARY = {b"PAR1": Kind.PARQUET, b"ARROW1": Kind.ARROW, b"\xff\xff\xff\xff": Kind.ARROW}
#: How files begin that hold tables and are not read, in small letters, and what they are.
_FOREIGN = {
    b"%pdf": "a PDF file",
    b"$fl2": "a file of SPSS",
    b"$fl3": "a file of SPSS",
    b"<stata_dta>": "a file of Stata",
    b"rdx2\n": "a file of R",
    b"rdx3\n": "a file of R",
    b"x\n\x00\x00\x00": "a file of R",
    b"sqlite format 3\0": "a database of SQLite",
    b"\x80\x04\x95": "a pickle of Python",
    b"\x80\x05\x95": "a pickle of Python",
    b"\x89hdf": "an HDF5 file",
    b"obj\x01": "an Avro file",
    b"{\\rtf": "a text of a word processor (RTF)",
    b"<!doctype html": "a web page, whatever its name says",
    b"<html": "a web page, whatever its name says",
    b"<table": "a web page, whatever its name says",
    b"<?xml": "an XML file",
}
_BY_ENDING = {ending: kind for kind in Kind for ending in kind.endings}
_FACTS = re.compile(rb"\s*(#[^\n]*\n\s*|---\s*\n\s*)*(title|as_of|facts|considering|notes|expect|likely)\s*:")


def kind_by_name(name: str) -> Kind | None:
    """
    Return the kind that a file's name shows, compressed or not, or None.

    >>> kind_by_name("cases.csv.gz"), kind_by_name("cases.dat")
    (<Kind.CSV: 'csv'>, None)
    """
    path = PurePath(name.casefold())
    return _BY_ENDING.get(PurePath(path.stem).suffix if path.suffix in COMPRESSED else path.suffix)


def compression(start: bytes) -> str | None:
    """Return the ending of the compression that content with this beginning has, or None."""
    return next((ending for ending, magic in COMPRESSED.items() if start.startswith(magic)), None)


def is_array(start: bytes) -> bool:
    """Return whether content that begins so is a JSON array of objects."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|\]\s*\Z)", start) is not None


def is_workbook(start: bytes) -> bool:
    """Return whether content begins as a workbook does, which is a zip archive, or a file of old versions of Excel."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def refuse_many(path: Path) -> None:
    """
    Refuse a table, by its name, or a folder where one situation is wanted, and say what takes it.

    Raises:
        SituationError: it is one.
    """
    name = shown(path)
    if os.path.isdir(path):  # noqa: PTH112 - a path may be too long to look at
        what, answers = "a folder, not a file", "every fact file in it"
    elif os.path.isfile(path) and kind_by_name(path.name) not in {None, Kind.FACTS}:  # noqa: PTH113 - likewise
        what, answers = "a table, and one situation is wanted", "every row of it"
    else:
        return
    help = (f"`{shlex.join(['plenipo', 'batch', name])}` advises on {answers}",)
    raise SituationError((Diagnostic("unreadable", f"this is {what}", Location(name), help=help),))


def kind_beyond_doubt(start: bytes) -> Kind | None:
    """Return the kind of a file that begins as no text does, whatever its name says, or None."""
    if is_workbook(start):
        return Kind.WORKBOOK
    return next((kind for magic, kind in _BINARY.items() if start.startswith(magic)), None)


def foreign_kind(start: bytes) -> str | None:
    """
    Return what a file is that begins so, if it is none of these kinds, or None.

    >>> foreign_kind(b"<!DOCTYPE html><table>"), foreign_kind(b"case,wind")
    ('a web page, whatever its name says', None)
    """
    folded = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((what for magic, what in _FOREIGN.items() if folded.startswith(magic)), None)


def is_json(start: bytes) -> bool:
    """Return whether content begins as an object of JSON, or an array of them, does."""
    return re.match(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*"', start) is not None


def is_json_lines(start: bytes) -> bool:
    """Return whether content begins with an object on a line and another one below."""
    first, _, rest = start.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def kind_by_content(start: bytes) -> Kind:
    """
    Return the kind of a file that begins so; what is nothing else is CSV, or TSV where its first line has tabs.

    >>> kind_by_content(b'{"facts": {"wind": "calm"}}'), kind_by_content(b'{"wind": "calm"}')
    (<Kind.FACTS: 'facts'>, <Kind.JSONL: 'jsonl'>)
    """
    start = start.removeprefix(b"\xef\xbb\xbf")
    if binary := kind_beyond_doubt(start):
        return binary
    if is_array(start):
        return Kind.JSONL
    if start.lstrip().startswith(b"{"):
        nested = re.match(rb'\s*\{\s*("(title|as_of|\$schema)"\s*:\s*"[^"]*"\s*,\s*)*"facts"\s*:\s*\{', start)
        return Kind.FACTS if nested else Kind.JSONL
    if _FACTS.match(start):
        return Kind.FACTS
    first = start.partition(b"\n")[0]
    return Kind.TSV if b"\t" in first and b"," not in first else Kind.CSV
