"""How much a batch takes in before it says that this cannot be meant: bounds that no honest file meets."""

from __future__ import annotations

from plenipo.errors import Diagnostic, Location, SituationError

#: The most bytes that a line of JSON Lines, or a row of CSV, may have.
LONGEST_LINE = 1 << 24


def too_long(name: str, what: str, most: int) -> SituationError:
    """Return the fault of a line or a row of the file `name` that does not end soon enough."""
    help = ("if this is meant, `--max-row` raises the bound, as in `--max-row 1GB`",)
    message = f"{what} does not end in {most:,} bytes"
    return SituationError((Diagnostic("too-large", message, Location(name), help=help),))
