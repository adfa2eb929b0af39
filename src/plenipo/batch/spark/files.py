"""The kinds of files and folders that Spark reads and writes, as Spark's frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
import pyspark.sql.functions as F  # noqa: N812 - everybody calls it so
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql.types import StringType

from plenipo.csv_safety import GUARD, START, guarded, inner
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, printable, quoted
from plenipo.rulebook.model import TRUE
from plenipo.situations.file_kinds import Kind, kind_by_name

#: The kinds of files that Spark reads and writes.
SPARK_KINDS = (Kind.PARQUET, Kind.CSV, Kind.TSV, Kind.JSONL)
#: The column in which Spark keeps a record that it cannot split into cells.
BROKEN_RECORD = "_plenipo_broken"
_CSV = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "enforceSchema": "false",
    # Spark would trim what it writes
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}
#: The types that a column keeps; any other becomes text.
_KEPT_TYPES: Mapping[str, pl.DataType] = {
    "byte": pl.Int8(),
    "short": pl.Int16(),
    "integer": pl.Int32(),
    "long": pl.Int64(),
    "boolean": pl.Boolean(),
    "float": pl.Float32(),
    "double": pl.Float64(),
}


@dataclass(frozen=True)
class SparkInput:
    """An input: its name, its columns with their types as Polars calls them, and the frame that holds its records."""

    name: str
    columns: Mapping[str, pl.DataType]
    frame: DataFrame


def spark_kind(word: str, given: Kind | None) -> Kind:
    """
    Return the kind of an input or an output: the given one, or the one that its name shows.

    Raises:
        UsageError: Spark does not read and write this kind.
    """
    kind = given or kind_by_name(word.rstrip("/").rpartition("/")[2])
    if kind in SPARK_KINDS:
        return kind
    if kind is None:
        raise UsageError(f"{quoted(word)} does not show by its name what it is", help=(f"it can be {_listed()}",))
    raise UsageError(f"Spark neither reads nor writes {quoted(kind.value)}", help=(f"it can be {_listed()}",))


def read_input(spark: SparkSession, word: str, given: Kind | None, separator: str | None = None) -> SparkInput:
    """
    Return a file, a folder or a pattern as Spark reads it; `separator` separates the cells of CSV and TSV.

    Raises:
        UsageError: nothing shows its kind.
        SituationError: it cannot be read.
    """
    kind = spark_kind(word, given)
    try:
        frame = _frame(spark, word, kind, separator or _separator(kind))
    except PySparkException as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        message = f"Spark cannot read this: {printable(first, 300)}"
        raise SituationError((Diagnostic("unreadable", message, Location(printable(word, 200))),)) from error
    columns = {field.name: _type(field.dataType.typeName()) for field in frame.schema if field.name != BROKEN_RECORD}
    return SparkInput(word, columns, frame)


def write_answers(answers: DataFrame, out: str, kind: Kind, yes_or_no: Iterable[str]) -> None:
    """Write answers to a folder, one file a partition; JSON has words of its own for the facts that are yes or no."""
    match kind:
        case Kind.PARQUET:
            answers.write.mode("errorifexists").parquet(out)
        case Kind.JSONL:
            worded = answers.withColumns({id: F.col(quote(id)) == TRUE for id in yes_or_no})
            worded.write.mode("errorifexists").option("ignoreNullFields", "false").json(out)
        case _:
            safe = _guarded(answers, _separator(kind)).write.mode("errorifexists")
            safe.options(**_CSV, sep=_separator(kind), emptyValue="").csv(out)


def _frame(spark: SparkSession, word: str, kind: Kind, separator: str) -> DataFrame:
    reader = spark.read.option("columnNameOfCorruptRecord", BROKEN_RECORD)
    match kind:
        case Kind.PARQUET:
            return reader.parquet(word)
        case Kind.JSONL:
            return reader.json(word)
        case _:
            reader = reader.options(**_CSV, sep=separator)
            return reader.schema(reader.csv(word).schema.add(BROKEN_RECORD, StringType())).csv(word)


def _guarded(answers: DataFrame, separator: str) -> DataFrame:
    """Return answers in which no cell, and no name of a column, can become a formula."""

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
    """Return the name of a column in quotes, so that it may hold any character."""
    return "`" + name.replace("`", "``") + "`"


def spark_type(kind: pl.DataType) -> str:
    """Return what Spark calls a type that a column keeps; any other becomes text."""
    return next((name for name, kept in _KEPT_TYPES.items() if kept == kind), "string")


def _separator(kind: Kind) -> str:
    return "\t" if kind is Kind.TSV else ","


def _type(name: str) -> pl.DataType:
    return _KEPT_TYPES.get(name, pl.String())


def _listed() -> str:
    return ", ".join(SPARK_KINDS)
