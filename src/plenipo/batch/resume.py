"""What a run that can be resumed keeps: its finished parts, in a folder beside OUT, each marked when it is complete."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from plenipo.batch.polars_panics import panics_as_errors
from plenipo.errors import UsageError, quoted, shown
from plenipo.whole_file import write_whole

PARTS_ENDING = ".parts"
_RUN = "run.json"


@dataclass(frozen=True)
class FinishedPart:
    """A finished part: the number of its source, the record that it ends with, and what came of it."""

    source: int
    records: int
    rejected: int
    faults: int
    counts: Mapping[str, int]


class FinishedParts:
    """
    The finished parts of one run; `run` is everything that decides its answers.

    Raises:
        UsageError: the folder holds parts of another run, and `force` does not say that they may go; another run works
            on them; or somebody else can write into the folder.
    """

    def __init__(self, out: Path, run: Mapping[str, Any], *, force: bool) -> None:
        self.folder = out.with_name(out.name + PARTS_ENDING)
        self._lock = _locked(self.folder)
        self.finished: list[FinishedPart] = []
        try:
            self._begin(json.dumps(run, sort_keys=True), force=force)
        except BaseException:
            self.close()
            raise

    def _begin(self, text: str, *, force: bool) -> None:
        marker = self.folder / _RUN
        same = marker.exists() and marker.read_text(encoding="utf-8", errors="replace") == text
        if not same and marker.exists() and not force:
            help = ("--force deletes them and starts from the beginning", "without --resume they are left alone")
            raise UsageError(f"the parts in {quoted(shown(self.folder))} are those of another run", help=help)
        if not same:
            self._remove_parts()
            write_whole(marker, text)
        while part := self._read(len(self.finished)):
            self.finished.append(part)

    def close(self) -> None:
        """Let another run have the parts."""
        os.close(self._lock)

    def keep(self, answers: pl.DataFrame, rejects: str, part: FinishedPart) -> None:
        """Keep a part; it counts from the moment that its mark is written."""
        number = len(self.finished)
        answers.write_ipc(self._path(number, "arrow"), compression="lz4")
        self._path(number, "rejects.jsonl").write_text(rejects, encoding="ascii")
        write_whole(self._path(number, "json"), json.dumps(asdict(part)))
        self.finished.append(part)

    def answers(self, number: int) -> pl.DataFrame:
        """Return the answers of a finished part."""
        return pl.read_ipc(self._path(number, "arrow"))

    def rejects(self, number: int) -> str:
        """Return the rejects of a finished part, as lines."""
        return self._path(number, "rejects.jsonl").read_text(encoding="ascii")

    def clear(self) -> None:
        """Remove the parts, and the folder unless it holds something else."""
        self._remove_parts()
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _remove_parts(self) -> None:
        # without its marker the folder belongs to no run, so that it may go piece by piece
        (self.folder / _RUN).unlink(missing_ok=True)
        for pattern in (".*.tmp", "[0-9]*.arrow", "[0-9]*.json*", "[0-9]*.rejects.jsonl"):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)

    def _read(self, number: int) -> FinishedPart | None:
        """Return a part if it is complete; one that a fault of the disk has damaged is not."""
        try:
            part = FinishedPart(**json.loads(self._path(number, "json").read_text(encoding="utf-8")))
            self.rejects(number)
            with panics_as_errors():
                self.answers(number)
        except (OSError, ValueError, TypeError, pl.exceptions.PolarsError):
            return None
        return part

    def _path(self, number: int, ending: str) -> Path:
        return self.folder / f"{number:06}.{ending}"


def _locked(folder: Path) -> int:
    """
    Make a folder for parts if there is none, and return what locks it until it is closed.

    Raises:
        UsageError: another run works on these parts, or somebody else can write into the folder.
    """
    while True:
        folder.mkdir(mode=0o700, exist_ok=True) if not os.path.lexists(folder) else _refuse_foreign(folder)
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            help = ("wait until it has ended, or name another OUT",)
            raise UsageError(f"another run works on the parts in {quoted(shown(folder))}", help=help) from None
        except OSError:  # some file systems know no locks
            return lock
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(folder.stat(), os.fstat(lock)):
                return lock
        # the run that had it has removed it meanwhile
        os.close(lock)


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder of parts into which somebody else may have put what is there."""
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{quoted(shown(folder))} is no folder of finished parts", help=("move it away",))
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        message = f"the parts in {quoted(shown(folder))} may be somebody else's: others can write into that folder"
        raise UsageError(message, help=("move the folder away, and start from the beginning",))
