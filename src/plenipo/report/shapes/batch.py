"""Batches: the summary, the rejects, and what a finished batch says of itself."""

from plenipo.report.shapes.shape import Head, JsonObject
from plenipo.report.shapes.situation import ReadingAsData
from plenipo.rulebook.verdict import Verdict


class BatchRulebookData(JsonObject):
    """The rulebook that was used."""

    digest: str
    """A fingerprint of its content: two rulebooks with the same one advise the same."""
    rules: int
    """How many rules it has."""


class RejectedData(JsonObject):
    """The rows that got no advice."""

    rows: int
    """How many."""
    faults: int
    """How many faults they have."""
    file: str | None
    """The file that lists them; null where there is none."""


class CellReadingData(ReadingAsData):
    """How a word of tables was read."""

    cells: int
    """How many cells hold it."""


class BatchSummaryData(Head):
    """What came of a batch: `plenipo batch --format json`, `plenipo.batch`."""

    rulebook: BatchRulebookData
    """The rulebook that was used."""
    situations: int
    """How many situations were answered."""
    rejected: RejectedData
    """How many rows were not."""
    unknown: dict[str, int]
    """The words of tables that were read as unknown: word -> cells."""
    left_out: dict[str, int]
    """What was not kept because it came too late: column -> rows."""
    read_as: list[CellReadingData]
    """How words of tables were read that are no names, letter by letter."""
    out: str | None
    """The file of the answers; null where there is none."""
    remarks: list[str]
    """What else is worth knowing, a sentence each."""
    options: dict[str, dict[Verdict, int]] | None
    """How often each verdict was given: option -> verdict -> situations; null where that was not counted."""
    rules: dict[str, int] | None
    """How often each rule fired: rule -> situations; null where that was not counted."""
    never_fired: list[str] | None
    """The rules that never fired; null where that was not counted."""


class BatchRejectData(JsonObject):
    """A line of OUT.rejects.jsonl: one fault of one row."""

    file: str
    """The file."""
    row: int
    """The row, counted from 1 without the header; for fact files and JSON Lines the line."""
    case: str | int | None
    """The key of the row; null where it has none."""
    column: str | None
    """The column; null where the whole row is wrong."""
    value: str | None
    """What was found there; null where nothing was."""
    reason: str
    """What is wrong, in one sentence."""
    nearest: str | None
    """The known name or value that was most likely meant; null where none is near."""
    check: str
    """The id of the check that found it."""


class BatchAboutData(Head):
    """What a finished batch says of itself, in OUT.about.json or in the metadata of Parquet under `plenipo`."""

    digest: str
    """The fingerprint of the rulebook that was used."""
    version: str
    """The version of plenipo that wrote it."""
    key: str
    """The column that identifies a row."""
    facts: list[str]
    """The facts, each of which is a column; none where they were not written."""
    reasons: str
    """How the rules that fired are written: `bits`, `ids` or `none`."""
    rules: list[str]
    """The rules of the bits, from the lowest bit of the first integer on; none without bits."""
    form: str | None
    """The format of the file."""
