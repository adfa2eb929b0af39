"""`plenipo ask` on a pseudo-terminal whose screen can be seen: what stands on it, and how the terminal is set."""

from __future__ import annotations

import os
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

#: What the list writes last.
READY = "save and stop"


class Screen:
    """A running program, and the screen that it draws on."""

    def __init__(self, command: list[str], folder: Path, columns: int, environment: dict[str, str]) -> None:
        known = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "LINES"}}
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            command[0],
            command[1:],
            cwd=str(folder),
            env={**known, "TERM": "xterm", **environment},
            dimensions=(40, columns),
        )
        self._left = self._settings = termios.tcgetattr(self.child.child_fd)
        self.screen = pyte.Screen(columns, 40)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def lines(self) -> list[str]:
        """The lines that stand on the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The words that stand on the screen."""
        return " ".join(" ".join(self.lines).split())

    def until(self, seen: Callable[[], bool], what: str = "") -> None:
        """Read until something is so."""
        deadline = time.monotonic() + 15
        while not seen():
            assert time.monotonic() < deadline, f"never: {what}\n" + "\n".join(self.lines)
            if not self._read(1):
                assert seen(), f"never: {what}\n" + "\n".join(self.lines)

    def see(self, *words: str) -> None:
        """Read until all these words stand on the screen."""
        for each in words:
            self.until(lambda each=each: each in self.text, each)  # type: ignore[misc]

    def send(self, keys: str | bytes) -> None:
        """Press keys."""
        self.child.send(keys)

    def resize(self, columns: int) -> None:
        """Make the terminal narrower or wider."""
        self.child.setwinsize(40, columns)
        self.screen.resize(40, columns)

    def finish(self) -> int | None:
        """Wait for the end and return the exit code."""
        deadline = time.monotonic() + 60
        while self._read(10):
            assert time.monotonic() < deadline, "it never ends\n" + "\n".join(self.lines)
        self._left = termios.tcgetattr(self.child.child_fd)
        self.child.close()
        code: int | None = self.child.exitstatus
        return code

    def restored(self) -> bool:
        """Return whether the terminal was left as it was at first, and its cursor is to be seen."""
        return self._left == self._settings and not self.screen.cursor.hidden

    def _read(self, seconds: float) -> bool:
        """Read what comes, and return whether more may come."""
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True


def questionnaire(folder: Path, rulebook: Path, *arguments: str, columns: int = 80, **environment: str) -> Screen:
    """Start `plenipo ask` in a folder."""
    command = [sys.executable, "-m", "plenipo.cli.main", "ask", *arguments]
    return Screen(command, folder, columns, {"PYTHONUTF8": "1", "PLENIPO_RULEBOOK": str(rulebook), **environment})
