"""Faults: what `--errors json` writes to stderr."""

from plenipo.report.shapes.shape import Head, JsonObject


class PlaceData(JsonObject):
    """A place in a file."""

    file: str
    """The file, as messages call it."""
    line: int | None
    """The line, counted from 1; null where the whole file or a row of a table is meant."""
    column: int | str | None
    """The column of the line, counted from 1, or the name of a table's column; null where the whole line is meant."""
    row: int | None
    """The row of a table, counted from 1 without the header; null in other files."""


class AlsoData(JsonObject):
    """Another place that belongs to a fault."""

    place: PlaceData
    """Where it is."""
    why: str
    """What it has to do with the fault."""


class FaultData(Head):
    """One fault, or one remark: a line of what `--errors json` writes to stderr."""

    severity: str
    """`error`, or `remark` for what stops nothing."""
    check: str
    """The id of the check that found it; `usage`, `interrupted`, `internal-error`, or `note` for a remark."""
    message: str
    """What is wrong, in one sentence."""
    place: PlaceData | None
    """Where it is; null where it is in no file."""
    argument: str | None
    """The option or argument of the command line that is wrong; null where none is, or it is not known which."""
    also: list[AlsoData]
    """Other places that belong to it, such as the first of two definitions."""
    help: list[str]
    """What to do about it, a sentence each."""
    nearest: str | None
    """The known name that was most likely meant; null where none is near."""
    exit_code: int | None
    """What the command ends with because of it; null for a remark."""
