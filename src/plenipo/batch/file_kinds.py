"""The kinds of files that a batch is read from and written to, told by a file's name or by how it begins."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath


class Kind(StrEnum):
    """What a file holds: one situation, or a table of them."""

    FACTS = "facts"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    ARROW = "arrow"


#: The endings of each kind.
ENDINGS = {
    ".yaml": Kind.FACTS,
    ".yml": Kind.FACTS,
    ".json": Kind.FACTS,
    ".csv": Kind.CSV,
    ".tsv": Kind.TSV,
    ".tab": Kind.TSV,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".parquet": Kind.PARQUET,
    ".pq": Kind.PARQUET,
    ".arrow": Kind.ARROW,
    ".ipc": Kind.ARROW,
    ".feather": Kind.ARROW,
}
#: The endings of what is packed, with the bytes by which it begins.
PACKED = {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00"}
_FACTS = re.compile(rb"\s*(#[^\n]*\n\s*|---\s*\n\s*)*(title|as_of|facts|considering|notes|expect|likely)\s*:")


def named(name: str) -> Kind | None:
    """
    Return the kind that a file's name tells, packed or not, or None.

    >>> named("cases.csv.gz"), named("cases.dat")
    (<Kind.CSV: 'csv'>, None)
    """
    path = PurePath(name.casefold())
    return ENDINGS.get(PurePath(path.stem).suffix if path.suffix in PACKED else path.suffix)


def packing(start: bytes) -> str | None:
    """Return the ending of the kind of packing that bytes begin like, or None."""
    return next((ending for ending, magic in PACKED.items() if start.startswith(magic)), None)


def sniffed(start: bytes) -> Kind:
    """
    Return the kind that a file is by how it begins; what is nothing else is CSV, or TSV where its first line has tabs.

    >>> sniffed(b'{"facts": {"wind": "calm"}}'), sniffed(b'{"wind": "calm"}'), sniffed(b"wind,sky")
    (<Kind.FACTS: 'facts'>, <Kind.JSONL: 'jsonl'>, <Kind.CSV: 'csv'>)
    """
    start = start.removeprefix(b"\xef\xbb\xbf")
    if start.startswith(b"PAR1"):
        return Kind.PARQUET
    if start.startswith((b"ARROW1", b"\xff\xff\xff\xff")):
        return Kind.ARROW
    if start.lstrip().startswith(b"{"):
        nested = re.match(rb'\s*\{\s*("(title|as_of|\$schema)"\s*:\s*"[^"]*"\s*,\s*)*"facts"\s*:\s*\{', start)
        return Kind.FACTS if nested else Kind.JSONL
    if _FACTS.match(start):
        return Kind.FACTS
    first = start.partition(b"\n")[0]
    return Kind.TSV if b"\t" in first and b"," not in first else Kind.CSV
