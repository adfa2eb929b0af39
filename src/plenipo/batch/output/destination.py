"""Places: where a batch goes, a file that is there whole with what stands beside it, or a stream."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plenipo.batch.metadata import sidecar
from plenipo.errors import UsageError, quoted, shown

#: What is put after the name of OUT for the file that tells what could not be answered.
REJECTS = ".rejects.jsonl"


class Place:
    """
    Where a batch goes: a file, standard output, a pipe or a device; a link stands for what it leads to.

    Nothing is there before `whole` ends well; an existing file, or one beside it that a batch would write, is only
    replaced when `force` says so.
    """

    def __init__(self, out: str, *, force: bool) -> None:
        self.stdout = out == "-"
        self.name = shown(Path(out))
        self.path = Path(out).resolve() if Path(out).is_symlink() else Path(out)
        self._force = force
        self.check()

    @property
    def rejects(self) -> Path:
        """The file beside OUT that tells what could not be answered."""
        return self.path.with_name(self.path.name + REJECTS)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that a batch may write here."""
        return (self.path, self.rejects, sidecar(self.path))

    def check(self) -> None:
        """
        See that the place can be written to.

        Raises:
            UsageError: it cannot, or something is there that is not to be overwritten.
        """
        if self.stream:
            return
        if self.path.is_dir():
            raise UsageError(f"{quoted(self.name)} is a folder")
        if not self.path.parent.is_dir():
            raise UsageError(f"there is no folder {quoted(shown(self.path.parent))}")
        if not os.access(self.path.parent, os.W_OK):
            raise UsageError(f"you have no permission to write into {quoted(shown(self.path.parent))}")
        for file in self.files:
            if file.exists() and not self._force:
                raise UsageError(f"{quoted(shown(file))} is there already", help=("--force overwrites it",))

    def spare(self, inputs: Iterable[Path]) -> None:
        """
        See that nothing is written over an input.

        Raises:
            UsageError: it would be.
        """
        mine = [file for file in self.files if file.exists()] if not self.stream else []
        for path in inputs if mine else ():
            if path.exists() and any(path.samefile(file) for file in mine):
                raise UsageError(f"{quoted(shown(path))} is an input, and would be overwritten")

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
    def whole(self, beside: Mapping[Path, Path], within: Path | None = None) -> Iterator[Path]:
        """
        Give a temporary file to write, in the folder `within` or beside OUT; it becomes OUT when all went well.

        `beside` are files, each with the place that it then takes, unless it is empty. What stood beside an older OUT
        goes before, and what belongs to the new one comes after: whenever it is broken off, no file tells of another
        batch than its own.
        """
        with temporary(None if self.stream else self.path, within) as written:
            try:
                yield written
                if self.stream:
                    self._pour(written)
                else:
                    _sync(written)
                    self.check()
                    self._settle(written, beside)
            except OSError as error:
                raise unwritable(self.name, error) from error

    def _settle(self, written: Path, beside: Mapping[Path, Path]) -> None:
        coming = {file: place for file, place in beside.items() if file.stat().st_size}
        for file in coming:
            _sync(file)
        for place in self.files[1:]:
            place.unlink(missing_ok=True)
        written.replace(self.path)
        for file, place in coming.items():
            file.replace(place)

    def _pour(self, written: Path) -> None:
        with written.open("rb") as file:
            if self.stdout:
                sys.stdout.flush()
                shutil.copyfileobj(file, getattr(sys.stdout, "buffer", sys.stdout), 1 << 20)
            else:
                with self.path.open("wb") as target:
                    shutil.copyfileobj(file, target, 1 << 20)


@contextmanager
def temporary(path: Path | None, within: Path | None = None) -> Iterator[Path]:
    """Give an empty file beside a path, in another folder or where temporary files are; it goes, unless moved away."""
    prefix = f".{path.name}." if path else "plenipo-"
    folder = within or (path.parent if path else None)
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def unwritable(name: str, error: Exception) -> Exception:
    """Return the fault of an output that cannot be written; a reader that went away is none."""
    if isinstance(error, BrokenPipeError):
        return error
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0].partition(" (os error")[0]
    return UsageError(f"{quoted(name)} cannot be written: {reason[:1].lower()}{reason[1:]}")


def _sync(written: Path) -> None:
    """See that a file is on the disk, with the permissions that any new file has."""
    umask = os.umask(0)
    os.umask(umask)
    written.chmod(0o666 & ~umask)
    with written.open("rb") as file:
        os.fsync(file.fileno())
