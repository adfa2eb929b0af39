"""Tables: the kinds of files and folders that Spark reads and writes, as frames of Spark's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import pyspark.sql.functions as F  # noqa: N812 - so everybody calls it
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql.types import StringType

from plenipo.batch.file_kinds import Kind, named
from plenipo.csv_safety import GUARD, START, guarded, inner
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, printable, quoted

#: What Spark has of the kinds of a batch.
KINDS = (Kind.PARQUET, Kind.CSV, Kind.TSV, Kind.JSONL)
#: The column in which Spark keeps a record that it cannot take apart.
BROKEN = "_plenipo_broken"
_CSV = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "enforceSchema": "false",
    # Spark would trim what it writes
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}
#: The types that a column keeps; any other is told as text.
_TYPES: Mapping[str, pl.DataType] = {
    "byte": pl.Int8(),
    "short": pl.Int16(),
    "integer": pl.Int32(),
    "long": pl.Int64(),
    "boolean": pl.Boolean(),
    "float": pl.Float32(),
    "double": pl.Float64(),
}


@dataclass(frozen=True)
class Given:
    """An input: its name, its columns as other batches name their types, and the frame that holds its records."""

    name: str
    columns: Mapping[str, pl.DataType]
    frame: DataFrame


def kind_of(word: str, told: Kind | None) -> Kind:
    """
    Return the kind of an input or an output: what is told, or what its name says.

    Raises:
        UsageError: it is none of those that Spark reads and writes.
    """
    kind = told or named(word.rstrip("/").rpartition("/")[2])
    if kind in KINDS:
        return kind
    if kind is None:
        raise UsageError(f"{quoted(word)} does not say by its name what it is", help=(f"it may be {_listed()}",))
    raise UsageError(f"Spark neither reads nor writes {quoted(kind.value)}", help=(f"it may be {_listed()}",))


def read(spark: SparkSession, word: str, told: Kind | None) -> Given:
    """
    Return a file, a folder or a pattern as Spark reads it.

    Raises:
        UsageError: its kind cannot be told.
        SituationError: it cannot be read.
    """
    kind = kind_of(word, told)
    try:
        frame = _frame(spark, word, kind)
    except PySparkException as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        place = Location(printable(word, 200))
        raise SituationError(
            (Diagnostic("unreadable", f"Spark cannot read this: {printable(first, 300)}", place),)
        ) from error
    columns = {field.name: _type(field.dataType.typeName()) for field in frame.schema if field.name != BROKEN}
    return Given(word, columns, frame)


def write(answers: DataFrame, out: str, kind: Kind) -> None:
    """Write answers to a folder, one file a partition."""
    writer = answers.write.mode("errorifexists")
    match kind:
        case Kind.PARQUET:
            writer.parquet(out)
        case Kind.JSONL:
            writer.option("ignoreNullFields", "false").json(out)
        case _:
            safe = _safe(answers, _separator(kind)).write.mode("errorifexists")
            safe.options(**_CSV, sep=_separator(kind), emptyValue="").csv(out)


def _frame(spark: SparkSession, word: str, kind: Kind) -> DataFrame:
    reader = spark.read.option("columnNameOfCorruptRecord", BROKEN)
    match kind:
        case Kind.PARQUET:
            return reader.parquet(word)
        case Kind.JSONL:
            return reader.json(word)
        case _:
            reader = reader.options(**_CSV, sep=_separator(kind))
            return reader.schema(reader.csv(word).schema.add(BROKEN, StringType())).csv(word)


def _safe(answers: DataFrame, separator: str) -> DataFrame:
    """Return answers in which no cell, and no name of a column, can be taken for a formula."""

    def cell(name: str) -> Column:
        texts = F.regexp_replace(F.col(quote(name)), inner(separator), f"$1{GUARD}$2")
        return F.regexp_replace(texts, START, f"{GUARD}$0")

    texts = {field.name for field in answers.schema if field.dataType.typeName() == "string"}
    return answers.select(
        *(
            (cell(name) if name in texts else F.col(quote(name))).alias(guarded(name, separator))
            for name in answers.columns
        )
    )


def quote(name: str) -> str:
    """Return the name of a column as Spark takes it, whatever is in it."""
    return "`" + name.replace("`", "``") + "`"


def _separator(kind: Kind) -> str:
    return "\t" if kind is Kind.TSV else ","


def _type(told: str) -> pl.DataType:
    return _TYPES.get(told, pl.String())


def _listed() -> str:
    return ", ".join(KINDS)
