"""
Files that are there whole or not at all, and what is written on the way to them.

Everything temporary has a name that cannot be guessed, is made anew and never through a link, and is gone when the run
ends, also where a signal ends it. While it is in use it is locked: what is not belongs to a run that was killed, and
the next run that comes by removes it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

#: The end of the name of a temporary file.
TEMPORARY = ".tmp"
#: How the names of temporary folders begin, and the file in each by which it is known as ours.
FOLDER_PREFIX = "plenipo-"
FOLDER_MARK = ".plenipo-temporary"
#: What `tempfile` puts into a name.
_RANDOM = "[a-z0-9_]{8}"
#: What this run has to remove if it is ended now.
_ours: set[str] = set()


def write_whole(path: Path, content: str | bytes) -> None:
    """
    Write a file in one step, in the place of an older one, whose permissions stay; a link gives way to it.

    Raises:
        OSError: it cannot be written; it names the file, and an older one is as it was.
    """
    older = None if path.is_symlink() else path
    with _naming(path):
        _refuse_read_only(older)
        with written_beside(path, content) as beside:
            beside.chmod(_mode(older))
            beside.replace(path)


def make_whole(path: Path, content: str | bytes) -> Path:
    """
    Write a new file under the first of its names that is free, and return its path.

    Raises:
        OSError: it cannot be written.
    """
    with _naming(path), written_beside(path, content) as beside:
        beside.chmod(_mode(None))
        for name in _names(path):
            with suppress(FileExistsError):
                _claim(name, beside)
                return name
    raise AssertionError  # the numbers never end


def free_path(path: Path) -> Path:
    """Return the first of the names of a path that nothing has now: its own, or that with a number."""
    return next(name for name in _names(path) if not os.path.lexists(name))


@contextmanager
def written_beside(path: Path, content: str | bytes) -> Iterator[Path]:
    """Give a temporary file in the folder of a path, with this content, that is on the disk."""
    with temporary_file(path) as beside:
        with beside.open("wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        yield beside


@contextmanager
def temporary_file(path: Path | None, within: Path | None = None) -> Iterator[Path]:
    """Give an empty file beside a path, in another folder or where temporary files go; it goes unless moved away."""
    prefix = _prefix(path) if path else FOLDER_PREFIX
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=TEMPORARY, dir=within or (path.parent if path else None))
    _ours.add(name)
    try:
        with suppress(OSError):  # some file systems know no locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
        _ours.discard(name)
        os.close(handle)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder where temporary files go; it goes with all that is in it."""
    _sweep_folders()
    name = tempfile.mkdtemp(prefix=FOLDER_PREFIX)
    _ours.add(name)
    try:
        handle = os.open(Path(name, FOLDER_MARK), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield Path(name)
        finally:
            os.close(handle)
    finally:
        shutil.rmtree(name, ignore_errors=True)
        _ours.discard(name)


def sweep_leftovers(path: Path, within: Path | None = None) -> None:
    """Remove the temporary files of a path that a killed run left; what another run has in use stays."""
    folder = within or path.parent
    ours = re.compile(f"{re.escape(_prefix(path))}{_RANDOM}{re.escape(TEMPORARY)}")
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if ours.fullmatch(entry.name) and _is_abandoned(Path(entry.path)):
                Path(entry.path).unlink(missing_ok=True)


def remove_everything_temporary() -> None:
    """Remove whatever temporary this run has made and not removed yet, as the last thing that it does."""
    for name in list(_ours):
        with suppress(OSError):
            if stat.S_ISDIR(os.lstat(name).st_mode):
                shutil.rmtree(name, ignore_errors=True)
            else:
                os.unlink(name)  # noqa: PTH108 - a string from the list


def _sweep_folders() -> None:
    """Remove the temporary folders of runs that were killed, and nothing else that has such a name."""
    with suppress(OSError):
        for entry in list(os.scandir(tempfile.gettempdir())):
            mark = Path(entry.path, FOLDER_MARK)
            if entry.name.startswith(FOLDER_PREFIX) and entry.is_dir(follow_symlinks=False) and _is_abandoned(mark):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_abandoned(path: Path) -> bool:
    """Return whether a file is a regular one of this user that no run has locked."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            return False
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(handle)


def _prefix(path: Path) -> str:
    """Return how temporary names beside a path begin; it may itself be as long as the file system allows."""
    return f".{os.fsdecode(os.fsencode(path.name)[:200])}."


def _refuse_read_only(path: Path | None) -> None:
    """Refuse to replace a file that is not to be written, which the folder alone would allow."""
    if path and path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _mode(older: Path | None) -> int:
    """Return the permissions of an older file, so that what is private stays so, or else those of a new one."""
    with suppress(OSError):
        if older is not None:
            return stat.S_IMODE(older.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """See to it that an error names the file that was to be written, not the one on the way to it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _names(path: Path) -> Iterator[Path]:
    """Yield a path, and then those with a number in their name."""
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}-{number}")


def _claim(name: Path, beside: Path) -> None:
    """Give a file of ours another name, which nothing else has; some file systems can only copy it."""
    try:
        name.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        with name.open("xb") as file:
            try:
                file.write(beside.read_bytes())
                file.flush()
            except BaseException:
                name.unlink()
                raise
