"""Names that are not written exactly: stderr says, once for each, how it was read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from plenipo.cli.messages import tell
from plenipo.rulebook.loose_names import heard_by
from plenipo.rulebook.model import LooseReading


@contextmanager
def show_readings() -> Iterator[None]:
    """Say on stderr how names are read that are not written exactly, each once."""
    shown: set[LooseReading] = set()

    def show(reading: LooseReading) -> None:
        if reading not in shown:
            shown.add(reading)
            sys.stdout.flush()
            tell(str(reading))

    with heard_by(show):
        yield
