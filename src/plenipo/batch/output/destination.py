"""Where a batch goes: a file that appears complete, with the files beside it, or a stream."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plenipo.errors import UsageError, already_there, quoted, shown
from plenipo.temporary import sweep_leftovers, temporary_file
from plenipo.whole_file import alone_in

#: The end of the name of the file beside OUT that holds the rejects.
REJECTS_ENDING = ".rejects.jsonl"


class Destination:
    """
    Where a batch goes: a file, standard output, a pipe or a device. A link means the file that it leads to.

    Nothing appears there before `written` ends well. An existing file, or one beside it that a batch would write, is
    only replaced when `force` says so. What is written `alone` has no files beside it.
    """

    def __init__(self, out: str, *, force: bool, alone: bool = False) -> None:
        self.name = shown(Path(out))
        self.path = Path(out).resolve() if Path(out).is_symlink() else Path(out)
        self._stdout = out == "-"
        self._force = force
        self._alone = alone
        self.check()

    @property
    def rejects(self) -> Path:
        """The file beside OUT that holds the rejects."""
        return self.path.with_name(self.path.name + REJECTS_ENDING)

    @property
    def is_stream(self) -> bool:
        """Whether it is not a file, so that nothing can be written beside it."""
        if self._stdout:
            return True
        with contextlib.suppress(OSError):
            mode = self.path.stat().st_mode
            return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
        return False

    def check(self) -> None:
        """
        Check that the batch can be written here.

        Raises:
            UsageError: it cannot, or something is here that is not to be overwritten.
        """
        if self.is_stream:
            return
        if self.path.is_dir():
            raise UsageError(f"{quoted(self.name)} is a folder")
        if not self.path.parent.is_dir():
            raise UsageError(f"there is no folder {quoted(shown(self.path.parent))}")
        if not os.access(self.path.parent, os.W_OK):
            raise UsageError(f"you have no permission to write into {quoted(shown(self.path.parent))}")
        for file in self._files():
            if file.exists() and not self._force:
                raise already_there(shown(file))
            if file.exists() and not os.access(file, os.W_OK):
                raise UsageError(f"you have no permission to write {quoted(shown(file))}")

    def protect(self, inputs: Iterable[Path]) -> None:
        """
        Check that no input is overwritten.

        Raises:
            UsageError: one would be.
        """
        existing = [] if self.is_stream else [file for file in self._files() if file.exists()]
        for path in inputs if existing else ():
            if path.exists() and any(path.samefile(file) for file in existing):
                raise UsageError(f"{quoted(shown(path))} is an input, and would be overwritten")

    @contextmanager
    def written(self, beside: Mapping[Path, Path], within: Path | None = None) -> Iterator[Path]:
        """
        Give a temporary file to write, in the folder `within` or beside OUT; it becomes OUT if all goes well.

        `beside` maps files to the places that they then move to, unless they are empty. The files beside an older OUT
        go before the new OUT comes, and its own come after it: wherever this is interrupted, no file describes another
        batch than its own.
        """
        for file in () if self.is_stream else self._files():
            sweep_leftovers(file, within)
        with temporary_file(None if self.is_stream else self.path, within) as target:
            try:
                yield target
                if self.is_stream:
                    self._copy_to_stream(target)
                else:
                    self._sync(target)
                    with alone_in(self.path.parent):
                        self.check()
                        self._move(target, beside)
            except OSError as error:
                raise unwritable(self.name, error) from error

    def _sync(self, file: Path) -> None:
        """Make sure that a file is on the disk, with the mode and, as far as may be, the owner of an older OUT."""
        try:
            old = self.path.stat()
        except OSError:
            umask = os.umask(0)
            os.umask(umask)
            file.chmod(0o666 & ~umask)
        else:
            with contextlib.suppress(OSError):
                os.chown(file, old.st_uid, old.st_gid)
            file.chmod(stat.S_IMODE(old.st_mode))
        with file.open("rb") as opened:
            os.fsync(opened.fileno())

    def _files(self) -> tuple[Path, ...]:
        """Return every file that may be written here."""
        if self._alone:
            return (self.path,)
        from plenipo.batch.metadata import metadata_file  # noqa: PLC0415 - it brings Polars

        return (self.path, self.rejects, metadata_file(self.path))

    def _move(self, target: Path, beside: Mapping[Path, Path]) -> None:
        coming = {file: place for file, place in beside.items() if file.stat().st_size}
        for file in coming:
            self._sync(file)
        if self._force:
            for old in self._files()[1:]:
                old.unlink(missing_ok=True)
            target.replace(self.path)
        else:
            self._claim(target)
        for file, place in coming.items():
            file.replace(place)

    def _claim(self, target: Path) -> None:
        """Give a file the name of OUT, unless somebody has written one meanwhile."""
        try:
            self.path.hardlink_to(target)
        except FileExistsError:
            self.check()
            raise
        except OSError:  # some file systems have no links
            target.replace(self.path)

    def _copy_to_stream(self, target: Path) -> None:
        with target.open("rb") as file:
            if self._stdout:
                sys.stdout.flush()
                shutil.copyfileobj(file, getattr(sys.stdout, "buffer", sys.stdout), 1 << 20)
            else:
                with self.path.open("wb") as stream:
                    shutil.copyfileobj(file, stream, 1 << 20)


def unwritable(name: str, error: Exception) -> Exception:
    """Return the fault of an output that cannot be written; that its reader went away is not a fault."""
    if isinstance(error, BrokenPipeError):
        return error
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0].partition(" (os error")[0]
    return UsageError(f"{quoted(name)} cannot be written: {reason[:1].lower()}{reason[1:]}")
