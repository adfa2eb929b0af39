"""Rejects: the faults of rows that get no advice, each with its place, what was found and what was likely meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from plenipo.errors import Diagnostic, Location, quoted


@dataclass(frozen=True)
class Reject:
    """
    One fault of one row: `value` in `column` of row `row` (counted from 1, without the header) of `file`.

    For a fact file `row` is the line. `nearest` is the name or value that was most likely meant; `record`
    counts the row where `row` is a line; `check` names the kind of fault, as in the messages on fact files.
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
        fields = {name: value for name, value in asdict(self).items() if name != "record"}
        return json.dumps(fields, ensure_ascii=True) + "\n"

    def diagnostic(self) -> Diagnostic:
        """Return the fault as a terminal shows it."""
        column, value = self.column or "", self.value or ""
        where = "" if self._names(column) else f" in {quoted(column)}"
        found = "" if self._names(value) else f"; found {quoted(value)}"
        help = (f"did you mean {quoted(self.nearest)}?",) if self.nearest else ()
        return Diagnostic(self.check, f"{self.reason}{where}{found}", Location(self.file, self.row), help=help)

    def _names(self, words: str) -> bool:
        """Return whether the reason already names these columns or values, which a comma separates."""
        return all(word in self.reason for word in words.split(", "))


def count_rows(rejects: Iterable[Reject]) -> int:
    """Return how many rows the faults of one part belong to."""
    return len({(reject.file, reject.record or reject.row) for reject in rejects})
