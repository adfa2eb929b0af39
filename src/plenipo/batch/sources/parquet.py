"""Tables that Polars reads by itself and with their types: Parquet and Arrow IPC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from plenipo.batch.file_kinds import Kind
from plenipo.batch.sources.source import PART, RECORD, Part
from plenipo.batch.sources.temporary_copy import unreadable

#: What Polars raises at a file that is not what it should be.
BROKEN = (pl.exceptions.PolarsError, OSError)


@dataclass
class Table:
    """A Parquet file or an Arrow file."""

    path: Path
    name: str
    kind: Kind
    columns: Mapping[str, pl.DataType] = field(init=False)

    def __post_init__(self) -> None:
        try:
            # A scan that was asked for its columns before reads four times as slowly: this one is not read from.
            self.columns = dict(self._open().collect_schema())
        except BROKEN as error:
            raise unreadable(self.name, error) from error

    @cached_property
    def records(self) -> int:
        """How many rows the file says it has."""
        return int(self._open().select(pl.len()).collect().item())

    def parts(self, skip: int = 0, most: int = PART) -> Iterator[Part]:
        """Yield the rows in parts, in the order of the file."""
        numbered = self._open().with_row_index(RECORD, offset=1)
        try:
            for start in range(skip, self.records, PART):
                part = numbered.slice(start, PART).collect()
                # Polars may hand rows back in another order than the file's where it thinks that nobody looks.
                part = part if part[RECORD].is_sorted() else part.sort(RECORD)
                for some in part.iter_slices(most):
                    yield Part(some, some.height)
        except BROKEN as error:
            raise unreadable(self.name, error) from error

    def _open(self) -> pl.LazyFrame:
        if self.kind is Kind.PARQUET:
            return pl.scan_parquet(self.path, glob=False, low_memory=True)
        return pl.scan_ipc(self.path, glob=False)
