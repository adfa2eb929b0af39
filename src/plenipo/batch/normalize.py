"""From the cells of a part to facts in their one spelling; rows whose cells cannot be read become rejects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import polars as pl

from plenipo.batch.cell_text import as_text
from plenipo.batch.cell_words import is_two_things, meanings
from plenipo.batch.decide_columns import BatchColumns
from plenipo.batch.impossible_rows import tied_facts
from plenipo.batch.rejects import Reject
from plenipo.batch.sources.fact_files import FILE
from plenipo.batch.sources.source import CASE, RECORD, SourcePart
from plenipo.did_you_mean import nearest
from plenipo.errors import quoted, quoted_list
from plenipo.rulebook.loose_names import ValueNames, several
from plenipo.rulebook.model import UNKNOWN, LooseReading, Rulebook

#: How many misspelt values are remembered with their nearest ones.
_REMEMBERED = 10_000
_TWO_THINGS = (
    "may be the value `none` of the fact {}, or mean that it is not known: write `none` for the one, `unknown` for the "
    "other"
)


@dataclass(frozen=True)
class NormalizedPart:
    """
    The rows of a part that can be answered, and the faults of the others.

    `unknown` (word -> cells) counts the cells that mean unknown by a word that fact files have not, `read_as` those
    that were taken for a value without being it, letter by letter, and `keyless` the rows that were given their number
    for a key.
    """

    frame: pl.DataFrame
    rejects: tuple[Reject, ...]
    unknown: Mapping[str, int] = field(default_factory=dict)
    read_as: Mapping[LooseReading, int] = field(default_factory=dict)
    keyless: int = 0


class Normalizer:
    """
    Reads parts into frames with the columns of `schema`: the key, what is kept, and every fact as an enumeration.

    A null means that the fact is unknown.
    """

    def __init__(self, rulebook: Rulebook, columns: BatchColumns) -> None:
        self._facts = rulebook.facts
        self._values = {id: ValueNames(fact) for id, fact in rulebook.facts.items()}
        self._columns = columns
        self._types = {id: pl.Enum(list(fact.values)) for id, fact in rulebook.facts.items()}
        self._exact = {id: _exact(id, type) for id, type in self._types.items()}
        self.schema: dict[str, pl.DataType] = {columns.key: columns.key_type, **columns.extra, **self._types}
        self._tied = tied_facts(rulebook)
        self._guess = lru_cache(_REMEMBERED)(self._nearest)

    def normalize(self, part: SourcePart, source: str) -> NormalizedPart:
        """Return what can be answered of a part of the source of this name."""
        raw = self._named(part.frame)
        rejects = list(self._with_keys(part.rejects))
        if raw.is_empty():
            return NormalizedPart(pl.DataFrame(schema=self.schema), tuple(rejects), read_as=part.read_as)
        numbered = pl.DataFrame({RECORD: raw[RECORD], CASE: self._key(raw, source)})
        keyless = numbered[CASE].is_null()
        if keyless.any() and (empty := raw.select(pl.all_horizontal(pl.exclude(RECORD).is_null())).to_series()).any():
            # as spreadsheets leave them at the end
            return self.normalize(replace(part, frame=raw.filter(~empty)), source)
        unknown: Counter[str] = Counter()
        read_as = Counter(part.read_as)
        required = keyless if not self._columns.key_taken else pl.repeat(False, raw.height, eager=True)
        bad = required
        given = {column.name: column for column in raw}
        cells = {id: as_text(given[id]) for id in self._facts if id in given}
        facts = raw.select(RECORD).with_columns(cells.values())
        facts = facts.with_columns(self._exact[id] for id in cells)
        for id, texts in cells.items():
            if facts[id].null_count() > texts.null_count():
                mended, wrong = self._mend(id, texts, facts[id], unknown, read_as)
                facts = facts.with_columns(mended)
                bad |= wrong
                rejects += self._unread(source, id, numbered.with_columns(value=texts).filter(wrong))
        rejects += [self._keyless(source, record) for record in numbered[RECORD].filter(required)]
        missing = (pl.lit(None, type).alias(id) for id, type in self._types.items() if id not in cells)
        facts = facts.drop(RECORD).with_columns(missing)
        impossible = [fault for tied in self._tied for fault in tied.rejects(source, facts, numbered)]
        if impossible:
            bad |= numbered[RECORD].is_in({fault.record for fault in impossible})
            rejects += impossible
        others = pl.DataFrame({self._columns.key: self._filled(numbered, source), **self._kept(given, raw.height)})
        whole = pl.concat([others, facts], how="horizontal")[list(self.schema)]
        in_order = sorted(rejects, key=lambda reject: (reject.file, reject.record, reject.row))
        missing_keys = int((keyless & ~bad).sum())
        return NormalizedPart(
            whole.filter(~bad) if bad.any() else whole, tuple(in_order), unknown, read_as, missing_keys
        )

    def _named(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a frame whose columns have the names that they are read as."""
        for name, id in self._columns.named.items():
            if name in frame.columns and id in frame.columns:
                # in JSON Lines every fact is a column, and a late line may name it in full
                cells, loose = as_text(frame[id]), as_text(frame[name].alias(id))
                both = (cells.is_not_null() & loose.is_not_null() & (cells != loose)).fill_null(value=False)
                whole = cells.fill_null(loose)
                frame = frame.drop(name).with_columns(whole.zip_with(~both, cells + " and " + loose))
            elif name in frame.columns:
                frame = frame.rename({name: id})
        return frame

    def _key(self, raw: pl.DataFrame, source: str) -> pl.Series:
        columns = self._columns
        if columns.key_given:
            # Polars takes the name of a series for a pattern, too
            key = raw[columns.key].alias(CASE).cast(columns.key_type)
            return key.set(key.str.strip_chars() == "", None) if columns.key_type == pl.String else key
        if FILE in raw.columns:
            return raw[FILE]
        if columns.several:
            return raw.select(pl.format("{}:{}", pl.lit(source), pl.col(RECORD))).to_series()
        return raw[RECORD]

    def _filled(self, numbered: pl.DataFrame, source: str) -> pl.Series:
        """Return the keys, with the numbers of the rows that have none where nobody asked for this key."""
        keys = numbered[CASE]
        if not (self._columns.key_taken and keys.dtype == pl.String and keys.null_count()):
            return keys
        place = f"{source}:" if self._columns.several else "row "
        return numbered.select(pl.col(CASE).fill_null(pl.format("{}{}", pl.lit(place), pl.col(RECORD)))).to_series()

    def _kept(self, given: Mapping[str, pl.Series], rows: int) -> dict[str, pl.Series]:
        def cells(name: str, kind: pl.DataType) -> pl.Series:
            if name not in given:
                return pl.repeat(None, rows, dtype=kind, eager=True)
            found = given[name].alias("kept")
            return as_text(found) if kind == pl.String else found.cast(kind, strict=False)

        return {name: cells(name, kind) for name, kind in self._columns.extra.items()}

    def _mend(
        self, id: str, cells: pl.Series, exact: pl.Series, unknown: Counter[str], read_as: Counter[LooseReading]
    ) -> tuple[pl.Series, pl.Series]:
        """
        Return a fact with its other spellings read as well, and which rows cannot be read at all.

        What is read as unknown by a word that fact files have not is counted in `unknown`, and in `read_as` what is
        taken for a value by its label or by letters that make no difference.
        """
        fact, names = self._facts[id], self._values[id]
        odd = cells.is_not_null() & exact.is_null()
        times = dict(cells.filter(odd).alias("cell").value_counts(name="times").iter_rows())
        meant = {text: meanings(fact, names, text) for text in times}
        spellings = {text: values[0] if len(values) == 1 else None for text, values in meant.items()}
        for text in (text for text, value in spellings.items() if value == UNKNOWN and fact.read(text) != UNKNOWN):
            unknown[text.strip()] += times[text]
        values = {text: value for text, value in spellings.items() if value not in {None, UNKNOWN}}
        for text, value in values.items():
            if value in names.meant(text) and (reading := names.reading(text, value or "")):
                read_as[reading] += times[text]
        mended = exact
        if values:
            other = cells.replace_strict(list(values), list(values.values()), default=None, return_dtype=exact.dtype)
            mended = pl.select(pl.coalesce(pl.lit(exact), pl.lit(other)).alias(id)).to_series()
        wrong = [text for text, value in spellings.items() if value is None]
        return mended, cells.is_in(wrong).fill_null(value=False)

    def _unread(self, source: str, id: str, rows: pl.DataFrame) -> Iterator[Reject]:
        reason = f"no value of the fact {quoted(id)}: its values are {quoted_list(self._facts[id].spelled)}"
        for record, case, value in rows.select(RECORD, CASE, "value").iter_rows():
            why, near = reason, self._guess(id, value)
            if is_two_things(self._facts[id], value):
                why, near = f"{quoted(value.strip())} {_TWO_THINGS.format(quoted(id))}", None
            elif len(found := meanings(self._facts[id], self._values[id], value)) > 1:
                why, near = f"{several(value, found, 'value')}, of the fact {quoted(id)}", None
            yield Reject(source, record, case, id, value, why, near, record, "unknown-value")

    def _with_keys(self, rejects: Iterable[Reject]) -> Iterator[Reject]:
        """Yield rejects of rows that could not be read with their keys, where these could be."""
        for reject in rejects:
            wanted = self._columns.keys if self._columns.key_given and reject.case is None else ()
            key = next((reject.cells[name] for name in wanted if name in reject.cells), None)
            yield replace(reject, case=key) if key else reject

    def _keyless(self, source: str, record: int) -> Reject:
        reason = "there is no key in this row"
        return Reject(source, record, None, self._columns.key, None, reason, record=record, check="missing-key")

    def _nearest(self, id: str, text: str) -> str | None:
        fact = self._facts[id]
        known = dict.fromkeys([*fact.spelled, *fact.values])
        return nearest(text.strip(), list(known))


def _exact(id: str, type: pl.Enum) -> pl.Expr:
    """Return a fact's value where the cell is exactly that: much quicker than a cast, which looks up every text."""
    read = pl.lit(None, type)
    for value in type.categories:
        read = pl.when(pl.col(id) == value).then(pl.lit(value, type)).otherwise(read)
    return read.alias(id)
