"""Plain lines of JSON, as most are, read by Polars: what it returns is what the careful reader would, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

#: What takes the place of null, to tell a key with null from one that is not there. No text has its first letter.
_NULL = "\x7fnull"
#: More columns than this, and the time goes into handing them over.
_MOST_COLUMNS = 2_000
#: A blank before a colon; or a value that is a list, an object, or a number that Polars writes otherwise than Python.
_ODD = (
    r'"(?:\s+:|:\x20?(?:[^"tf0-9\x20-]|\x20[^"tf0-9-]|-?(?:\d{16}|0\.0000|\d*[eE]|\d*\.\d*[eE]|\d*\.\d{17}'
    r"|\d*\.\d*0(?:[^0-9]|\z))))"
)


@dataclass(frozen=True)
class PlainLines:
    """What so many plain lines hold: their texts under each name, and how many of them have such a key."""

    count: int
    texts: Mapping[str, pl.Series]
    keys: Mapping[str, int]


def read_plain(block: bytes, count: int, names: Collection[str]) -> PlainLines | None:
    """
    Return what a block of so many lines holds under these names.

    Return None where it is not beyond doubt that every line is an object with none but these keys, each of them once,
    and that its values are texts, yes, no, null or numbers that have one spelling.

    Polars refuses what is no JSON, passes over keys that it is not asked for, and keeps one of two equal keys. So the
    keys are counted: a colon follows each of them, or, where texts have colons, too, a quote and a colon. Where there
    are no more of them than cells, each is a key of its own.
    """
    if len(names) > _MOST_COLUMNS or _NULL[:1].encode() in block:
        return None
    null = ": null" if b'": ' in block[: block.find(b"\n")] else ":null"
    try:
        # within a text this makes what is no JSON, and a null that is written otherwise is odd; while Polars does it,
        # other threads go on, as they do not where Python does
        text = pl.Series([block]).cast(pl.String).str.replace_all(null, f'{null[:-4]}"{_NULL}"', literal=True)
        marked: bytes = text.cast(pl.Binary).item()
        frame = pl.read_ndjson(marked, schema=dict.fromkeys(names, pl.String()))
    except pl.exceptions.PolarsError:
        return None
    cells = sum(count - column.null_count() for column in frame)
    if frame.height != count or not (_all_texts(marked, cells) or _all_usual(marked, cells)):
        return None
    # a single byte is looked for twenty times as fast as two
    if b"\\" in block and b"\\u" in block and any(column.str.contains("\0", literal=True).any() for column in frame):
        return None  # what Polars makes of half a surrogate pair
    keys = {column.name: count - column.null_count() for column in frame}
    return PlainLines(count, {column.name: _with_nulls(column) for column in frame}, keys)


def _all_texts(marked: bytes, cells: int) -> bool:
    """Return whether there are no more keys than cells, and no more quotes than those of a key and a text for each."""
    # an escaped quote is not one of these, and a list may hold others
    if b"\\" in marked or b"[" in marked:
        return False
    # eight times as fast as `bytes.count`
    each = pl.Series([marked]).cast(pl.List(pl.UInt8)).explode()
    return bool((each == ord(":")).sum() == cells and (each == ord('"')).sum() == 4 * cells)


def _all_usual(marked: bytes, cells: int) -> bool:
    """Return whether there are no more keys than cells, and nothing odd."""
    odd = pl.Series([marked]).cast(pl.String).str.contains(_ODD).item()
    return not odd and cells in (marked.count(mark) for mark in (b":", b'":'))


def _with_nulls(cells: pl.Series) -> pl.Series:
    marked = cells == _NULL
    return cells.set(marked, None) if marked.any() else cells
