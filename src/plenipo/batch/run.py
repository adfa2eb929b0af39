"""One run of a batch on this machine: job -> sources -> facts -> answers -> the file that holds them."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import polars as pl

from plenipo.batch.counts import (
    FIRST_FAULTS,
    KEYLESS_COUNT,
    LEFT_OUT_COUNT,
    UNKNOWN_COUNT,
    AnswerCounter,
    BatchSummary,
    by_option,
    by_reading,
    by_rule,
    by_word,
    read_count,
)
from plenipo.batch.decide_columns import decide_columns, factless, found_key, is_to_fill
from plenipo.batch.evaluate import Evaluator
from plenipo.batch.job import Job, Progress, Reasons
from plenipo.batch.lead_columns import LeadColumns, Leads
from plenipo.batch.metadata import metadata_file, metadata_of
from plenipo.batch.normalize import Normalizer
from plenipo.batch.output.destination import Destination
from plenipo.batch.output.workbook import refuse_too_many, write_workbook
from plenipo.batch.output.workbook_summary import summary_rows
from plenipo.batch.output.write import write_frames
from plenipo.batch.rejects import Reject, count_rows
from plenipo.batch.remarks import Remarks
from plenipo.batch.repeated_keys import RepeatedKeys
from plenipo.batch.resume import FinishedPart, FinishedParts
from plenipo.batch.sources.inputs import InputFile, find_files
from plenipo.batch.sources.readers import open_sources
from plenipo.batch.sources.source import RowSource, part_size
from plenipo.batch.sources.temporary_copies import temporary_copies
from plenipo.engines.columns import ColumnEngine
from plenipo.errors import SituationError, UsageError, quoted, shown
from plenipo.rulebook.model import Rulebook
from plenipo.situations.file_kinds import Kind
from plenipo.temporary import temporary_file


def run_batch(
    rulebook: Rulebook,
    job: Job,
    progress: Progress | None = None,
    leads: Leads | None = None,
    say: Callable[[str], None] | None = None,
) -> BatchSummary:
    """
    Answer every situation of the inputs and return what came of it; `leads` works out the columns for what leads.

    `say` is called with each remark on how the inputs are read, as soon as there is one.

    Raises:
        SituationError: an input cannot be read, has a column that is not a fact, or, where `strict`, a wrong row.
        UsageError: the job asks for something impossible, or OUT cannot be written.
    """
    destination = None if job.out is None else Destination(job.out, force=job.force)
    files = find_files(job.inputs, rulebook.folder)
    _check(job, files, destination)
    with temporary_copies(job.limits) as copies:
        remarks = Remarks(say)
        sources = open_sources(rulebook, files, copies, job, remarks.add)
        run = _BatchRun(rulebook, job, sources, progress, leads)
        run.begin(remarks)
        if destination is None:
            for _ in run.answers():
                pass
        elif destination.is_stream:
            with destination.written({}) as target:
                run.write(target)
        else:
            run.write_whole(destination, files)
    return run.summary(destination)


def _check(job: Job, files: Sequence[InputFile], destination: Destination | None) -> None:
    if job.resume and (destination is None or destination.is_stream or any(file.once for file in files)):
        message = "a run that reads stdin or a pipe, or writes no file, cannot be resumed"
        raise UsageError(message, help=("leave --resume out",))
    if destination is not None:
        destination.protect(file.path for file in files if file.path)


@dataclass
class _Totals:
    """What came of the parts so far."""

    situations: int = 0
    rejected: int = 0
    faults: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    first: tuple[Reject, ...] = ()


class _BatchRun:
    """From sources to answers, with what is rejected and counted on the way."""

    def __init__(
        self,
        rulebook: Rulebook,
        job: Job,
        sources: Sequence[RowSource],
        progress: Progress | None,
        leads: Leads | None,
    ) -> None:
        self._rulebook, self._job, self._sources, self._progress = rulebook, job, sources, progress
        self._kind = job.output_kind()
        key = found_key(rulebook, sources) if job.key is None else job.key
        self._taken = key if key != job.key else None
        columns = decide_columns(
            rulebook, sources, key, keep=job.extra, taken=self._taken is not None, limits=job.limits
        )
        reasons = job.reasons_in(self._kind)
        counted = job.counted or self._kind is Kind.WORKBOOK
        bits, ids = reasons is Reasons.BITS, reasons is Reasons.IDS
        engine = ColumnEngine(rulebook)
        self._metadata = metadata_of(job, self._kind, rulebook, columns.key, engine.masks)
        self._columns = columns
        self._normalizer = Normalizer(rulebook, columns)
        carry = [columns.key, *columns.extra, *self._metadata.facts]
        self._evaluator = Evaluator(engine, self._normalizer.schema, carry, bits=bits or counted, ids=ids)
        dropped = frozenset() if bits else frozenset(engine.masks.names)
        self._schema = {name: kind for name, kind in self._evaluator.schema.items() if name not in dropped}
        self._leading = LeadColumns(rulebook, leads, self._schema) if leads else None
        self._schema |= self._leading.schema if self._leading else {}
        self._size = part_size(ids=ids)
        self._counter = AnswerCounter(rulebook, engine.masks) if counted else None
        self._finished: FinishedParts | None = None
        self._rejects: IO[str] | None = None
        self._listed: IO[str] | None = None
        self._totals = _Totals()
        self._repeated = RepeatedKeys(columns.keys) if columns.key_given else None
        self._remarks = Remarks()

    def begin(self, remarks: Remarks) -> None:
        """Keep what is remarked from now on with these remarks, first of all which column is the key."""
        self._remarks = remarks
        if self._taken is not None and not all(
            is_to_fill(self._rulebook, source, self._taken) for source in self._sources
        ):
            remarks.add(f"the column {quoted(self._taken)} is taken for the key, as `--key` would say")
        for source in self._sources:
            # in JSON Lines a fact may come first in any line
            if not hasattr(source, "absent") and factless(self._rulebook, source, self._columns.named):
                remarks.add(f"no column of {quoted(source.name)} is a fact, so nothing is known of its rows")

    def write(self, target: Path) -> None:
        """Write the answers into a file."""
        if self._kind is not Kind.WORKBOOK:
            write_frames(self.answers(), self._schema, target, self._kind, self._metadata)
            return
        refuse_too_many(sum(source.records for source in self._sources))
        with tempfile.TemporaryFile("w+", encoding="ascii") as listed:
            self._listed = listed

            def rest() -> tuple[Iterator[Sequence[str | int]], Iterable[str]]:
                listed.seek(0)
                return summary_rows(self.summary(None)), listed

            write_workbook(self.answers(), self._schema, target, self._rulebook.options, rest)

    def write_whole(self, destination: Destination, files: Sequence[InputFile]) -> None:
        """Write the answers and the files beside them: the rejects, and the metadata that OUT cannot hold itself."""
        if not self._job.resume:
            self._write_whole(destination, None)
            return
        with closing(FinishedParts(destination.path, self._identity(files), force=self._job.force)) as self._finished:
            try:
                destination.check()  # the run that had the parts until now may have written OUT
            except UsageError:
                if not self._finished.finished:
                    self._finished.clear()
                raise
            self._write_whole(destination, self._finished.folder)
            self._finished.clear()

    def _write_whole(self, destination: Destination, folder: Path | None) -> None:
        beside = metadata_file(destination.path)
        with (
            temporary_file(destination.rejects, folder) as rejects,
            temporary_file(beside, folder) as metadata,
            destination.written({rejects: destination.rejects, metadata: beside}, folder) as target,
            rejects.open("w", encoding="ascii") as self._rejects,
        ):
            if self._kind is not Kind.PARQUET:
                metadata.write_text(self._metadata.text() + "\n", encoding="ascii")
            self.write(target)

    def answers(self) -> Iterator[pl.DataFrame]:
        """Yield the answers, part by part: first those of the parts that an earlier run finished."""
        start = skip = 0
        if self._finished:
            for number, part in enumerate(list(self._finished.finished)):
                answers = self._finished.answers(number)
                self._add(part, answers.height, self._finished.rejects(number))
                start, skip = part.source, part.records
                yield answers
        for index, source in enumerate(self._sources[start:], start):
            yield from self._answered(index, source, skip if index == start else 0)
        if self._repeated and (remark := self._repeated.remark()):
            self._remarks.add(remark)
        if keyless := self._totals.counts[KEYLESS_COUNT]:
            rows = "one row has none" if keyless == 1 else f"{keyless:,} rows have none"
            instead = "; the number of the row stands there" if self._columns.key_type == pl.String else ""
            self._remarks.add(f"the column {quoted(self._columns.key)} is the key, and {rows}{instead}")

    def _answered(self, index: int, source: RowSource, skip: int) -> Iterator[pl.DataFrame]:
        totals = self._totals
        for part in source.parts(skip, self._size):
            skip += part.records
            if self._repeated:
                self._repeated.watch(part.frame, source)
            read = self._normalizer.normalize(part, source.name)
            if read.rejects and self._job.strict:
                raise SituationError((replace(read.rejects[0], by_line=source.by_line).diagnostic(),))
            answered = self._evaluator.answer(read.frame)
            counts = self._counter.count(answered) if self._counter else {}
            counts = {
                **counts,
                KEYLESS_COUNT: read.keyless,
                **{UNKNOWN_COUNT + word: times for word, times in read.unknown.items()},
                **{LEFT_OUT_COUNT + name: times for name, times in part.left_out.items()},
                **{read_count(reading): times for reading, times in read.read_as.items()},
            }
            if self._leading:
                answered = self._leading.beside(answered, read.frame)
            answers = answered[list(self._schema)]
            finished = FinishedPart(index, skip, count_rows(read.rejects), len(read.rejects), counts)
            lines = "".join(reject.line() for reject in read.rejects)
            first = read.rejects[: FIRST_FAULTS - len(totals.first)]
            totals.first += tuple(replace(reject, by_line=source.by_line) for reject in first)
            if self._finished:
                self._finished.keep(answers, lines, finished)
            self._add(finished, answers.height, lines)
            yield answers

    def _add(self, part: FinishedPart, situations: int, rejects: str) -> None:
        totals = self._totals
        totals.situations += situations
        totals.rejected += part.rejected
        totals.faults += part.faults
        totals.counts.update(part.counts)
        for file in filter(None, (self._rejects, self._listed)):
            file.write(rejects)
        if self._progress:
            self._progress(totals.situations + totals.rejected, sum(source.records for source in self._sources))

    def summary(self, destination: Destination | None) -> BatchSummary:
        """Return what came of it."""
        totals = self._totals
        file = None if destination is None or destination.is_stream else destination
        return BatchSummary(
            self._rulebook,
            totals.situations,
            totals.rejected,
            totals.faults,
            by_option(self._rulebook, totals.counts) if self._counter else None,
            by_rule(self._rulebook, totals.counts) if self._counter else None,
            totals.first,
            shown(file.rejects) if file and totals.faults else None,
            by_word(totals.counts, UNKNOWN_COUNT),
            by_word(totals.counts, LEFT_OUT_COUNT),
            file.name if file else None,
            tuple(self._remarks.texts),
            by_reading(totals.counts),
        )

    def _identity(self, files: Sequence[InputFile]) -> dict[str, object]:
        """Return everything that decides the answers of this run."""
        return {
            "about": json.loads(self._metadata.text()),
            "files": [_state(file.path) for file in files if file.path],
            "form": self._kind,
            "kind": self._job.kind,
            "separator": self._job.separator,
            "sheet": self._job.sheet,
            "encoding": self._job.encoding,
            "strict": self._job.strict,
            "schema": {name: str(kind) for name, kind in self._schema.items()},
            "part": self._size,
        }


def _state(path: Path) -> list[object]:
    """Return what changes when the content of a file does, whatever its size and its time."""
    try:
        with path.open("rb") as file:
            return [shown(path), hashlib.file_digest(file, "blake2b").hexdigest()]
    except OSError:
        return [shown(path)]
