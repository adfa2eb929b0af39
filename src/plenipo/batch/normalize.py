"""Cells: what stands in a part is brought to facts in their one spelling, and rows where that fails become rejects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from plenipo.batch.columns import Columns
from plenipo.batch.impossible_rows import exclusions
from plenipo.batch.output.cell_text import as_text
from plenipo.batch.rejects import Reject
from plenipo.batch.sources.fact_files import FILE
from plenipo.batch.sources.source import RECORD, Part
from plenipo.errors import listed, nearest, quoted
from plenipo.rulebook.model import UNKNOWN, Rulebook

#: How many misspelt values are remembered with what they were meant to be.
_REMEMBERED = 10_000


@dataclass(frozen=True)
class Read:
    """The rows of a part that can be answered, and the faults of the others."""

    frame: pl.DataFrame
    rejects: tuple[Reject, ...]


class Reader:
    """
    Reads parts: a frame with the key, every fact as an enumeration, and what is kept; a null is a fact not known.
    """

    def __init__(self, rulebook: Rulebook, columns: Columns) -> None:
        self._rulebook = rulebook
        self._columns = columns
        self._types = {id: pl.Enum(list(fact.values)) for id, fact in rulebook.facts.items()}
        self.schema: dict[str, pl.DataType] = {columns.key: columns.key_type, **columns.extra, **self._types}
        self._exclusions = exclusions(rulebook)
        self._guess = lru_cache(_REMEMBERED)(self._nearest)

    def read(self, part: Part, source: str) -> Read:
        """Return what can be answered of a part of the source of a name."""
        raw = part.frame
        if raw.is_empty():
            return Read(pl.DataFrame(schema=self.schema), part.rejects)
        given = {id: raw[id] for id in self._rulebook.facts if id in raw.columns}
        told = {id: as_text(cells) for id, cells in given.items()}
        facts = (
            raw.select(RECORD).with_columns(told.values()).with_columns(_spelled(id, self._types[id]) for id in told)
        )
        rejects, bad = list(part.rejects), pl.repeat(False, raw.height, eager=True)
        numbered = raw.select(RECORD, key=self._key(raw, source))
        for id, cells in told.items():
            if facts[id].null_count() > cells.null_count():
                mended, wrong = self._mend(id, cells, facts[id])
                facts = facts.with_columns(mended)
                bad |= wrong
                rejects += self._unread(source, id, numbered.with_columns(value=cells).filter(wrong))
        keyless = numbered["key"].is_null()
        bad |= keyless
        rejects += [self._keyless(source, record) for record in numbered[RECORD].filter(keyless)]
        facts = facts.drop(RECORD).with_columns(
            pl.lit(None, self._types[id]).alias(id) for id in self._types if id not in told
        )
        broken = [fault for each in self._exclusions for fault in each.broken(source, facts, numbered)]
        if broken:
            bad |= numbered[RECORD].is_in({fault.record for fault in broken})
            rejects += broken
        whole = pl.concat(
            [numbered.select(pl.col("key").alias(self._columns.key)), self._kept(raw), facts], how="horizontal"
        )
        whole = whole.select(list(self.schema))
        return Read(whole.filter(~bad) if bad.any() else whole, tuple(_in_order(rejects)))

    def _key(self, raw: pl.DataFrame, source: str) -> pl.Expr:
        columns = self._columns
        if columns.given:
            key = pl.col(columns.key).cast(columns.key_type)
            return pl.when(key != "").then(key) if columns.key_type == pl.String else key
        if FILE in raw.columns:
            return pl.col(FILE)
        return pl.format("{}:{}", pl.lit(source), pl.col(RECORD)) if columns.several else pl.col(RECORD)

    def _kept(self, raw: pl.DataFrame) -> pl.DataFrame:
        def cells(name: str, kind: pl.DataType) -> pl.Series:
            if name not in raw.columns:
                return pl.repeat(None, raw.height, dtype=kind, eager=True)
            return as_text(raw[name]) if kind == pl.String else raw[name].cast(kind, strict=False)

        kept = [cells(name, kind).alias(name) for name, kind in self._columns.extra.items()]
        return pl.DataFrame(kept) if kept else pl.DataFrame(height=raw.height)

    def _mend(self, id: str, cells: pl.Series, read: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Return a fact with its other spellings read as well, and the rows that cannot be read at all."""
        fact = self._rulebook.facts[id]
        odd = cells.is_not_null() & read.is_null()
        spellings = {text: fact.read(text) for text in cells.filter(odd).unique()}
        values = {text: value for text, value in spellings.items() if value not in {None, UNKNOWN}}
        mended = read
        if values:
            other = cells.replace_strict(list(values), list(values.values()), default=None, return_dtype=read.dtype)
            mended = pl.select(pl.coalesce(pl.lit(read), pl.lit(other)).alias(id)).to_series()
        wrong = [text for text, value in spellings.items() if value is None]
        return mended, cells.is_in(wrong).fill_null(value=False)

    def _unread(self, source: str, id: str, rows: pl.DataFrame) -> Iterator[Reject]:
        fact = self._rulebook.facts[id]
        values = ["yes", "no"] if fact.boolean else list(fact.values)
        reason = f"no value of the fact {quoted(id)}: its values are {listed(values)}"
        for record, case, value in rows.select(RECORD, "key", "value").iter_rows():
            yield Reject(source, record, case, id, value, reason, self._guess(id, value), record, "unknown-value")

    def _keyless(self, source: str, record: int) -> Reject:
        reason = "there is no key in this row"
        return Reject(source, record, None, self._columns.key, None, reason, record=record, check="missing-key")

    def _nearest(self, id: str, text: str) -> str | None:
        fact = self._rulebook.facts[id]
        values = ["yes", "no", *fact.values] if fact.boolean else list(fact.values)
        return nearest(text.strip(), values)


def _spelled(id: str, type: pl.Enum) -> pl.Expr:
    """Return a fact's value where a cell is one exactly: much quicker than a cast, which looks every text up."""
    read = pl.lit(None, type)
    for value in type.categories:
        read = pl.when(pl.col(id) == value).then(pl.lit(value, type)).otherwise(read)
    return read.alias(id)


def _in_order(rejects: list[Reject]) -> list[Reject]:
    return sorted(rejects, key=lambda reject: (reject.file, reject.record, reject.row))
