"""What a run that can be resumed keeps: its finished parts, in a folder beside OUT, each marked when it is complete."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

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
        UsageError: the folder holds parts of another run, and `force` does not say that they may go; or somebody else
            can write into it.
    """

    def __init__(self, out: Path, run: Mapping[str, Any], *, force: bool) -> None:
        self.folder = out.with_name(out.name + PARTS_ENDING)
        text = json.dumps(run, sort_keys=True)
        marker = self.folder / _RUN
        if os.path.lexists(self.folder):
            _refuse_foreign(self.folder)
            same = marker.exists() and marker.read_text(encoding="utf-8") == text
            if not same and marker.exists() and not force:
                help = ("--force deletes them and starts from the beginning", "without --resume they are left alone")
                raise UsageError(f"the parts in {quoted(shown(self.folder))} are those of another run", help=help)
            if not same:
                self.clear()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        write_whole(marker, text)
        self.finished: list[FinishedPart] = []
        while part := self._read(len(self.finished)):
            self.finished.append(part)

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
        # without its marker the folder belongs to no run, so that it may go piece by piece
        (self.folder / _RUN).unlink(missing_ok=True)
        for pattern in (".*.tmp", "[0-9]*.arrow", "[0-9]*.json*", "[0-9]*.rejects.jsonl"):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _read(self, number: int) -> FinishedPart | None:
        """Return a part if it is complete."""
        try:
            part = FinishedPart(**json.loads(self._path(number, "json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return part if self._path(number, "arrow").exists() and self._path(number, "rejects.jsonl").exists() else None

    def _path(self, number: int, ending: str) -> Path:
        return self.folder / f"{number:06}.{ending}"


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder of parts into which somebody else may have put what is there."""
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{quoted(shown(folder))} is no folder of finished parts", help=("move it away",))
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        message = f"the parts in {quoted(shown(folder))} may be somebody else's: others can write into that folder"
        raise UsageError(message, help=("move the folder away, and start from the beginning",))
