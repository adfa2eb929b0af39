"""What every input of a batch is, whichever kind of file it is: named columns, and records in parts of equal size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from plenipo.batch.rejects import Reject
from plenipo.rulebook.model import LooseReading

#: Records in a part: few enough for the memory, enough to keep the processor busy.
PART_SIZE = 200_000
#: Records in a part where the rules that fired become ids: there they take more memory than all else.
PART_SIZE_WITH_IDS = 20_000
#: The column that numbers the records of a source, from 1.
RECORD = "_plenipo_record"
#: The column that holds the key of each record beside its number.
CASE = "_plenipo_case"


def part_size(*, ids: bool) -> int:
    """Return how many records a part has at most; `ids` says that the rules that fired become ids."""
    return min(PART_SIZE_WITH_IDS, PART_SIZE) if ids else PART_SIZE


@dataclass(frozen=True)
class SourcePart:
    """
    Some records of a source, as they are there, with their number in the column `RECORD`.

    `records` is how many records the part was cut from; `rejects` reports those that could not be split into cells,
    and `left_out` counts how many had something under a name that is not a column, `read_as` how many had a word that
    was taken for a name without being it.
    """

    frame: pl.DataFrame
    records: int
    rejects: tuple[Reject, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    read_as: Mapping[LooseReading, int] = field(default_factory=dict)


class NamedColumns(Protocol):
    """What is known of an input before its records are read."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def columns(self) -> Mapping[str, pl.DataType]:
        """Its columns with their types."""


class RowSource(NamedColumns, Protocol):
    """An input of a batch."""

    #: Whether the number of a record is that of its line.
    by_line: bool

    @property
    def records(self) -> int:
        """How many records it has, at least roughly."""

    def parts(self, skip: int = 0, most: int = PART_SIZE) -> Iterator[SourcePart]:
        """
        Yield its records in parts of `most` or fewer, without the first `skip`, always cut at the same places.

        Raises:
            SituationError: it cannot be read.
        """
