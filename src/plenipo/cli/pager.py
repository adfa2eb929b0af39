"""
The pager: what is longer than the screen is read with one, as git does it.

PLENIPO_PAGER or else PAGER names it, `less` does without either; an empty one, or `cat`, is none. Nothing is paged that
does not go to a terminal.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TextIO

USUAL = "less -FRX"
#: What gives text its colour and takes no room.
_COLOURS = re.compile("\x1b\\[[0-9;]*m")


@contextmanager
def paged(*, wanted: bool) -> Iterator[None]:
    """Let what is printed meanwhile be read with a pager, where that is wanted and it is longer than the screen."""
    terminal, command = sys.stdout, _command()
    if not (wanted and command and terminal.isatty() and os.environ.get("TERM") != "dumb"):
        yield
        return
    screen = sys.stdout = _Screen(terminal)
    whole = False
    try:
        yield
        whole = True
    finally:
        sys.stdout = terminal
        text = screen.getvalue()
        # what an interruption cut off is not worth a pager, which would have to be left
        if not (whole and _longer_than_the_screen(text) and _shown(command, text, terminal)):
            terminal.write(text)
            terminal.flush()


class _Screen(StringIO):
    """Keeps what is meant for a terminal, and looks like that terminal to what writes to it."""

    def __init__(self, terminal: TextIO) -> None:
        super().__init__()
        self._encoding = terminal.encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return True


def _command() -> list[str]:
    """Return the words of the pager's command, none where none is wanted."""
    named = next((os.environ[name] for name in ("PLENIPO_PAGER", "PAGER") if name in os.environ), USUAL)
    try:
        words = shlex.split(named)
    except ValueError:  # a quotation mark without its fellow
        words = []
    return [] if words == ["cat"] else words


def _longer_than_the_screen(text: str) -> bool:
    width, height = shutil.get_terminal_size()
    rows = (1 + max(len(_COLOURS.sub("", line)) - 1, 0) // max(width, 1) for line in text.splitlines())
    return sum(rows) >= height


def _shown(command: list[str], text: str, terminal: TextIO) -> bool:
    """Show a text in a pager, and return whether there is one that could be started."""
    environment = {"LESS": "FRX", **os.environ}
    try:
        pager = subprocess.Popen(  # noqa: S603 - the user names the pager
            command,
            stdin=subprocess.PIPE,
            stdout=terminal,
            env=environment,
            encoding=terminal.encoding,
            errors="backslashreplace",
        )
    except OSError:
        return False
    interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)  # while the pager runs, ^C is for the pager
    try:
        pager.communicate(text)
    except BrokenPipeError:  # the reader quit before the end of the text
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, interrupt)
    return True
