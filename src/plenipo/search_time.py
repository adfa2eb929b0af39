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
    """Let all searching meanwhile take so many seconds; within another such limit, which goes on, that one counts."""
    if _end.get() is not None:
        yield
        return
    token = _end.set(monotonic() + seconds)
    try:
        yield
    finally:
        _end.reset(token)


def search_end() -> float:
    """Return when a search that begins now has to end, by the clock that never goes back."""
    end = _end.get()
    return monotonic() + SECONDS if end is None else end
