"""Ctrl-Z at a list: the terminal is given back as it was, and the list is drawn again when the user comes back."""

from __future__ import annotations

import asyncio
import os
import signal

from prompt_toolkit.application import run_in_terminal


def heed_suspension() -> None:
    """Let a list that has begun stop also where another program asks for it, such as `kill -TSTP`."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGTSTP, suspend)


def suspend() -> None:
    """Stop this program and those that it runs with, until the user comes back."""
    run_in_terminal(_stop)


def _stop() -> None:
    ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(0, signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, ours)
