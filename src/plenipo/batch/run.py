"""Running a batch, from its inputs to the file that holds the answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

import polars as pl

from plenipo.batch import inputs, outputs, rejects
from plenipo.batch.about import About, sidecar
from plenipo.batch.cells import Reader
from plenipo.batch.columns import settle
from plenipo.batch.kinds import Kind, named
from plenipo.batch.source import FEW, PART, Source
from plenipo.batch.spool import spool
from plenipo.batch.store import Done, Store
from plenipo.batch.tally import SHOWN, Summary, Tally
from plenipo.batch.work import Work
from plenipo.engines.columns import ColumnEngine
from plenipo.errors import SituationError, UsageError
from plenipo.rulebook.faults import listed, quoted, shown
from plenipo.rulebook.model import Rulebook
from plenipo.version import VERSION

#: Beside OUT, what could not be answered.
REJECTS = ".rejects.jsonl"


class Reasons(StrEnum):
    """How the rules that fired are told: as bits of integers, as ids in a text, or not at all."""

    BITS = "bits"
    IDS = "ids"
    NONE = "none"


#: Told of the progress: how many records are done, and how many there may be.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """
    What is asked of a batch.

    `out` is a file, `-`, or None for a summary alone; `form` and `kind` say what `out` and the inputs are where their
    names do not; `facts` puts the facts beside the verdicts, `extra` what else the inputs tell.
    """

    inputs: Sequence[str]
    out: str | None = None
    form: Kind | None = None
    kind: Kind | None = None
    key: str | None = None
    reasons: Reasons | None = None
    facts: bool = True
    extra: bool = False
    strict: bool = False
    force: bool = False
    resume: bool = False
    summary: bool = False


def run(rulebook: Rulebook, order: Order, progress: Progress | None = None) -> Summary:
    """
    Answer every situation of the inputs and return what came of it.

    Raises:
        SituationError: an input cannot be read, has a column that is no fact, or, where `strict`, a row that is wrong.
        UsageError: what is asked for cannot be had, or OUT cannot be written.
    """
    place = None if order.out is None else outputs.Place(order.out, force=order.force)
    _check(order, place)
    with spool() as spooled:
        sources = inputs.sources(rulebook, order.inputs, spooled, order.kind)
        batch = _Batch(rulebook, order, sources, progress)
        if place is None:
            for _ in batch.answers():
                pass
        elif place.stream:
            with place.whole() as target:
                outputs.sink(batch.answers(), batch.schema, target, batch.form, batch.about)
        else:
            batch.write(place)
    return batch.summary()


class _Batch:
    """One run: sources to answers, with what is rejected and counted on the way."""

    def __init__(self, rulebook: Rulebook, order: Order, sources: Sequence[Source], progress: Progress | None) -> None:
        self._rulebook, self._order, self._sources, self._progress = rulebook, order, sources, progress
        form = self.form = _form(order)
        columns = settle(rulebook, sources, order.key, keep=order.extra)
        reasons = order.reasons or (Reasons.BITS if form in {Kind.PARQUET, Kind.ARROW} else Reasons.IDS)
        engine = ColumnEngine(rulebook)
        self._reader = Reader(rulebook, columns)
        counted = order.summary or order.resume or order.out is None
        carry = [columns.key, *columns.extra, *(rulebook.facts if order.facts else ())]
        bits, ids = reasons is Reasons.BITS, reasons is Reasons.IDS
        self._most = min(FEW, PART) if ids else PART
        self._work = Work(engine, self._reader.schema, carry, bits=bits or counted, ids=ids)
        dropped = frozenset() if bits else frozenset(engine.masks.names)
        self.schema = {name: kind for name, kind in self._work.schema.items() if name not in dropped}
        facts = tuple(rulebook.facts) if order.facts else ()
        rules = engine.masks.rules if bits else ()
        self.about = About(rulebook.digest, VERSION, columns.key, facts, reasons, rules)
        self._tally = Tally(rulebook) if counted else None
        self._store: Store | None = None
        self._rejects: IO[str] | None = None
        self._counted = _Counted()

    def write(self, place: outputs.Place) -> None:
        """Write the answers and what stands beside them: the rejects, and what the file cannot say of itself."""
        if self._order.resume:
            self._store = Store(place.path, self._told(), force=self._order.force)
        with (
            outputs.temporary(_rejects(place.path)) as rejected,
            place.whole(lambda: self._settle(place, rejected)) as target,
            rejected.open("w", encoding="ascii") as self._rejects,
        ):
            outputs.sink(self.answers(), self.schema, target, self.form, self.about)
            self._rejects.flush()
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
        for part in source.parts(skip, self._most):
            skip += part.records
            read = self._reader.read(part, source.name)
            if read.rejects and self._order.strict:
                raise SituationError(tuple(reject.diagnostic() for reject in read.rejects[:1]))
            worked = self._work.answer(read.frame)
            counts = self._tally.count(worked) if self._tally and worked.height else {}
            answers = worked.select(list(self.schema))
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

    def _settle(self, place: outputs.Place, rejected: Path) -> None:
        """Put what stands beside OUT into its place; what is left of an older batch goes."""
        if self._counted.faults:
            rejected.replace(_rejects(place.path))
        else:
            _rejects(place.path).unlink(missing_ok=True)
        sidecar(place.path).unlink(missing_ok=True)
        if self.form is not Kind.PARQUET:
            sidecar(place.path).write_text(self.about.text() + "\n", encoding="ascii")

    def summary(self) -> Summary:
        """Return what came of it."""
        counted, tally, out = self._counted, self._tally, self._order.out
        stream = out is None or outputs.Place(out, force=True).stream
        return Summary(
            self._rulebook,
            counted.situations,
            counted.rejected,
            counted.faults,
            tally.verdicts if tally else None,
            tally.fired if tally else None,
            tuple(counted.first),
            None if stream or not counted.faults or out is None else shown(_rejects(Path(out))),
            None if stream or out is None else shown(Path(out)),
        )

    def _told(self) -> dict[str, object]:
        """Return everything that decides what comes of this run."""
        files = [
            [shown(path), status.st_size, status.st_mtime_ns]
            for path in inputs.paths(self._order.inputs)
            for status in [path.stat()]
        ]
        return {
            "about": json.loads(self.about.text()),
            "files": files,
            "form": self.form,
            "schema": {name: str(kind) for name, kind in self.schema.items()},
            "part": self._most,
        }


@dataclass
class _Counted:
    situations: int = 0
    rejected: int = 0
    faults: int = 0
    first: tuple[rejects.Reject, ...] = field(default=())


def _form(order: Order) -> Kind:
    """Return the kind that OUT is to be."""
    if order.form is not None:
        return order.form
    if order.out is None:
        return Kind.ARROW
    told = named(order.out)
    forms = [kind for kind in Kind if kind is not Kind.FACTS]
    if told is None or told is Kind.FACTS or order.out.casefold().endswith((".gz", ".zst", ".bz2", ".xz")):
        help = (
            f"--format says which: {listed(forms)}",
            "or let its name end in .parquet, .arrow, .csv, .tsv or .jsonl",
        )
        raise UsageError(f"{quoted(order.out)} does not say what kind of file it is to be", help=help)
    return told


def _check(order: Order, place: outputs.Place | None) -> None:
    if order.resume and (place is None or place.stream or "-" in order.inputs):
        raise UsageError("a run that reads stdin or writes no file cannot be resumed", help=("leave --resume away",))
    if place is not None and not place.stream and place.path.exists():
        for path in inputs.paths(order.inputs):
            if path.exists() and place.path.samefile(path):
                raise UsageError(f"{quoted(shown(path))} is both an input and the output")


def _rejects(path: Path) -> Path:
    return path.with_name(path.name + REJECTS)
