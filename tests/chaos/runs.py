"""
Runs of the command line in processes of their own, which are ended when we like.

A process is forked from one that has imported everything, and so is where it is to be in a fraction of the time. What
is forked from runs no Polars itself: its threads would not be there in the child.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

#: What the commands import when they are asked to do something.
_NEEDED = (
    "plenipo.cli.app",
    "plenipo.cli.failures",
    "plenipo.cli.commands.batch",
    "plenipo.cli.commands.ask",
    "plenipo.cli.commands.advise",
    "plenipo.batch.run",
    "plenipo.counsel.leads",
    "plenipo.report.registry",
)
#: Where a run that nothing ends is ended.
_DEADLINE = 60


@dataclass(frozen=True)
class Ended:
    """
    How a run ended: its exit code, below zero where a signal ended it, what it printed, and what it took.

    `seconds` went by, and the processor worked for `worked` seconds, however many others it worked for.
    """

    code: int
    out: str
    err: str
    seconds: float
    worked: float
    megabytes: float

    @property
    def crashed(self) -> str:
        """What no user should see, if it was printed."""
        return next((line for line in self.err.splitlines() if "Traceback" in line or "internal error" in line), "")


class Running:
    """A command line at work in a folder, with its own streams; `typed` is typed on its terminal."""

    def __init__(
        self, folder: Path, arguments: Sequence[str], environment: Mapping[str, str], typed: bytes | None = None
    ) -> None:
        for name in _NEEDED:
            import_module(name)
        self._began = time.monotonic()
        # beside the folder, which may be full
        self._streams = [Path(f"{folder}.{os.getpid()}.{id(self)}.{name}") for name in ("out", "err")]
        self._terminal: int | None = None
        theirs: int | None = None
        if typed is not None:
            self._terminal, theirs = os.openpty()
        if self._terminal is not None:
            os.set_blocking(self._terminal, False)
            os.write(self._terminal, typed or b"")
        self.pid = os.fork()
        if not self.pid:
            self._become(folder, arguments, environment, theirs)
        if theirs is not None:
            os.close(theirs)
        self._said = b""

    def _become(
        self, folder: Path, arguments: Sequence[str], environment: Mapping[str, str], terminal: int | None
    ) -> None:
        code = 99
        try:
            os.chdir(folder)
            os.environ.update(environment)
            tempfile.tempdir = None
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
            if terminal is not None:
                os.login_tty(terminal)
            else:
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(os.open(self._streams[0], flags), 1)
            os.dup2(os.open(self._streams[1], flags), 2)
            sys.stdin, sys.stdout, sys.stderr = (
                open(number, mode, encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115 - until the end
                for number, mode in ((0, "r"), (1, "w"), (2, "w"))
            )
            sys.argv = ["plenipo", *arguments]
            code = import_module("plenipo.cli.main").main()
        finally:
            for stream in (sys.stdout, sys.stderr):
                with suppress(OSError, ValueError):
                    stream.flush()
            os._exit(code)

    def kill_after(self, seconds: float) -> Ended:
        """End the run with a signal that it cannot see, unless it has ended by then."""
        return self._wait(seconds, signal.SIGKILL)

    def ended(self) -> Ended:
        """Wait until the run has ended by itself."""
        return self._wait(_DEADLINE, signal.SIGKILL)

    def _wait(self, seconds: float, number: int) -> Ended:
        end = self._began + seconds
        while not (found := os.wait4(self.pid, os.WNOHANG))[0]:
            self._listen()
            if time.monotonic() >= end:
                os.kill(self.pid, number)
                found = os.wait4(self.pid, 0)
                break
            time.sleep(0.002)
        took = time.monotonic() - self._began
        self._listen()
        if self._terminal is not None:
            os.close(self._terminal)
        texts = [path.read_text(errors="replace") if path.exists() else "" for path in self._streams]
        for path in self._streams:
            path.unlink(missing_ok=True)
        used: resource.struct_rusage = found[2]
        unit = 1 if sys.platform == "darwin" else 1024
        out = self._said.decode(errors="replace") if self._terminal is not None else texts[0]
        return Ended(
            os.waitstatus_to_exitcode(found[1]),
            out,
            texts[1],
            took,
            used.ru_utime + used.ru_stime,
            used.ru_maxrss * unit / 1e6,
        )

    def _listen(self) -> None:
        """Take what is on the terminal, so that nobody waits for us."""
        while self._terminal is not None:
            try:
                said = os.read(self._terminal, 1 << 16)
            except OSError:
                return
            if not said:
                return
            self._said += said


def run(folder: Path, arguments: Sequence[str], environment: Mapping[str, str], typed: bytes | None = None) -> Ended:
    """Run a command line to its end."""
    return Running(folder, arguments, environment, typed).ended()
