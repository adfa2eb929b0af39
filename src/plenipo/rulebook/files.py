"""
Taking in files: from a path, or standard input, to bytes, whatever the path turns out to be.

Nothing here knows what the bytes mean, and nothing costs more than reading them, so that a rulebook can be recognised
by its bytes before anything is loaded that could parse it.
"""

from __future__ import annotations

import contextlib
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from plenipo.errors import Location, nearest, quoted, shown
from plenipo.rulebook.fault_list import Faults

#: No file of a rulebook and no situation is anywhere near this long (in bytes).
LARGEST = 1 << 20
#: Few files are longer, and memory for the longest takes longer to get than such a file to read.
USUAL = 1 << 16
STDIN = "-"
#: The endings of fact files.
ENDINGS = (".yaml", ".yml", ".json")
#: The name by which messages call standard input.
STDIN_NAME = "<stdin>"


def take_in(path: Path, faults: Faults, *, name: str | None = None, regular: bool = False) -> bytes | None:
    """
    Return what a file holds, or None after adding to `faults` why it cannot be had.

    Never reads much more than `LARGEST` bytes, so that an endless device is refused as fast as a large file. A pipe is
    as good as a file, except where only a `regular` one will do: opening others may wait for ever.
    """
    name = name or shown(path)
    try:
        mode = path.stat().st_mode if regular else stat.S_IFREG
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            help = ("a rulebook is made of regular files: a pipe, a socket or a device cannot be part of it",)
            faults.add("unreadable", "this is no regular file", Location(name), help=help)
            return None
        with path.open("rb") as file:
            data = file.read(USUAL)
            if len(data) == USUAL:
                data += file.read(LARGEST + 1 - USUAL)
    except (OSError, ValueError) as error:
        faults.add("unreadable", _why_not(path, error), Location(name), help=_neighbour(path, error))
        return None
    return _bounded(data, name, faults)


def take_in_stdin(faults: Faults) -> bytes | None:
    """Return what stands on standard input, or None after adding to `faults` why it cannot be had."""
    try:
        stream = getattr(sys.stdin, "buffer", sys.stdin)
        data = stream.read(LARGEST + 1)
    except (OSError, ValueError, AttributeError):
        faults.add("unreadable", "standard input cannot be read", Location(STDIN_NAME))
        return None
    return _bounded(data if isinstance(data, bytes) else data.encode(errors="surrogatepass"), STDIN_NAME, faults)


def _bounded(data: bytes, name: str, faults: Faults) -> bytes | None:
    if len(data) <= LARGEST:
        return data
    message = f"this holds more than {LARGEST // 1024} KiB, which no rulebook or fact file needs"
    faults.add("too-large", message, Location(name), help=("is it the right file?",))
    return None


def _why_not(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "this link leads nowhere" if path.is_symlink() else "there is no such file"
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
        return "this is a folder, not a file"
    if isinstance(error, PermissionError):
        return "you have no permission to read this file"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"this file cannot be read: {reason.lower()}"


def _like_it(path: Path, others: Iterable[str]) -> str | None:
    """Return the first name that differs in nothing but being another way to end a YAML or JSON file."""
    return next((other for other in others if other in {path.stem + ending for ending in ENDINGS}), None)


def _neighbour(path: Path, error: Exception) -> tuple[str, ...]:
    """Return the help that names the file of the same folder whose name is nearest to one that is not there."""
    if isinstance(error, FileNotFoundError):
        with contextlib.suppress(OSError, ValueError):
            others = sorted(other.name for other in path.parent.iterdir() if other.name != path.name)
            near = _like_it(path, others) or nearest(path.name, others)
            return (f"did you mean {quoted(near)}?",) if near else ()
    return ()
