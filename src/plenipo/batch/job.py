"""What is asked of a batch."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from plenipo.batch.limits import USUAL, Limits
from plenipo.errors import UsageError, quoted, quoted_list
from plenipo.situations.file_kinds import COMPRESSED, Kind, kind_by_name

#: What is called to show progress: with how many records are done, and how many there may be.
Progress = Callable[[int, int], None]


class Reasons(StrEnum):
    """How OUT holds the rules that fired: as bits of integers, as ids in a text, or not at all."""

    BITS = "bits"
    IDS = "ids"
    NONE = "none"


@dataclass(frozen=True)
class Job:
    """
    What is asked of a batch.

    `separator` is what separates the cells of CSV and TSV, where their headers do not show it; `sheet` names the sheet
    of workbooks, and `encoding` says how letters are written in the bytes of texts, where this is not UTF-8.
    `out` is a file, `-`, or None for a summary alone. `form` and `kind` say what `out` and the inputs are, where their
    names do not show it. `limits` say how much is taken in. `facts` puts the facts beside the verdicts, `extra` the
    columns of the inputs that are not facts, `lead` columns for the options that lead.
    """

    inputs: Sequence[str]
    out: str | None = None
    form: Kind | None = None
    kind: Kind | None = None
    separator: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    key: str | None = None
    reasons: Reasons | None = None
    limits: Limits = USUAL
    facts: bool = True
    extra: bool = False
    strict: bool = False
    force: bool = False
    resume: bool = False
    summary: bool = False
    lead: bool = False

    @property
    def counted(self) -> bool:
        """Whether verdicts and rules are counted: always where a run can be resumed, as the last run may ask for it."""
        return self.summary or self.resume or self.out is None

    def output_kind(self) -> Kind:
        """
        Return the kind of file that OUT is to be.

        Raises:
            UsageError: neither `form` nor the name of OUT shows it.
        """
        if self.form is not None:
            return self.form
        if self.out is None:
            return Kind.ARROW
        kind = kind_by_name(self.out)
        if kind is None or kind is Kind.FACTS or self.out.casefold().endswith(tuple(COMPRESSED)):
            kinds = [kind for kind in Kind if kind is not Kind.FACTS]
            help = (
                f"--format takes {quoted_list(kinds)}",
                "or let its name end in .parquet, .arrow, .csv, .tsv, .jsonl or .xlsx",
            )
            raise UsageError(f"the name {quoted(self.out)} does not show which kind of file to write", help=help)
        if kind is Kind.WORKBOOK and not self.out.casefold().endswith(".xlsx"):
            name = shlex.quote(str(PurePath(self.out).with_suffix(".xlsx")))
            message = f"{quoted(self.out)}: a workbook is written as .xlsx, and of other kinds only read"
            raise UsageError(message, help=[f"`-o {name}`"])
        return kind

    def reasons_in(self, kind: Kind) -> Reasons:
        """Return how an OUT of a kind holds the rules that fired."""
        return self.reasons or (Reasons.BITS if kind in {Kind.PARQUET, Kind.ARROW} else Reasons.IDS)
