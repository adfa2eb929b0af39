"""Panics of Polars, which a damaged file can cause: as errors, and without the report that Rust prints of them."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2
_lock = threading.Lock()
_inside: list[int | None] = []


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """
    Run a few calls of Polars, or of what reads workbooks, during which the process has no stderr.

    Raises:
        ValueError: Polars panicked, because what it read makes no sense to it.
    """
    _hush()
    try:
        yield
    except BaseException as error:
        # every library in Rust has a class of its own of this name
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("the file is damaged: its content makes no sense") from error
    finally:
        _unhush()


def _hush() -> None:
    """Rust reports a panic on the file descriptor itself; only the first of several threads has to close it."""
    with _lock:
        saved = None
        if not _inside:
            with contextlib.suppress(OSError):
                saved = os.dup(_STDERR)
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, _STDERR)
                os.close(nowhere)
        _inside.append(saved)


def _unhush() -> None:
    with _lock:
        saved = _inside.pop() if len(_inside) == 1 else _inside.pop(1)
        if saved is not None:
            os.dup2(saved, _STDERR)
            os.close(saved)
