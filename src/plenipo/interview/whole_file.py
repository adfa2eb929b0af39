"""Writing a file whole or not at all, and under a name that no other file has."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Write a text in the place of a file, in one step; the permissions stay."""
    with _written_beside(path, text) as beside:
        with contextlib.suppress(OSError):
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)


def make_file(path: Path, text: str) -> Path:
    """Write a text to a new file, under the first of its names that is free, and return its path."""
    with _written_beside(path, text) as beside:
        for name in _names(path):
            with contextlib.suppress(FileExistsError):
                _claim(name, beside)
                return name
    raise AssertionError  # the numbers never end


def free_path(path: Path) -> Path:
    """Return the first of the names of a path that nothing has now: its own, or that with a number."""
    return next(name for name in _names(path) if not os.path.lexists(name))


@contextlib.contextmanager
def _written_beside(path: Path, text: str) -> Iterator[Path]:
    """Write a text to a file of our own in the folder, which is gone afterwards unless it got another name."""
    beside = path.with_name(f".{path.name}.{os.getpid()}~")
    try:
        with beside.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


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
