"""Texts: cells of any type as text, guarded where CSV or TSV is to hold them."""

from __future__ import annotations

import re

import polars as pl

from plenipo.csv_safety import GUARD, START, guarded, inner


def as_text(cells: pl.Series) -> pl.Series:
    """Return cells of any type as text, a null staying one; what no text stands for as what it looks like."""
    kind = cells.dtype
    if kind == pl.String:
        return cells
    if isinstance(kind, pl.Duration):
        return cells.dt.to_string("iso")
    if is_plain(kind) or kind == pl.Null:
        return cells.cast(pl.String)
    try:
        return pl.Series(cells.name, [None if each is None else str(each) for each in cells.to_list()], pl.String)
    except (ValueError, OverflowError):
        # Python has no days as long ago as Polars has
        told = pl.struct(cells.alias("")).struct.json_encode().str.slice(len('{"":')).str.head(-1)
        return pl.select(pl.when(cells.is_not_null()).then(told).alias(cells.name)).to_series()


def is_plain(kind: pl.DataType) -> bool:
    """Return whether cells of a type are numbers, texts, yes or no, or a point in time."""
    others = pl.String | pl.Boolean | pl.Categorical | pl.Enum | pl.Date | pl.Datetime | pl.Time
    return kind.is_numeric() or isinstance(kind, others)


def safe(frame: pl.DataFrame, separator: str) -> pl.DataFrame:
    """Return a frame in which no cell, and no name of a column, can become a formula; numbers stay numbers."""
    where = inner(separator)
    columns = []
    for name, kind in frame.schema.items():
        cells = frame[name]
        # ids are words, and most of the file
        harmless = kind.is_numeric() or kind == pl.Boolean or name == "fired"
        if harmless or (isinstance(kind, pl.Enum) and _harmless(kind, separator)):
            columns.append(cells)
            continue
        texts = as_text(cells)
        if texts.str.contains(where).any():
            texts = texts.str.replace_all(where, f"${{1}}{GUARD}${{2}}")
        if texts.str.contains(START).any():
            texts = texts.str.replace(START, f"{GUARD}${{0}}")
        columns.append(texts)
    return pl.DataFrame(columns).rename({name: guarded(name, separator) for name in frame.columns})


def _harmless(kind: pl.Enum, separator: str) -> bool:
    """Return whether no text of an enumeration is in need of a guard, as hardly one is."""
    pattern = re.compile(f"{START}|{inner(separator)}")
    return not any(pattern.search(text) for text in kind.categories)
