"""
Writing a file whole or not at all, and under a name that no other file has.

A file is written beside the one whose place it takes, under a name that nobody can foresee and through no link. Mode
and owner stay. Where they could not, or where the file has other names, the text is written into the file itself, and
stays beside it until that is done.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import stat
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from plenipo.temporary import sweep_leftovers, temporary_file

#: So often somebody who writes in the same folder is waited for, and so long each time.
_TRIES, _PAUSE = 40, 0.05


def write_whole(path: Path, content: str | bytes) -> None:
    """
    Write a file of ours, such as one that was asked for by its folder; a link in its place gives way to it.

    Raises:
        OSError: the system refuses, or there is a file that may not be written; it names the file, which is as it was.
    """
    try:
        if path.is_symlink():
            with _written_beside(path, content, 0o666) as beside:
                beside.replace(path)
        else:
            replace_file(path, content)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def replace_file(path: Path, text: str | bytes) -> None:
    """
    Write a text in the place of a file; its mode and its owner stay, and its other names show the text as well.

    Raises:
        OSError: the system refuses, or the file may not be written; it is as it was.
    """
    if not may_write(path):
        raise PermissionError(errno.EACCES, "it may not be written", str(path))
    with _written_beside(path, text, 0o600 if path.exists() else 0o666) as beside:
        if _dressed_like(path, beside):
            beside.replace(path)
        else:
            _write_into(path, text)


def make_file(path: Path, text: str | bytes) -> Path:
    """Write a text to a new file, under the first of its names that is free, and return its path."""
    with _written_beside(path, text, 0o666) as beside:
        for name in _names(path):
            with contextlib.suppress(FileExistsError):
                _claim(name, beside)
                return name
    raise AssertionError  # the numbers never end


def free_path(path: Path) -> Path:
    """Return the first of the names of a path that nothing has now: its own, or that with a number."""
    return next(name for name in _names(path) if not os.path.lexists(name))


def may_write(path: Path) -> bool:
    """Return whether a file may be written, as one that is not there may; one that nobody may write, root may not."""
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o222) and os.access(path, os.W_OK)
    except FileNotFoundError:
        return True


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let nobody else who asks for this write in a folder meanwhile; who takes too long is waited for no longer."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:  # what is wrong shows when the file is written
        yield
        return
    try:
        for _ in range(_TRIES):
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_PAUSE)
            except OSError:  # no locks on this file system
                break
        yield
    finally:
        os.close(opened)


@contextlib.contextmanager
def _written_beside(path: Path, text: str | bytes, mode: int) -> Iterator[Path]:
    """Write a text to a file of our own in the folder, which is gone afterwards unless it got another name."""
    umask = os.umask(0)
    os.umask(umask)
    sweep_leftovers(path)
    with temporary_file(path) as beside:
        with beside.open("wb") as file:
            file.write(_bytes(text))
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode & ~umask)
        yield beside


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")


def _dressed_like(path: Path, beside: Path) -> bool:
    """Give a file the owner and the mode of another; return whether it can take its place, and nothing is lost."""
    try:
        kept = path.stat()
    except FileNotFoundError:
        return True
    if kept.st_nlink > 1:
        return False
    try:
        if (kept.st_uid, kept.st_gid) != (beside.stat().st_uid, beside.stat().st_gid):
            os.chown(beside, kept.st_uid, kept.st_gid)
        shutil.copystat(path, beside)
    except OSError:
        return False
    os.utime(beside)
    return True


def _write_into(path: Path, text: str | bytes) -> None:
    """Write a text into a file itself, once there is room for it; what fails half way is undone."""
    before, after = path.read_bytes(), _bytes(text)
    opened = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        try:
            _put(opened, after)
        except OSError:
            _put(opened, before)
            raise
    finally:
        os.close(opened)


def _put(opened: int, data: bytes) -> None:
    with contextlib.suppress(AttributeError):  # macOS finds out while it writes
        os.posix_fallocate(opened, 0, max(len(data), 1))
    for start in range(0, len(data), 1 << 20):
        os.pwrite(opened, data[start : start + (1 << 20)], start)
    os.ftruncate(opened, len(data))
    os.fsync(opened)


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
