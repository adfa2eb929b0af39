"""Orders: what is asked of a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plenipo.batch.file_kinds import Kind, named
from plenipo.errors import UsageError, listed, quoted

#: Told of the progress: how many records are done, and how many there may be.
Progress = Callable[[int, int], None]


class Reasons(StrEnum):
    """How the rules that fired are told: as bits of integers, as ids in a text, or not at all."""

    BITS = "bits"
    IDS = "ids"
    NONE = "none"


@dataclass(frozen=True)
class Order:
    """
    What is asked of a batch.

    `out` is a file, `-`, or None for a summary alone; `form` and `kind` say what `out` and the inputs are where their
    names do not; `facts` puts the facts beside the verdicts, `extra` what else the inputs tell.
    """

    inputs: Sequence[str]
    out: str | None = None
    form: Kind | None = None
    kind: Kind | None = None
    key: str | None = None
    reasons: Reasons | None = None
    facts: bool = True
    extra: bool = False
    strict: bool = False
    force: bool = False
    resume: bool = False
    summary: bool = False

    @property
    def counted(self) -> bool:
        """Whether verdicts and rules are counted: in a run that can be resumed always, since it may be asked later."""
        return self.summary or self.resume or self.out is None

    def kind_of_out(self) -> Kind:
        """
        Return the kind that OUT is to be.

        Raises:
            UsageError: nothing says it.
        """
        if self.form is not None:
            return self.form
        if self.out is None:
            return Kind.ARROW
        told = named(self.out)
        if told is None or told is Kind.FACTS or self.out.casefold().endswith((".gz", ".zst", ".bz2", ".xz")):
            help = (
                f"--format says which: {listed([kind for kind in Kind if kind is not Kind.FACTS])}",
                "or let its name end in .parquet, .arrow, .csv, .tsv or .jsonl",
            )
            raise UsageError(f"{quoted(self.out)} does not say what kind of file it is to be", help=help)
        return told

    def reasons_in(self, form: Kind) -> Reasons:
        """Return how the rules that fired are told in an OUT of a kind."""
        return self.reasons or (Reasons.BITS if form in {Kind.PARQUET, Kind.ARROW} else Reasons.IDS)
