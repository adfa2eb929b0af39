"""Faults as JSON, an object each: what `--errors json` writes to stderr, a line for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from plenipo.did_you_mean import suggested
from plenipo.errors import Diagnostic, FaultsError, Location, Severity, UsageError
from plenipo.report.json import SCHEMA_VERSION

if TYPE_CHECKING:
    from plenipo.batch.rejects import Reject
    from plenipo.report.shapes.faults import FaultData, PlaceData

#: What the check is called where no check of files found a fault.
USAGE, INTERNAL, INTERRUPTED, NOTE = "usage", "internal-error", "interrupted", "note"


def fault_data(fault: Exception) -> list[FaultData]:
    """Return the faults that an exception of plenipo holds; any other exception is a fault of plenipo itself."""
    code = getattr(fault, "exit_code", None)
    if isinstance(fault, FaultsError):
        return [diagnostic_data(each, code) for each in fault.diagnostics]
    if isinstance(fault, UsageError):
        return [note_data(fault.message, USAGE, fault.help, code, argument=fault.argument)]
    return [note_data(str(fault), INTERNAL, (), code)]


def diagnostic_data(found: Diagnostic, exit_code: int | None = None) -> FaultData:
    """Return one fault of a file, or of facts that the command line gave."""
    option = found.location.file.startswith("--") and not found.location.line
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "fault",
        "severity": found.severity.value,
        "check": found.check,
        "message": found.message,
        "place": None if option else _place(found.location),
        "argument": found.location.file if option else None,
        "also": [{"place": _place(place), "why": why} for place, why in found.also],
        "help": [*map(str, found.help)],
        "nearest": suggested(found.help),
        "exit_code": exit_code if found.severity is Severity.ERROR else None,
    }


def reject_data(reject: Reject, exit_code: int | None = None) -> FaultData:
    """Return one fault of one row of a table: its place has the row and the column by name."""
    place: PlaceData = {"file": reject.file, "line": None, "column": reject.column, "row": None}
    place["line" if reject.by_line else "row"] = reject.row or None
    return {**diagnostic_data(reject.diagnostic(), exit_code), "place": place}


def note_data(
    message: str,
    check: str = NOTE,
    help: Iterable[str] = (),
    exit_code: int | None = None,
    *,
    argument: str = "",
) -> FaultData:
    """Return what has no place in any file; without an exit code it is a remark."""
    lines = tuple(help)
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "fault",
        "severity": (Severity.REMARK if exit_code is None else Severity.ERROR).value,
        "check": check,
        "message": message,
        "place": None,
        "argument": argument or None,
        "also": [],
        "help": [*map(str, lines)],
        "nearest": suggested(lines),
        "exit_code": exit_code,
    }


def _place(found: Location) -> PlaceData:
    return {"file": found.file, "line": found.line or None, "column": found.column or None, "row": None}
