"""Running a batch on Spark, from the tables that it reads to the folder that holds the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals as nw
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, Observation, SparkSession

from plenipo.batch.columns import settle
from plenipo.batch.counts import SHOWN, Summary
from plenipo.batch.file_kinds import Kind
from plenipo.batch.job import Order, Reasons
from plenipo.batch.metadata import About
from plenipo.batch.normalize import Reader
from plenipo.batch.rejects import Reject
from plenipo.batch.spark import counts, files, normalize
from plenipo.batch.spark.output_folder import Folder
from plenipo.engines.columns import ColumnEngine
from plenipo.errors import SituationError, UsageError, printable
from plenipo.rulebook.model import Rulebook
from plenipo.version import VERSION


def answered(spark: SparkSession, rulebook: Rulebook, order: Order) -> Summary:
    """
    Answer every situation of the inputs in a session and return what came of it.

    Raises:
        SituationError: an input cannot be read, has a column that is no fact, or, where `strict`, a row that is wrong.
        UsageError: what is asked for cannot be had from Spark.
    """
    _check(order)
    try:
        folder = None if order.out is None else Folder(spark, order.out, force=order.force)
        return _Batch(spark, rulebook, order).run(folder)
    except PySparkException as error:
        first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise UsageError(f"Spark gave up: {printable(first, 300)}") from error


def _check(order: Order) -> None:
    if order.key is None:
        raise UsageError("Spark keeps rows in no order, so that a key has to tell them apart", help=("--key COLUMN",))
    if order.resume:
        raise UsageError("`--resume` is for one machine: Spark itself does again what a lost worker was doing")
    if order.out == "-" or "-" in order.inputs:
        raise UsageError("Spark has no standard input and output", help=("name files or folders",))


class _Batch:
    """One run: frames from what Spark reads to the answers, and what is counted on the way."""

    def __init__(self, spark: SparkSession, rulebook: Rulebook, order: Order) -> None:
        self._rulebook, self._order = rulebook, order
        self._form = Kind.PARQUET if order.out is None else files.kind_of(order.out, order.form)
        inputs = [files.read(spark, word, order.kind) for word in order.inputs]
        self._columns = settle(rulebook, inputs, order.key, keep=order.extra)
        self._engine = ColumnEngine(rulebook)
        impossible = self._engine.impossible()
        self._reader = Reader(rulebook, self._columns)
        self._read = normalize.read(
            normalize.gather(inputs, rulebook, self._columns), rulebook, self._columns, impossible
        )
        self._reasons = order.reasons_in(self._form)

    def run(self, folder: Folder | None) -> Summary:
        """Answer, write what is to be written, and return what came of it."""
        if self._order.strict and (first := next(self._rejects(), None)):
            raise SituationError((first.diagnostic(),))
        return self._counted() if folder is None else self._written(folder)

    def _counted(self) -> Summary:
        counted = self._answers().agg(*counts.counts(self._rulebook, self._engine.masks)).first().asDict()
        told = _Told(self._rejects() if counted[counts.WRONG] else iter(()))
        for _ in told.lines():
            pass
        return self._summary(counted, told, None)

    def _written(self, folder: Folder) -> Summary:
        folder.check()
        seen = Observation()
        rulebook = self._rulebook if self._order.summary else None
        answers = self._answers().observe(seen, *counts.counts(rulebook, self._engine.masks))
        bits = () if self._reasons is Reasons.BITS else self._engine.masks.names
        told = _Told(iter(()))
        try:
            files.write(
                answers.filter(f"NOT {normalize.WRONG}").drop(normalize.WRONG, *bits), folder.temporary, self._form
            )
            if seen.get[counts.WRONG]:
                told = _Told(self._rejects())
                folder.reject(told.lines())
            folder.settle(self._about().text())
        finally:
            folder.clear()
        return self._summary(seen.get, told, folder)

    def _answers(self) -> DataFrame:
        """Return the answers to all rows, also the wrong ones, with the rules that fired as bits."""
        facts = self._rulebook.facts if self._order.facts else ()
        carry = [self._columns.key, *self._columns.extra, *facts, normalize.WRONG]
        frame = nw.from_native(self._read)
        answered: DataFrame = self._engine.answer(frame, carry, ids=self._reasons is Reasons.IDS).to_native()
        return answered

    def _rejects(self) -> Iterator[Reject]:
        return normalize.rejects(self._read, self._reader, self._columns)

    def _about(self) -> About:
        facts = tuple(self._rulebook.facts) if self._order.facts else ()
        rules = self._engine.masks.rules if self._reasons is Reasons.BITS else ()
        return About(self._rulebook.digest, VERSION, self._columns.key, facts, self._reasons, rules, self._form)

    def _summary(self, counted: Mapping[str, int], told: _Told, folder: Folder | None) -> Summary:
        every = self._order.summary or folder is None
        return Summary(
            self._rulebook,
            counted[counts.ROWS],
            counted[counts.WRONG],
            told.faults,
            counts.verdicts(self._rulebook, counted) if every else None,
            counts.fired(self._rulebook, counted) if every else None,
            tuple(told.first),
            printable(folder.rejects, 200) if folder and told.faults else None,
            printable(folder.path, 200) if folder else None,
        )


class _Told:
    """Faults on their way into a file: counted, and the first of them kept."""

    def __init__(self, rejects: Iterator[Reject]) -> None:
        self._rejects = rejects
        self.faults = 0
        self.first: list[Reject] = []

    def lines(self) -> Iterator[str]:
        """Yield every fault as a line."""
        for reject in self._rejects:
            self.faults += 1
            if len(self.first) < SHOWN:
                self.first.append(reject)
            yield reject.line()
