"""Words that were taken for names without being them, letter by letter: each is told on stderr, once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from plenipo.cli.messages import tell
from plenipo.rulebook.loose_names import heard_by
from plenipo.rulebook.model import LooseReading


@contextmanager
def told_readings() -> Iterator[None]:
    """Tell on stderr, and each once, how words are read that are not written as the names that they mean."""
    told: set[LooseReading] = set()

    def show(reading: LooseReading) -> None:
        if reading not in told:
            told.add(reading)
            sys.stdout.flush()
            tell(str(reading))

    with heard_by(show):
        yield
