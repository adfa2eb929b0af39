"""Spooling: what can be read only once, or only unpacked, is put into a temporary file, a piece at a time."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from plenipo.batch.kinds import packing
from plenipo.errors import Diagnostic, Location, SituationError

#: As much as it takes to tell what a file is.
BEGINNING = 4096


class Spool:
    """A folder of the process's own for unpacked copies; it goes when the batch is done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def stdin(self) -> Path:
        """Return a file that holds what stands on standard input."""
        target = self._next()
        with target.open("wb") as file:
            shutil.copyfileobj(getattr(sys.stdin, "buffer", sys.stdin), file)
        return target

    def plain(self, path: Path, name: str) -> Path:
        """
        Return a file with the same content that is not packed: the file itself, if it is not.

        Raises:
            SituationError: it cannot be read or unpacked.
        """
        kind = packing(beginning(path, name))
        if kind is None:
            return path
        target = self._next()
        with _reading(name), unpacking(path, kind) as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
        return self.plain(target, name)

    def _next(self) -> Path:
        self._count += 1
        return self._folder / f"{self._count}"


@contextmanager
def spool() -> Iterator[Spool]:
    """Give a spool whose folder goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="plenipo-") as folder:
        yield Spool(Path(folder))


def beginning(path: Path, name: str) -> bytes:
    """
    Return the first bytes of a file.

    Raises:
        SituationError: it cannot be read.
    """
    with _reading(name), path.open("rb") as file:
        return file.read(BEGINNING)


def unpacking(path: Path, ending: str) -> IO[bytes]:
    """Open a packed file for reading what is packed in it."""
    if ending == ".zst":
        return cast("IO[bytes]", _zstd().open(path, "rb"))
    opener: Any = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}[ending]
    return cast("IO[bytes]", opener(path, "rb"))


def _zstd() -> Any:
    """Return the module for Zstandard: Python's own from 3.14 on."""
    from importlib import import_module  # noqa: PLC0415 - rarely needed

    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, lzma.LZMAError, ValueError) as error:
        raise unreadable(name, error) from error
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise unreadable(name, error) from error
        raise


def unreadable(name: str, error: Exception) -> SituationError:
    """Return the fault of a file that cannot be read."""
    reason = (getattr(error, "strerror", None) or str(error) or "it ends too early").splitlines()[0]
    reason = reason[:1].lower() + reason[1:].rstrip(".")
    return SituationError((Diagnostic("unreadable", f"this file cannot be read: {reason}", Location(name)),))
