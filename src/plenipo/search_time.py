"""How long searching may take: all of it for one answer together, or one search where nobody says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

#: The seconds that searching for one answer may take where nobody says otherwise.
SECONDS = 10.0
#: The same for questions about a whole rulebook.
SECONDS_OVER_ALL = 60.0
#: When it is to end.
_end: ContextVar[float | None] = ContextVar("_end", default=None)


@contextmanager
def search_time(seconds: float = SECONDS) -> Iterator[None]:
    """Let all searching meanwhile take so many seconds together, or less where a limit around it ends earlier."""
    outer, end = _end.get(), monotonic() + seconds
    token = _end.set(end if outer is None else min(outer, end))
    try:
        yield
    finally:
        _end.reset(token)


def time_left() -> float:
    """Return how many seconds a search that begins now may take."""
    end = _end.get()
    return SECONDS if end is None else max(end - monotonic(), 0.0)
