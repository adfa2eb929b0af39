"""Rejects: the faults of rows that get no advice, each with its place, what was found and what was likely meant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plenipo.did_you_mean import Suggestion
from plenipo.errors import Diagnostic, Location, printable, quoted

#: What the lines of a file of rejects leave out.
_NOT_IN_THE_FILE = {"record", "cells", "by_line"}


@dataclass(frozen=True)
class Reject:
    """
    One fault of one row: `value` in `column` of row `row` (counted from 1, without the header) of `file`.

    For a fact file `row` is the line. `nearest` is the name or value that was most likely meant; `record` counts the
    row where `row` is a line; `check` names the kind of fault, as in the messages on fact files. `cells` are those of a
    row that could be read although the row cannot, and `by_line` says that `row` is the number of a line.
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
    cells: Mapping[str, str] = field(default_factory=dict)
    by_line: bool = False

    def line(self) -> str:
        """Return the fault as a line of JSON."""
        fields = {name: value for name, value in vars(self).items() if name not in _NOT_IN_THE_FILE}
        return json.dumps(fields, ensure_ascii=True) + "\n"

    def diagnostic(self) -> Diagnostic:
        """Return the fault as a terminal shows it."""
        # what excludes what else is said with all its values
        whole = self.check == "impossible-facts"
        where = "" if whole or not self.column or quoted(self.column) in self.reason else f" in {quoted(self.column)}"
        found = "" if whole or not self.value or self._is_found() else f"; found {quoted(self.value)}"
        help = (Suggestion(self.nearest),) if self.nearest else ()
        return Diagnostic(self.check, f"{self.reason}{where}{found}", self._place(), help=help)

    def _is_found(self) -> bool:
        """Return whether the reason begins with what was found, as those of fact files do."""
        return self.reason.startswith(quoted(self.value or ""))

    def _place(self) -> Location:
        """Return where the fault is: a row is called a row, because an editor takes a number for a line."""
        if self.by_line:
            return Location(self.file, self.row)
        row = f", row {self.row}" if self.row else ""
        case = "" if self.case in {None, self.row, f"{self.file}:{self.row}"} else f" ({printable(str(self.case))})"
        return Location(f"{self.file}{row}{case}")


def count_rows(rejects: Iterable[Reject]) -> int:
    """Return how many rows the faults of one part belong to."""
    return len({(reject.file, reject.record or reject.row) for reject in rejects})
