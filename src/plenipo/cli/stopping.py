"""
The signals that end a run: what is under way is tidied up, a line says what happened, and the exit code tells which.

A signal raises `Stopped` in the main thread. Where that thread is deep in a library and does not hear of it in time, a
second one ends the process in its place.
"""

from __future__ import annotations

import os
import signal
import sys
from _thread import allocate_lock, start_new_thread  # `threading` costs more than an answer such as `--version`
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, NoReturn

#: What a line says of each signal.
WORDS = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated", signal.SIGHUP: "the terminal was closed"}
#: Seconds that the main thread has to tidy up by itself.
GRACE = 0.1
#: Brings back the cursor, which a progress bar hides.
_SHOW_CURSOR = "\x1b[?25h"


class Stopped(KeyboardInterrupt):
    """A signal asks for an end; whoever catches it ends soon."""


class Stopping:
    """Listens for the signals that end this process, but for those that whoever started it ignores."""

    #: The one that listens now.
    now: Stopping | None = None

    def __init__(self) -> None:
        Stopping.now = self
        self.number = 0
        self._heard = [each for each in WORDS if signal.getsignal(each) != signal.SIG_IGN]
        self._watched, self._wakes = os.pipe()
        os.set_blocking(self._wakes, False)
        self._last_word, self._under_way = allocate_lock(), allocate_lock()
        self._under_way.acquire()

    def listen(self) -> None:
        """Hear the signals, also after something else has listened for them meanwhile."""
        for each in self._heard:
            signal.signal(each, self._stop)
        signal.set_wakeup_fd(self._wakes, warn_on_full_buffer=False)

    def watch(self) -> None:
        """Have a second thread see to it that a signal ends the process."""
        sys.unraisablehook = _quiet
        start_new_thread(self._watch, ())

    def close(self) -> None:
        """Ignore the signals from now on: the work is done."""
        self._ignore()
        self._under_way.release()
        signal.set_wakeup_fd(-1)

    def stopped(self) -> NoReturn:
        """End the process, for what was under way was stopped."""
        self.number = self.number or signal.SIGINT
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        self._end()

    def _end(self, before: str = "") -> NoReturn:
        """End the process with a line that says why."""
        with self._last_word:  # is never given back
            with suppress(OSError):
                os.write(2, f"{before}{self._said()}\n".encode())
            if made := sys.modules.get("plenipo.temporary"):
                made.remove_everything_temporary()
            os._exit(128 + self.number)

    def _said(self) -> str:
        """Return what a line says of the signal: in words, or as JSON where messages are."""
        words = WORDS[signal.Signals(self.number)]
        messages = sys.modules.get("plenipo.cli.messages")
        return messages.noted(words, 128 + self.number) if messages and messages.Messages.as_json else words

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - what a handler is given
        self._ignore()
        self.number = number
        raise Stopped

    def _ignore(self) -> None:
        for each in self._heard:
            signal.signal(each, signal.SIG_IGN)

    def _watch(self) -> None:
        """Wait for one of the signals, and end the process if the main thread does not soon."""
        while (number := os.read(self._watched, 1)[0]) not in self._heard:
            pass
        if not self._under_way.acquire(timeout=GRACE):
            self.number = number
            self._end(_SHOW_CURSOR if sys.stderr.isatty() else "")


def listen_again() -> None:
    """Hear the signals again, after a library that listens for them itself has returned."""
    if Stopping.now:
        Stopping.now.listen()


def _quiet(fault: Any) -> None:
    """Say nothing of an interruption where Python cannot raise it: the second thread sees to the end."""
    if not isinstance(fault.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(fault)
