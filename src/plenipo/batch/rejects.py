"""Rejects: rows that cannot be answered, each fault with its place, what stood there and what was likely meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from plenipo.errors import Diagnostic, Location, quoted


@dataclass(frozen=True)
class Reject:
    """
    One fault of one row: in `file`, row `row` (counted from 1, the header apart), in `column`, where `value` stood.

    For a fact file `row` is the line. `nearest` is the name or value that was most likely meant; `record` tells rows
    apart where lines do not; `check` is what the fault is called wherever facts are read.
    """

    file: str
    row: int
    case: str | int | None
    column: str | None
    value: str | None
    reason: str
    nearest: str | None = None
    record: int = 0
    check: str = "bad-row"

    def line(self) -> str:
        """Return the fault as a line of JSON."""
        told = {name: value for name, value in asdict(self).items() if name != "record"}
        return json.dumps(told, ensure_ascii=True) + "\n"

    def diagnostic(self) -> Diagnostic:
        """Return the fault as it is told to somebody who reads it on a terminal."""
        column, value = self.column or "", self.value or ""
        where = "" if self._says(column) else f" in {quoted(column)}"
        found = "" if self._says(value) else f"; {quoted(value)} stands there"
        help = (f"did you mean {quoted(self.nearest)}?",) if self.nearest else ()
        return Diagnostic(self.check, f"{self.reason}{where}{found}", Location(self.file, self.row), help=help)

    def _says(self, words: str) -> bool:
        """Return whether the reason names columns or values, a comma between them, already."""
        return all(word in self.reason for word in words.split(", "))


def rows(rejects: Iterable[Reject]) -> int:
    """Return how many rows the faults of one part belong to."""
    return len({(reject.file, reject.record or reject.row) for reject in rejects})
