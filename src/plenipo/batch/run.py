"""Running a batch, from its inputs to the file that holds the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import polars as pl

from plenipo.batch import rejects
from plenipo.batch.columns import settle
from plenipo.batch.counts import SHOWN, Summary, Tally
from plenipo.batch.evaluate import Work
from plenipo.batch.file_kinds import Kind
from plenipo.batch.job import Order, Progress, Reasons
from plenipo.batch.metadata import About, sidecar
from plenipo.batch.normalize import Reader
from plenipo.batch.output import write
from plenipo.batch.output.destination import Place, temporary
from plenipo.batch.resume import Done, Store
from plenipo.batch.sources import inputs
from plenipo.batch.sources.source import Source, size
from plenipo.batch.sources.temporary_copy import spool
from plenipo.engines.columns import ColumnEngine
from plenipo.errors import SituationError, UsageError, shown
from plenipo.rulebook.model import Rulebook
from plenipo.version import VERSION


def run(rulebook: Rulebook, order: Order, progress: Progress | None = None) -> Summary:
    """
    Answer every situation of the inputs and return what came of it.

    Raises:
        SituationError: an input cannot be read, has a column that is no fact, or, where `strict`, a row that is wrong.
        UsageError: what is asked for cannot be had, or OUT cannot be written.
    """
    place = None if order.out is None else Place(order.out, force=order.force)
    _check(order, place)
    with spool() as spooled:
        sources = inputs.sources(rulebook, order.inputs, spooled, order.kind)
        batch = _Batch(rulebook, order, sources, progress)
        if place is None:
            for _ in batch.answers():
                pass
        elif place.stream:
            with place.whole({}) as target:
                batch.write(target)
        else:
            batch.settle(place)
    return batch.summary(None if place is None or place.stream else place)


class _Batch:
    """One run: sources to answers, with what is rejected and counted on the way."""

    def __init__(self, rulebook: Rulebook, order: Order, sources: Sequence[Source], progress: Progress | None) -> None:
        self._rulebook, self._order, self._sources, self._progress = rulebook, order, sources, progress
        self._form = order.kind_of_out()
        columns = settle(rulebook, sources, order.key, keep=order.extra)
        reasons = order.reasons_in(self._form)
        engine = ColumnEngine(rulebook)
        self._reader = Reader(rulebook, columns)
        carry = [columns.key, *columns.extra, *(rulebook.facts if order.facts else ())]
        bits, ids = reasons is Reasons.BITS, reasons is Reasons.IDS
        self._size = size(ids=ids)
        self._work = Work(engine, self._reader.schema, carry, bits=bits or order.counted, ids=ids)
        dropped = frozenset() if bits else frozenset(engine.masks.names)
        self._schema = {name: kind for name, kind in self._work.schema.items() if name not in dropped}
        facts = tuple(rulebook.facts) if order.facts else ()
        rules = engine.masks.rules if bits else ()
        self._about = About(rulebook.digest, VERSION, columns.key, facts, reasons, rules, self._form)
        self._tally = Tally(rulebook) if order.counted else None
        self._store: Store | None = None
        self._rejects: IO[str] | None = None
        self._counted = _Counted()

    def write(self, target: Path) -> None:
        """Write the answers into a file."""
        write.sink(self.answers(), self._schema, target, self._form, self._about)

    def settle(self, place: Place) -> None:
        """Write the answers and what stands beside them: the rejects, and what the file cannot say of itself."""
        if self._order.resume:
            self._store = Store(place.path, self._identity(), force=self._order.force)
        folder = self._store.folder if self._store else None
        with (
            temporary(place.rejects, folder) as rejected,
            temporary(sidecar(place.path), folder) as about,
            place.whole({rejected: place.rejects, about: sidecar(place.path)}, folder) as target,
            rejected.open("w", encoding="ascii") as self._rejects,
        ):
            if self._form is not Kind.PARQUET:
                about.write_text(self._about.text() + "\n", encoding="ascii")
            self.write(target)
        if self._store:
            self._store.clear()

    def answers(self) -> Iterator[pl.DataFrame]:
        """Yield the answers, part by part."""
        start = skip = 0
        if self._store:
            for number, part in enumerate(list(self._store.done)):
                answers = self._store.answers(number)
                self._account(part, answers.height, self._store.rejects(number))
                start, skip = part.source, part.records
                yield answers
        for index, source in enumerate(self._sources[start:], start):
            yield from self._answered(index, source, skip if index == start else 0)

    def _answered(self, index: int, source: Source, skip: int) -> Iterator[pl.DataFrame]:
        for part in source.parts(skip, self._size):
            skip += part.records
            read = self._reader.read(part, source.name)
            if read.rejects and self._order.strict:
                raise SituationError(tuple(reject.diagnostic() for reject in read.rejects[:1]))
            worked = self._work.answer(read.frame)
            counts = self._tally.count(worked) if self._tally and worked.height else {}
            answers = worked.select(list(self._schema))
            done = Done(index, skip, rejects.rows(read.rejects), len(read.rejects), counts)
            lines = "".join(reject.line() for reject in read.rejects)
            self._counted.first += read.rejects[: SHOWN - len(self._counted.first)]
            if self._store:
                self._store.keep(answers, lines, done)
            self._account(done, answers.height, lines)
            yield answers

    def _account(self, done: Done, answered: int, lines: str) -> None:
        counted = self._counted
        counted.situations += answered
        counted.rejected += done.rejected
        counted.faults += done.faults
        if self._tally:
            self._tally.add(done.counts)
        if self._rejects and lines:
            self._rejects.write(lines)
        if self._progress:
            known = sum(source.records for source in self._sources)
            self._progress(counted.situations + counted.rejected, known)

    def summary(self, place: Place | None) -> Summary:
        """Return what came of it, `place` being where it is kept, if it is."""
        counted, tally = self._counted, self._tally
        return Summary(
            self._rulebook,
            counted.situations,
            counted.rejected,
            counted.faults,
            tally.verdicts if tally else None,
            tally.fired if tally else None,
            tuple(counted.first),
            shown(place.rejects) if place and counted.faults else None,
            place.name if place else None,
        )

    def _identity(self) -> dict[str, object]:
        """Return everything that decides what comes of this run."""
        return {
            "about": json.loads(self._about.text()),
            "files": [_state(path) for path in inputs.paths(self._order.inputs)],
            "form": self._form,
            "kind": self._order.kind,
            "strict": self._order.strict,
            "schema": {name: str(kind) for name, kind in self._schema.items()},
            "part": self._size,
        }


@dataclass
class _Counted:
    situations: int = 0
    rejected: int = 0
    faults: int = 0
    first: tuple[rejects.Reject, ...] = field(default=())


def _check(order: Order, place: Place | None) -> None:
    if order.resume and (place is None or place.stream or inputs.once(order.inputs)):
        message = "a run that reads stdin or a pipe, or writes no file, cannot be resumed"
        raise UsageError(message, help=("leave --resume away",))
    if place is not None:
        place.spare(inputs.paths(order.inputs))


def _state(path: Path) -> list[object]:
    """Return what tells one state of a file from another."""
    try:
        status = path.stat()
    except OSError:
        return [shown(path)]
    return [shown(path), status.st_size, status.st_mtime_ns]
