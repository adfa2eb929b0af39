"""Outputs: frames written to one file of any kind, which appears under its name when it is whole, and not before."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from plenipo.batch.about import METADATA, About
from plenipo.batch.kinds import Kind
from plenipo.batch.source import FEW, PART
from plenipo.errors import UsageError
from plenipo.rulebook.faults import quoted, shown

#: What makes a spreadsheet take a cell for a formula, when it comes first.
FORMULA = "=+-@\t\r"
#: What is put before it.
GUARD = "'"


def sink(
    frames: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], target: Path, kind: Kind, about: About
) -> None:
    """
    Write frames, as they come, into a file of a kind; the same frames always give the same bytes.

    A row group of Parquet and a batch of Arrow are a part, `FEW` rows where ids are told and `PART` elsewhere.

    Raises:
        UsageError: it cannot be written (the disk is full, say). Whatever the frames themselves raise is raised.
    """
    write = _table if kind in {Kind.PARQUET, Kind.ARROW} else _text
    raised: list[BaseException] = []

    def given() -> Iterator[pl.DataFrame]:
        try:
            yield from frames
        except BaseException as error:
            raised.append(error)
            raise

    try:
        write(given(), schema, target, kind, about)
    except Exception as error:
        if raised:
            raise raised[0] from None
        raise _unwritable(target, error) from error


def _table(
    frames: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], target: Path, kind: Kind, about: About
) -> None:
    def give(columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        return frames if columns is None else (frame.select(columns) for frame in frames)

    answers = register_io_source(give, schema=dict(schema))
    group = FEW if "fired" in schema else PART
    if kind is Kind.ARROW:
        answers.sink_ipc(target, compression="lz4", record_batch_size=group)
        return
    # The least and the greatest of a few words tell a reader nothing, and take as long as writing them.
    answers.sink_parquet(
        target,
        compression="zstd",
        compression_level=1,
        statistics=False,
        row_group_size=group,
        metadata={METADATA: about.text()},
    )


def _text(
    frames: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], target: Path, kind: Kind, _: About
) -> None:
    """Write text a frame at a time: Polars' own sinks would hold much of it, should the disk be slow."""
    with target.open("wb") as file:
        if kind is Kind.JSONL:
            for frame in frames:
                frame.write_ndjson(file)
            return
        separator = "\t" if kind is Kind.TSV else ","
        _guarded(pl.DataFrame(schema=dict(schema))).write_csv(file, separator=separator)
        for frame in frames:
            _guarded(frame).write_csv(file, separator=separator, include_header=False)


def _guarded(answers: pl.DataFrame) -> pl.DataFrame:
    """Return answers in which no cell, and no name of a column, can be taken for a formula."""
    cells = [
        pl.when(pl.col(name).cast(pl.String).str.head(1).is_in(list(FORMULA)))
        .then(pl.lit(GUARD) + pl.col(name).cast(pl.String))
        .otherwise(pl.col(name).cast(pl.String))
        .alias(name)
        for name, kind in answers.schema.items()
        if kind == pl.String or (isinstance(kind, pl.Enum) and any(each[:1] in FORMULA for each in kind.categories))
    ]
    return answers.with_columns(cells).rename({name: GUARD + name for name in answers.columns if name[:1] in FORMULA})


class Place:
    """
    Where a batch goes: a file, standard output, a pipe or a device.

    Nothing is there before `whole` ends well; an existing file is only replaced when `force` says so.
    """

    def __init__(self, out: str, *, force: bool) -> None:
        self.stdout = out == "-"
        self.path = Path(out)
        self._force = force
        self.check()

    def check(self) -> None:
        """
        See that the place can be written to.

        Raises:
            UsageError: it cannot, or something is there that is not to be overwritten.
        """
        if self.stream:
            return
        if self.path.is_dir():
            raise UsageError(f"{quoted(shown(self.path))} is a folder")
        if not self.path.parent.is_dir():
            raise UsageError(f"there is no folder {quoted(shown(self.path.parent))}")
        if not os.access(self.path.parent, os.W_OK):
            raise UsageError(f"you have no permission to write into {quoted(shown(self.path.parent))}")
        if self.path.exists() and not self._force:
            raise UsageError(f"{quoted(shown(self.path))} is there already", help=("--force overwrites it",))

    @property
    def stream(self) -> bool:
        """Whether it is no file, so that it takes bytes and has no neighbours."""
        if self.stdout:
            return True
        with contextlib.suppress(OSError):
            mode = self.path.stat().st_mode
            return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
        return False

    @contextmanager
    def whole(self, beside: Callable[[], None] = lambda: None) -> Iterator[Path]:
        """Give a temporary file to write; `beside` is done just before it becomes what stands in this place."""
        with temporary(None if self.stream else self.path) as written:
            try:
                yield written
                if self.stream:
                    self._pour(written)
                else:
                    _sync(written)
                    self.check()
                    beside()
                    written.replace(self.path)
            except OSError as error:
                raise _unwritable(self.path, error) from error

    def _pour(self, written: Path) -> None:
        with written.open("rb") as file:
            if self.stdout:
                sys.stdout.flush()
                shutil.copyfileobj(file, getattr(sys.stdout, "buffer", sys.stdout), 1 << 20)
            else:
                with self.path.open("wb") as target:
                    shutil.copyfileobj(file, target, 1 << 20)


@contextmanager
def temporary(path: Path | None) -> Iterator[Path]:
    """Give an empty file beside a path, or where temporary files are; it goes, unless it was moved away."""
    prefix = f".{path.name}." if path else "plenipo-"
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent if path else None)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _sync(written: Path) -> None:
    """See that a file is on the disk, with the permissions that any new file has."""
    umask = os.umask(0)
    os.umask(umask)
    written.chmod(0o666 & ~umask)
    with written.open("rb") as file:
        os.fsync(file.fileno())


def _unwritable(path: Path, error: Exception) -> Exception:
    if isinstance(error, BrokenPipeError):
        return error
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0].partition(" (os error")[0]
    return UsageError(f"{quoted(shown(path))} cannot be written: {reason[:1].lower()}{reason[1:]}")
