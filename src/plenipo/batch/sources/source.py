"""What every input of a batch is, whatever it is read from: named columns, and records in parts of equal size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from plenipo.batch.rejects import Reject

#: Records in a part: small enough for the memory, large enough for the processor.
PART = 200_000
#: Records in a part where ids are told: a text is made for every rule before they are put together.
FEW = 10_000
#: The column that counts the records of a source, from 1.
RECORD = "_plenipo_record"


def size(*, ids: bool) -> int:
    """Return how many records a part has at most, `ids` saying that the rules that fired are told by their ids."""
    return min(FEW, PART) if ids else PART


@dataclass(frozen=True)
class Part:
    """
    Some records of a source, as they stand there, with their number in the column `RECORD`.

    `records` is how many the part was cut from; `rejects` tells of those that could not even be taken apart.
    """

    frame: pl.DataFrame
    records: int
    rejects: tuple[Reject, ...] = ()


class Named(Protocol):
    """What is known of an input before it is read."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def columns(self) -> Mapping[str, pl.DataType]:
        """Its columns, with their types."""


class Source(Named, Protocol):
    """An input of a batch."""

    @property
    def records(self) -> int:
        """How many records it has, as far as that can be told without reading it."""

    def parts(self, skip: int = 0, most: int = PART) -> Iterator[Part]:
        """
        Yield its records in parts of `most` or fewer, from record `skip` on, always cut in the same places.

        Raises:
            SituationError: it cannot be read.
        """


def recut(frames: Iterator[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
    """Yield the rows of frames in frames of one size, the last one with what is left."""
    waiting: list[pl.DataFrame] = []
    height = 0
    for frame in frames:
        waiting.append(frame)
        height += frame.height
        if height >= size:
            joined = pl.concat(waiting)
            whole = height - height % size
            for start in range(0, whole, size):
                yield joined.slice(start, size)
            waiting, height = [joined.slice(whole)], height - whole
    if height:
        yield pl.concat(waiting)
