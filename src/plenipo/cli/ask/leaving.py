"""How a questionnaire is left before its end: by Ctrl-C or Ctrl-D, by a signal, or because the terminal is gone."""

from __future__ import annotations

import errno
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from plenipo.cli.exit_codes import INTERRUPTED
from plenipo.cli.messages import tell
from plenipo.cli.streams import STANDARD_OUTPUT

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class Ended(SystemExit):
    """
    A signal ended the questionnaire; the code is that of the shells, 128 and the number of the signal.

    It is an exit, for nothing else gets through an event loop.
    """


@contextmanager
def leaving(parting: Callable[[], str]) -> Iterator[None]:
    """
    Let the terminal be put right and the parting words be said, however what is done meanwhile is broken off.

    Raises:
        typer.Exit: it was broken off.
    """
    with _signals():
        try:
            yield
            return
        except (KeyboardInterrupt, EOFError):
            code = INTERRUPTED
        except Ended as ended:
            code = int(str(ended.code))
        except OSError as fault:
            if fault.errno != errno.EIO or fault.filename not in {None, STANDARD_OUTPUT}:
                raise
            code = 128 + signal.SIGHUP
        finally:
            _let_go_of_what_is_gone()
        tell(f"\n{parting()}")
    raise typer.Exit(code) from None


@contextmanager
def _signals() -> Iterator[None]:
    """Turn signals that would end the program at once into an exit that tidies up; those that are ignored stay so."""

    def end(number: int, _: FrameType | None) -> None:
        for each in taken:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(128 + number)

    taken = [each for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)


def _let_go_of_what_is_gone() -> None:
    """Throw away what would still be written to a terminal that has hung up: each attempt would be another fault."""
    for stream in (sys.stdout, sys.stderr):
        try:
            termios.tcgetattr(stream.fileno())
        except termios.error as fault:
            if fault.args[0] == errno.EIO:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        stream.flush()
