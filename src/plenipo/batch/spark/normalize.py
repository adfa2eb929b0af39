"""From the cells of Spark's frames to facts in their one spelling; rows whose cells cannot be read are marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import polars as pl
import pyspark.sql.functions as F  # noqa: N812 - everybody calls it so
from pyspark.sql import Column, DataFrame

from plenipo.batch.cell_words import NOT_KNOWN, PYTHONS_NONE, YES_AND_NO
from plenipo.batch.decide_columns import BatchColumns
from plenipo.batch.normalize import Normalizer
from plenipo.batch.rejects import Reject
from plenipo.batch.sources.source import RECORD, SourcePart
from plenipo.batch.spark.files import BROKEN_RECORD, SparkInput, quote, spark_type
from plenipo.rulebook.loose_names import ValueNames, loose_key
from plenipo.rulebook.model import BLANKS, SPELLINGS, Fact, Rulebook

#: The columns that say whether a row is wrong, and which file it comes from.
WRONG_ROW = "_plenipo_wrong"
ORIGIN = "_plenipo_origin"
#: All cells of a row as the input has them.
_RAW = "_plenipo_raw"
#: What a fact becomes whose cell holds something that is not one of its values.
_ODD = "?"
#: Wrong rows that are reported at a time.
_AT_A_TIME = 10_000
#: White space at either end, in any script.
_MARGINS = r"(?U)^\s+|\s+$"
#: What makes no difference in names, as far as Java knows it (see `loose_names`); quotes are given by their numbers.
_NO_DIFFERENCE = r"(?U)[\s_\p{Z}\p{Pd}\p{Pi}\p{Pf}\p{Cf}\x22\x27\x60\u00b4\u2032\u2033\u2212]"


def gather(inputs: Sequence[SparkInput], rulebook: Rulebook, columns: BatchColumns) -> DataFrame:
    """Return the records of all inputs with their cells as they are: the key, the facts, and what is kept, as text."""
    every = [_cells(each, rulebook, columns) for each in inputs]
    return reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), every)


def normalize(
    raw: DataFrame, rulebook: Rulebook, columns: BatchColumns, impossible: Mapping[str, nw.Expr]
) -> DataFrame:
    """Return the records with every fact in its one spelling or null, and the column `WRONG_ROW`."""
    given = [id for id in rulebook.facts if id in raw.columns]
    records = raw.withColumn(_RAW, F.struct(*(F.col(quote(name)) for name in raw.columns)))
    spelled = records.withColumns({id: _spelled(rulebook.facts[id]) for id in given})
    odd = [F.col(quote(id)) == _ODD for id in given]
    wrong = [F.coalesce(each, F.lit(False)) for each in odd] + [F.col(quote(columns.key)).isNull()]
    if BROKEN_RECORD in raw.columns:
        wrong.append(F.col(BROKEN_RECORD).isNotNull())
    clean = spelled.withColumn(WRONG_ROW, _any(wrong)).withColumns(
        {
            id: F.when(F.col(quote(id)) != _ODD, F.col(quote(id))) if id in given else F.lit(None).cast("string")
            for id in rulebook.facts
        }
    )
    broken = {f"_plenipo_broken_{number}": expression for number, expression in enumerate(impossible.values())}
    if not broken:
        return clean
    held: DataFrame = nw.from_native(clean).with_columns(**broken).to_native()
    return held.withColumn(WRONG_ROW, _any([F.col(WRONG_ROW), *(F.col(name) for name in broken)])).drop(*broken)


def rejects(records: DataFrame, normalizer: Normalizer, columns: BatchColumns) -> Iterator[Reject]:
    """
    Yield the faults of the rows that `normalize` marks as wrong, as the normalizer of every other batch finds them.

    Spark has no number for a row, so that `row` is 0, and the key identifies the row.
    """
    waiting: list[Mapping[str, Any]] = []
    for row in records.filter(F.col(WRONG_ROW)).select(f"{_RAW}.*").toLocalIterator():
        waiting.append(row.asDict())
        if len(waiting) == _AT_A_TIME:
            yield from _faults(waiting, normalizer, columns)
            waiting = []
    yield from _faults(waiting, normalizer, columns)


def _cells(given: SparkInput, rulebook: Rulebook, columns: BatchColumns) -> DataFrame:
    key = F.col(quote(_key_column(given, columns))).cast(spark_type(columns.key_type))
    kept = [(F.when(key != "", key) if columns.key_type == pl.String() else key).alias(columns.key)]
    kept += [
        F.col(quote(name)).cast(spark_type(type)).alias(name)
        for name, type in columns.extra.items()
        if name in given.columns
    ]
    names = {read_as: name for name, read_as in columns.named.items() if name in given.columns}
    facts = {id: names.get(id, id) for id in rulebook.facts}
    kept += [F.col(quote(name)).cast("string").alias(id) for id, name in facts.items() if name in given.columns]
    if BROKEN_RECORD in given.frame.columns:
        kept.append(F.col(BROKEN_RECORD))
    return given.frame.select(*kept, F.input_file_name().alias(ORIGIN))


def _key_column(given: SparkInput, columns: BatchColumns) -> str:
    return next(
        (name for name, key in columns.named.items() if key == columns.key and name in given.columns), columns.key
    )


def _spelled(fact: Fact) -> Column:
    """
    Return a fact's value as `read_cell` reads it: null where it is unknown, `_ODD` where nothing can be read.

    A few spellings that `read_cell` reads are odd here: letters of full width, and what only a full label tells apart.
    """
    cell = quote(fact.id)
    exact = f"regexp_replace({cell}, r'{_MARGINS}', '')"
    word, key = f"lower({exact})", f"regexp_replace(lower({cell}), r'{_NO_DIFFERENCE}', '')"
    names = ValueNames(fact)
    no_means = names.meant("no")
    spellings = {**SPELLINGS, **YES_AND_NO} if fact.boolean else {"no": no_means[0]} if len(no_means) == 1 else {}
    two_things = f"{exact} = '{PYTHONS_NONE}'" if PYTHONS_NONE.casefold() in fact.values else "FALSE"
    keys = names.keys()
    alike = {form: values[0] for form, values in keys.items() if len(values) == 1}
    pairs = [word for pair in alike.items() for word in pair]
    loosely = f"coalesce(try_element_at(map({_texts(pairs)}), {key}), '{_ODD}')" if pairs else f"'{_ODD}'"
    plain = [value for value in fact.values if keys.get(loose_key(value), (value,)) == (value,)]
    unknown = [spelling for spelling in (*BLANKS, *NOT_KNOWN) if loose_key(spelling) not in keys]
    # one text, because every part of an expression would be a call to Java
    return F.expr(
        f"CASE WHEN {cell} IS NULL OR {cell} IN ({_texts(fact.values)}) THEN {cell}"
        f" WHEN {two_things} THEN '{_ODD}'"
        f" WHEN {exact} IN ({_texts(BLANKS)}) THEN NULL"
        f" WHEN {exact} IN ({_texts(fact.values)}) THEN {exact}"
        f" WHEN {word} IN ({_texts([*plain, ''])}) THEN {word}"
        + "".join(
            f" WHEN {word} = {_texts([spelling])} THEN {_texts([value])}" for spelling, value in spellings.items()
        )
        + f" WHEN {word} IN ({_texts([*unknown, ''])}) THEN NULL"
        + f" ELSE {loosely} END"
    )


def _texts(words: Iterable[str]) -> str:
    escaped = (word.replace("\\", "\\\\").replace("'", "\\'") for word in words)
    return ", ".join(f"'{word}'" for word in escaped)


def _any(parts: Sequence[Column]) -> Column:
    return reduce(or_, parts)


def _faults(rows: Sequence[Mapping[str, Any]], normalizer: Normalizer, columns: BatchColumns) -> Iterator[Reject]:
    if not rows:
        return
    names = [name for name in rows[0] if name not in {BROKEN_RECORD, ORIGIN}]
    whole = [row for row in rows if row.get(BROKEN_RECORD) is None]
    for row in rows:
        if row.get(BROKEN_RECORD) is not None:
            yield Reject(
                row[ORIGIN], 0, row[columns.key], None, row[BROKEN_RECORD], "this record cannot be taken apart"
            )
    schema = {name: columns.key_type if name == columns.key else pl.String() for name in names}
    cells = {name: [_text(row[name], schema[name]) for row in whole] for name in names}
    frame = pl.DataFrame(cells, schema=schema).with_row_index(RECORD, 1)
    found = normalizer.normalize(SourcePart(frame, len(whole)), "")
    for reject in found.rejects:
        yield replace(reject, file=whole[reject.record - 1][ORIGIN], row=0)
    # Python finds small letters for capitals of other alphabets where Java finds none
    for case in found.frame[columns.key]:
        yield Reject("", 0, case, None, None, "this row is spelled as Spark does not read it")


def _text(cell: Any, type: pl.DataType) -> Any:
    return cell if cell is None or type != pl.String() else str(cell)
