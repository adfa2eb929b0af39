"""The store of a run that can be resumed: finished parts in a folder beside OUT, each marked when it is whole."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from plenipo.errors import UsageError, quoted, shown

ENDING = ".parts"
_RUN = "run.json"


@dataclass(frozen=True)
class Done:
    """A part that is done: the source it came from, the record it ends with, and what came of it."""

    source: int
    records: int
    rejected: int
    faults: int
    counts: Mapping[str, int]


class Store:
    """
    The finished parts of one run, `run` being everything that decides what comes of it.

    Raises:
        UsageError: the folder holds parts of another run, and `force` does not say to drop them.
    """

    def __init__(self, out: Path, run: Mapping[str, Any], *, force: bool) -> None:
        self.folder = out.with_name(out.name + ENDING)
        told = json.dumps(run, sort_keys=True)
        marker = self.folder / _RUN
        if self.folder.exists():
            same = marker.exists() and marker.read_text(encoding="utf-8") == told
            if not same and marker.exists() and not force:
                help = ("--force drops them and starts anew", "without --resume they are left alone")
                raise UsageError(f"the parts in {quoted(shown(self.folder))} are those of another run", help=help)
            if not same:
                self.clear()
        self.folder.mkdir(exist_ok=True)
        _written(marker, told)
        self.done: list[Done] = []
        while done := self._done(len(self.done)):
            self.done.append(done)

    def keep(self, answers: pl.DataFrame, rejects: str, done: Done) -> None:
        """Keep a part; it counts from the moment when its mark stands."""
        number = len(self.done)
        answers.write_ipc(self._path(number, "arrow"), compression="lz4")
        self._path(number, "rejects.jsonl").write_text(rejects, encoding="ascii")
        _written(self._path(number, "json"), json.dumps(asdict(done)))
        self.done.append(done)

    def answers(self, number: int) -> pl.DataFrame:
        """Return the answers of a part that is done."""
        return pl.read_ipc(self._path(number, "arrow"))

    def rejects(self, number: int) -> str:
        """Return the rejects of a part that is done, as lines."""
        return self._path(number, "rejects.jsonl").read_text(encoding="ascii")

    def clear(self) -> None:
        """Remove the parts, and the folder if nothing of anybody else's is in it."""
        # without its marker a folder is nobody's, so that it may go piece by piece
        (self.folder / _RUN).unlink(missing_ok=True)
        for path in [
            *self.folder.glob(".*.tmp"),
            *self.folder.glob("[0-9]*.arrow"),
            *self.folder.glob("[0-9]*.json*"),
            *self.folder.glob("[0-9]*.rejects.jsonl"),
        ]:
            path.unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _done(self, number: int) -> Done | None:
        """Return a part, if it is there whole."""
        try:
            done = Done(**json.loads(self._path(number, "json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return done if self._path(number, "arrow").exists() and self._path(number, "rejects.jsonl").exists() else None

    def _path(self, number: int, ending: str) -> Path:
        return self.folder / f"{number:06}.{ending}"


def _written(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
