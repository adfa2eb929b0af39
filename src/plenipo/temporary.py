"""
Temporary files and folders.

Each has a name that cannot be guessed, is made anew and never through a link, and is gone when the run ends, also where
a signal ends it. While it is in use it is locked: what is not belongs to a run that was killed, and the next run that
comes by removes it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def temporary_file(path: Path | None, within: Path | None = None) -> Iterator[Path]:
    """Give an empty file beside a path, in another folder or where temporary files go; it goes unless moved away."""
    prefix = _prefix(path) if path else FOLDER_PREFIX
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=TEMPORARY, dir=within or (path.parent if path else None))
        _ours.add(name)
        if _locked(handle):
            break
        _ours.discard(name)
        os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
        _ours.discard(name)
        os.close(handle)


@contextmanager
def temporary_folder(path: Path | None = None) -> Iterator[Path]:
    """Give an empty folder beside a path, or where temporary files go; it goes with all that is in it."""
    if path is None:
        _sweep_folders()
    while True:
        if path is None:
            name = tempfile.mkdtemp(prefix=FOLDER_PREFIX)
        else:
            name = tempfile.mkdtemp(prefix=_prefix(path), suffix=TEMPORARY, dir=path.parent)
        _ours.add(name)
        handle = os.open(Path(name, FOLDER_MARK), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        if _locked(handle):
            break
        os.close(handle)
        _ours.discard(name)
    try:
        yield Path(name)
    finally:
        os.close(handle)
        shutil.rmtree(name, ignore_errors=True)
        _ours.discard(name)


def sweep_leftovers(path: Path, within: Path | None = None) -> None:
    """Remove what is temporary beside a path and was left by a killed run; what another run has in use stays."""
    folder = within or path.parent
    # what is made beside a temporary file has a name like it, with another such end
    ours = re.compile(rf"\.?{re.escape(_prefix(path))}{_RANDOM}\.tmp(\.{_RANDOM}\.tmp)?")
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if ours.fullmatch(entry.name):
                _remove_abandoned(Path(entry.path))


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
            if entry.name.startswith(FOLDER_PREFIX) and entry.is_dir(follow_symlinks=False):
                _remove_abandoned(Path(entry.path))


def _locked(handle: int) -> bool:
    """Lock a file that was just made; return whether it is still there, as a run that sweeps may have been faster."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # some file systems know no locks
        return True
    return os.fstat(handle).st_nlink > 0


def _remove_abandoned(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        with _abandoned(path / FOLDER_MARK) as abandoned:
            if abandoned:
                shutil.rmtree(path, ignore_errors=True)
    else:
        with _abandoned(path) as abandoned:
            if abandoned:
                path.unlink(missing_ok=True)


@contextmanager
def _abandoned(path: Path) -> Iterator[bool]:
    """Say whether a file is a regular one of this user that no run has locked; meanwhile none can lock it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        yield False
        return
    try:
        yield _is_free(handle)
    finally:
        os.close(handle)


def _is_free(handle: int) -> bool:
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            return False
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _prefix(path: Path) -> str:
    """Return how temporary names beside a path begin; it may itself be as long as the file system allows."""
    return f".{os.fsdecode(os.fsencode(path.name)[:200])}."
