"""Spooling: what can be read only once, or only unpacked, is put into a temporary file, a piece at a time."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from plenipo.batch.file_kinds import packing
from plenipo.errors import Diagnostic, Location, SituationError, UsageError
from plenipo.rulebook.files import STDIN_NAME

#: As much as it takes to tell what a file is.
BEGINNING = 4096
#: Bytes that are copied at a time.
_BLOCK = 1 << 20


class Spool:
    """A folder of the process's own for copies; it goes when the batch is done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def stdin(self) -> Path:
        """
        Return a file that holds what stands on standard input.

        Raises:
            SituationError: it cannot be read.
        """
        stdin: Any = sys.stdin
        if stdin is None:
            raise SituationError((Diagnostic("unreadable", "standard input cannot be read", Location(STDIN_NAME)),))
        return self._copy(getattr(stdin, "buffer", stdin), STDIN_NAME)

    def once(self, path: Path, name: str) -> Path:
        """
        Return a file that holds what comes through a pipe, say: the path is opened once.

        Raises:
            SituationError: it cannot be read.
        """
        with _reading(name), path.open("rb") as file:
            return self._copy(file, name)

    def plain(self, path: Path, name: str) -> Path:
        """
        Return a file with the same content that is not packed: the file itself, if it is not.

        Raises:
            SituationError: it cannot be read or unpacked.
        """
        kind = packing(beginning(path, name))
        if kind is None:
            return path
        with _reading(name), unpacking(path, kind) as packed:
            target = self._copy(packed, name)
        return self.plain(target, name)

    def _copy(self, file: IO[bytes], name: str) -> Path:
        self._count += 1
        target = self._folder / f"{self._count}"
        with _writing(), target.open("wb") as copy:
            while block := _block(file, name):
                copy.write(block)
        return target


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


def unpacking(packed: Path | IO[bytes], ending: str) -> IO[bytes]:
    """Open a packed file, or what was read of one, for reading what is packed in it."""
    if ending == ".zst":
        return cast("IO[bytes]", _zstd().open(packed, "rb"))
    opener: Any = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}[ending]
    return cast("IO[bytes]", opener(packed, "rb"))


def _block(file: IO[bytes], name: str) -> bytes:
    with _reading(name):
        block = file.read(_BLOCK)
        if block and _endless(file):
            raise ValueError("it is a device, which may have no end")
        return block


def _endless(file: IO[bytes]) -> bool:
    """Return whether a file may go on for ever with nobody who could end it, as a terminal's user can."""
    try:
        mode = os.fstat(file.fileno()).st_mode
    except OSError:
        return False
    return (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and not file.isatty()


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


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        help = (f"{tempfile.gettempdir()} is where they go; TMPDIR names another folder",)
        raise UsageError(f"a temporary file cannot be written: {reason}", help=help) from error


def unreadable(name: str, error: Exception) -> SituationError:
    """Return the fault of a file that cannot be read."""
    reason = (getattr(error, "strerror", None) or str(error) or "it ends too early").splitlines()[0]
    message = f"this file cannot be read: {reason[:1].lower()}{reason[1:].rstrip('.')}"
    if isinstance(error, PermissionError):
        message = "you have no permission to read this file"
    return SituationError((Diagnostic("unreadable", message, Location(name)),))
