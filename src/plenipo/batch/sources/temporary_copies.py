"""Temporary copies of what can be read only once, or only decompressed, made a piece at a time."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import os
import re
import stat
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from plenipo.batch.limits import MOST_LAYERS, USUAL, Limits
from plenipo.batch.sources.inputs import InputFile
from plenipo.batch.sources.json_array import lines_of
from plenipo.errors import Diagnostic, Location, SituationError, UsageError
from plenipo.rulebook.files import STDIN_NAME
from plenipo.situations.file_kinds import compression
from plenipo.temporary import temporary_folder

#: Bytes that are enough to recognize what a file is.
_BEGINNING = 4096
#: Bytes that are copied at a time.
_PIECE = 1 << 20


class TemporaryCopies:
    """A folder for copies, which is removed when the batch is done."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self._limits = limits
        self._count = 0

    def readable(self, file: InputFile) -> Path:
        """
        Return a file that can be read more than once: the input itself, or a copy of what can be read only once.

        Raises:
            SituationError: it cannot be read.
        """
        if file.path is None:
            stdin: Any = sys.stdin
            if stdin is None:
                raise unreadable(STDIN_NAME, OSError(errno.EBADF, os.strerror(errno.EBADF)))
            return self._copy(_pieces(getattr(stdin, "buffer", stdin), STDIN_NAME))
        if not file.once:
            return file.path
        with _reading(file.name), file.path.open("rb") as opened:
            return self._copy(_pieces(opened, file.name))

    def decompressed(self, path: Path, name: str) -> Path:
        """
        Return a file with the same content that is not compressed: the file itself, if it is not.

        Raises:
            SituationError: it cannot be read or decompressed.
        """
        for _ in range(MOST_LAYERS):
            ending = compression(beginning(path, name))
            if ending is None:
                return path
            most = self._limits.unpacked_from(path.stat().st_size)
            with _reading(name), decompressed(path, ending) as file:
                path = self._copy(self._no_more_than(most, _pieces(file, name), name))
        raise unreadable(name, ValueError(f"it was packed more than {MOST_LAYERS} times"))

    def as_lines(self, path: Path, name: str) -> Path:
        """
        Return a file that holds each element of a JSON array on a line.

        Raises:
            SituationError: it cannot be read, or is not a JSON array.
        """
        with _reading(name):
            plain = self.decompressed(path, name)
            if plain.stat().st_size > self._limits.array:
                raise self._limits.refuse_array(name)
            lines = lines_of(plain.read_text(encoding="utf-8-sig"), self._limits.row)
            try:
                return self._copy(f"{line}\n".encode() for line in lines)
            except OverflowError:
                raise self._limits.refuse_row(name, "an element of this array") from None

    def _no_more_than(self, most: int, pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise self._limits.refuse_unpacked(name, most)
            yield piece

    def _copy(self, pieces: Iterable[bytes]) -> Path:
        self._count += 1
        target = self.folder / f"{self._count}"
        with _writing(), target.open("wb") as copy:
            copy.writelines(pieces)
        return target


@contextmanager
def temporary_copies(limits: Limits = USUAL) -> Iterator[TemporaryCopies]:
    """Give a folder for copies that is removed afterwards."""
    with temporary_folder() as folder:
        yield TemporaryCopies(folder, limits)


def beginning(path: Path, name: str) -> bytes:
    """
    Return the first bytes of a file.

    Raises:
        SituationError: it cannot be read.
    """
    with _reading(name), path.open("rb") as file:
        return file.read(_BEGINNING)


def decompressed(file: Path | IO[bytes], ending: str) -> IO[bytes]:
    """Open a compressed file, or one that is open, to read what it holds; `ending` names the compression."""
    if ending == ".zst":
        return cast("IO[bytes]", _zstd().open(file, "rb"))
    opener: Any = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}[ending]
    return cast("IO[bytes]", opener(file, "rb"))


def _pieces(file: IO[bytes], name: str) -> Iterator[bytes]:
    with _reading(name):
        while piece := file.read(_PIECE):
            if _endless(file):
                raise ValueError("it is a device, which may have no end")
            yield piece


def _endless(file: IO[bytes]) -> bool:
    """Return whether a file may go on for ever and nobody can end it, as the user of a terminal can."""
    try:
        mode = os.fstat(file.fileno()).st_mode
    except OSError:
        return False
    return (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and not file.isatty()


def _zstd() -> Any:
    """Return the module for Zstandard, which is Python's own from 3.14 on."""
    from importlib import import_module  # noqa: PLC0415 - rarely needed

    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        # what unpacks raises an OSError that is none of the system's
        damaged = isinstance(error, OSError) and error.errno is None
        raise unreadable(name, ValueError(_damage(error)) if damaged else error) from error
    except MemoryError as error:
        raise unreadable(name, ValueError("it asks for more memory than there is")) from error
    except (EOFError, lzma.LZMAError, zlib.error) as error:
        raise unreadable(name, ValueError(_damage(error))) from error
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise unreadable(name, ValueError(_damage(error))) from error
        raise


def _damage(error: Exception) -> str:
    """Return what a library says of content that it cannot unpack."""
    reason = re.sub(r"^Error -?\d+ while decompressing data: ", "", str(error) or "it ends too early").splitlines()[0]
    return f"it is damaged, or was cut off: {_as_a_clause(reason)}"


def _as_a_clause(reason: str) -> str:
    """Return a sentence of a library's without its capital letter and its full stop, but for capitals that stay."""
    small = reason[1:2].islower() or reason[1:2] == " "
    return (reason[:1].lower() + reason[1:] if small else reason).rstrip(".")


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        help = (f"temporary files go to {tempfile.gettempdir()}; TMPDIR names another folder",)
        raise UsageError(f"a temporary file cannot be written: {reason}", help=help) from error


def unreadable(name: str, error: Exception) -> SituationError:
    """Return the fault of a file that cannot be read."""
    reason = (getattr(error, "strerror", None) or str(error) or "it ends too early").splitlines()[0]
    if reason == "failed to fill whole buffer":
        reason = "it ends too early"
    if "Error {" in reason or "error_kind" in reason:  # what Rust prints for programmers
        reason = "it is damaged: its content makes no sense"
    message = f"this file cannot be read: {_as_a_clause(reason)}"
    if name == STDIN_NAME and getattr(error, "errno", None) == errno.EBADF:  # it was closed from the start
        message = "standard input cannot be read"
    if isinstance(error, PermissionError):
        message = "you have no permission to read this file"
    return SituationError((Diagnostic("unreadable", message, Location(name)),))
