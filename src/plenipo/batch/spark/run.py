"""One run of a batch on Spark, from the files that it reads to the folder that holds the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals as nw
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, Observation, SparkSession

from plenipo.batch.counts import FIRST_FAULTS, BatchSummary, by_option, by_rule
from plenipo.batch.decide_columns import decide_columns
from plenipo.batch.job import Job, Reasons
from plenipo.batch.metadata import metadata_of
from plenipo.batch.normalize import Normalizer
from plenipo.batch.rejects import Reject
from plenipo.batch.spark.counts import ANSWERED_COUNT, WRONG_COUNT, count_columns
from plenipo.batch.spark.files import read_input, spark_kind, write_answers
from plenipo.batch.spark.normalize import WRONG_ROW, gather, normalize, rejects
from plenipo.batch.spark.output_folder import OutputFolder
from plenipo.engines.columns import ColumnEngine
from plenipo.errors import SituationError, UsageError, printable
from plenipo.rulebook.model import Rulebook
from plenipo.situations.file_kinds import Kind


def run_in_session(spark: SparkSession, rulebook: Rulebook, job: Job) -> BatchSummary:
    """
    Answer every situation of the inputs in a session and return what came of it.

    Raises:
        SituationError: an input cannot be read, has a column that is not a fact, or, where `strict`, a wrong row.
        UsageError: the job asks for something that Spark cannot do.
    """
    _check(job)
    try:
        folder = None if job.out is None else OutputFolder(spark, job.out, force=job.force)
        return _SparkRun(spark, rulebook, job).run(folder)
    except PySparkException as error:
        first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise UsageError(f"Spark gave up: {printable(first, 300)}") from error


def _check(job: Job) -> None:
    if job.key is None:
        message = "Spark keeps rows in no order, so that a key has to identify them"
        raise UsageError(message, help=("--key COLUMN names it",))
    if job.sheet is not None or job.encoding is not None:
        raise UsageError("`--sheet` and `--encoding` are for one machine", help=("leave `--engine spark` out",))
    if job.resume:
        raise UsageError("`--resume` is for one machine: Spark itself does again what a lost worker was doing")
    if job.out == "-" or "-" in job.inputs:
        raise UsageError("Spark has no standard input and output", help=("name files or folders",))


class _SparkRun:
    """Frames from what Spark reads to the answers, and what is counted on the way."""

    def __init__(self, spark: SparkSession, rulebook: Rulebook, job: Job) -> None:
        self._rulebook, self._job = rulebook, job
        self._kind = Kind.PARQUET if job.out is None else spark_kind(job.out, job.form)
        self._reasons = job.reasons_in(self._kind)
        inputs = [read_input(spark, word, job.kind, job.separator) for word in job.inputs]
        self._columns = decide_columns(rulebook, inputs, job.key, keep=job.extra)
        self._engine = ColumnEngine(rulebook)
        self._normalizer = Normalizer(rulebook, self._columns)
        raw = gather(inputs, rulebook, self._columns)
        self._records = normalize(raw, rulebook, self._columns, self._engine.impossible())

    def run(self, folder: OutputFolder | None) -> BatchSummary:
        """Answer, write what is to be written, and return what came of it."""
        if self._job.strict and (first := next(self._rejects(), None)):
            raise SituationError((first.diagnostic(),))
        return self._count() if folder is None else self._write(folder)

    def _count(self) -> BatchSummary:
        counts = self._answers().agg(*count_columns(self._rulebook, self._engine.masks)).first().asDict()
        wrong = _CountedRejects(self._rejects() if counts[WRONG_COUNT] else iter(()))
        for _ in wrong.lines():
            pass
        return self._summary(counts, wrong, None)

    def _write(self, folder: OutputFolder) -> BatchSummary:
        folder.check()
        counts = Observation()
        rulebook = self._rulebook if self._job.summary else None
        answers = self._answers().observe(counts, *count_columns(rulebook, self._engine.masks))
        bits = () if self._reasons is Reasons.BITS else self._engine.masks.names
        wrong = _CountedRejects(iter(()))
        metadata = metadata_of(self._job, self._kind, self._rulebook, self._columns.key, self._engine.masks)
        try:
            right = answers.filter(f"NOT {WRONG_ROW}").drop(WRONG_ROW, *bits)
            yes_or_no = [id for id in metadata.facts if self._rulebook.facts[id].boolean]
            write_answers(right, folder.temporary, self._kind, yes_or_no)
            if counts.get[WRONG_COUNT]:
                wrong = _CountedRejects(self._rejects())
                folder.reject(wrong.lines())
            folder.finish(metadata.text())
        finally:
            folder.clear()
        return self._summary(counts.get, wrong, folder)

    def _answers(self) -> DataFrame:
        """Return the answers to all rows, wrong ones too, with the rules that fired as bits."""
        facts = self._rulebook.facts if self._job.facts else ()
        carry = [self._columns.key, *self._columns.extra, *facts, WRONG_ROW]
        frame = nw.from_native(self._records)
        answers: DataFrame = self._engine.answer(frame, carry, ids=self._reasons is Reasons.IDS).to_native()
        return answers

    def _rejects(self) -> Iterator[Reject]:
        return rejects(self._records, self._normalizer, self._columns)

    def _summary(self, counts: Mapping[str, int], wrong: _CountedRejects, folder: OutputFolder | None) -> BatchSummary:
        counted = self._job.summary or folder is None
        return BatchSummary(
            self._rulebook,
            counts[ANSWERED_COUNT],
            counts[WRONG_COUNT],
            wrong.faults,
            by_option(self._rulebook, counts) if counted else None,
            by_rule(self._rulebook, counts) if counted else None,
            tuple(wrong.first),
            printable(folder.rejects, 200) if folder and wrong.faults else None,
            out=printable(folder.path, 200) if folder else None,
        )


class _CountedRejects:
    """Rejects on their way into a file: counted, and the first of them kept."""

    def __init__(self, rejects: Iterator[Reject]) -> None:
        self._rejects = rejects
        self.faults = 0
        self.first: list[Reject] = []

    def lines(self) -> Iterator[str]:
        """Yield every fault as a line."""
        for reject in self._rejects:
            self.faults += 1
            if len(self.first) < FIRST_FAULTS:
                self.first.append(reject)
            yield reject.line()
