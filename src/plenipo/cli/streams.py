"""
Standard streams as whoever started the process left them: closed, full, or with nobody at the other end.

What the command does does not depend on them. What nobody can hear is not said, and output that cannot be written is a
fault that names it.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: What an error calls it.
STANDARD_OUTPUT = "standard output"


def mend_streams() -> None:
    """Open what is closed, so that no file of ours gets its number, and have each stream fail as it should."""
    # what is read from here was never given, and an empty input is something else
    closed = [_is_opened(number, os.O_WRONLY) for number in (0, 1, 2)]
    if closed[0]:
        sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = _text(_Output(1, "w", closefd=False), sys.stdout, buffered=True)
    sys.stderr = _text(_Messages(2, "w", closefd=False), sys.stderr, buffered=False)


def give_up_output() -> None:
    """Throw away what could not be written, and what the interpreter would try to write at its end."""
    with suppress(OSError, AttributeError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Output(io.FileIO):
    """Names itself where it cannot be written."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            error.filename = STANDARD_OUTPUT
            raise


class _Messages(io.FileIO):
    """Says what it can; that nobody can hear it changes nothing."""

    def write(self, data: Any) -> int:
        left = memoryview(data).cast("B")
        with suppress(OSError):
            while left:
                left = left[super().write(left) :]
        return len(data)


def _text(raw: io.FileIO, before: Any, *, buffered: bool) -> io.TextIOWrapper:
    """Return a stream of text that is like the one before, if there was one."""
    encoding = getattr(before, "encoding", None) or "utf-8"
    lines = raw.isatty() or not buffered
    binary: Any = io.BufferedWriter(raw) if buffered else raw
    return io.TextIOWrapper(binary, encoding, "backslashreplace", line_buffering=lines, write_through=not buffered)


def _is_opened(number: int, how: int) -> bool:
    """Return whether a closed stream had to be opened."""
    try:
        os.fstat(number)
    except OSError:
        os.open(os.devnull, how)  # the lowest number that is free
        return True
    return False
