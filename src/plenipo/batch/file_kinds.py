"""The kinds of files that a batch reads and writes, recognized by a file's name or by how its content begins."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath


class Kind(StrEnum):
    """What a file holds: one situation, or a table of them. `endings` are what names of such files end in."""

    endings: tuple[str, ...]

    def __new__(cls, word: str, *endings: str) -> Kind:
        """Return a kind that is equal to its word."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.endings = endings
        return kind

    FACTS = "facts", ".yaml", ".yml", ".json"
    CSV = "csv", ".csv"
    TSV = "tsv", ".tsv", ".tab"
    JSONL = "jsonl", ".jsonl", ".ndjson"
    PARQUET = "parquet", ".parquet", ".pq"
    ARROW = "arrow", ".arrow", ".ipc", ".feather"
    WORKBOOK = "xlsx", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"


#: The endings of compressed files, with the bytes that such files begin with.
COMPRESSED = {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00"}
_BINARY = {b"PAR1": Kind.PARQUET, b"ARROW1": Kind.ARROW, b"\xff\xff\xff\xff": Kind.ARROW}
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


def kind_by_content(start: bytes) -> Kind:
    """
    Return the kind of a file that begins so; what is nothing else is CSV, or TSV where its first line has tabs.

    >>> kind_by_content(b'{"facts": {"wind": "calm"}}'), kind_by_content(b'{"wind": "calm"}')
    (<Kind.FACTS: 'facts'>, <Kind.JSONL: 'jsonl'>)
    """
    start = start.removeprefix(b"\xef\xbb\xbf")
    if is_workbook(start):
        return Kind.WORKBOOK
    if binary := next((kind for magic, kind in _BINARY.items() if start.startswith(magic)), None):
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
