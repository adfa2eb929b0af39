"""Cells of any type as text."""

from __future__ import annotations

import polars as pl


def as_text(cells: pl.Series) -> pl.Series:
    """Return cells of any type as text; a null stays one, and lists, and bytes that are no text, look as in Python."""
    kind = cells.dtype
    if kind == pl.String:
        return cells
    if isinstance(kind, pl.Duration):
        return cells.dt.to_string("iso")
    if is_plain(kind) or kind == pl.Null:
        return cells.cast(pl.String)
    try:
        return pl.Series(cells.name, [None if each is None else _shown(each) for each in cells.to_list()], pl.String)
    except (ValueError, OverflowError):
        # Python's calendar does not go back as far as that of Polars
        texts = pl.struct(cells.alias("")).struct.json_encode().str.slice(len('{"":')).str.head(-1)
        return pl.select(pl.when(cells.is_not_null()).then(texts).alias(cells.name)).to_series()


def _shown(cell: object) -> str:
    try:
        return cell.decode() if isinstance(cell, bytes) else str(cell)
    except UnicodeDecodeError:
        return str(cell)


def legible(cell: str) -> str:
    r"""
    Return a text in which a byte that is not UTF-8, which no file or message can hold as Python does, is `\xe9`.

    >>> legible("caf\udce9")
    'caf\\xe9'
    """
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_plain(kind: pl.DataType) -> bool:
    """Return whether cells of a type are numbers, texts, yes or no, or points in time."""
    others = pl.String | pl.Boolean | pl.Categorical | pl.Enum | pl.Date | pl.Datetime | pl.Time
    return kind.is_numeric() or isinstance(kind, others)
