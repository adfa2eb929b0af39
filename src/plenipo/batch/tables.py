"""Tables that Polars reads by itself and with their types: Parquet and Arrow IPC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from plenipo.batch.kinds import Kind
from plenipo.batch.source import PART, RECORD, Part
from plenipo.batch.spool import beginning, unreadable

#: Rows read at a time: a part is often less than what a file is packed in, and would be unpacked again and again.
#: Polars' own batches are no help, for it reads on while nobody takes them.
WINDOW = 2 * PART
#: What Polars raises at a file that is not what it should be.
BROKEN = (pl.exceptions.PolarsError, OSError)


@dataclass
class Table:
    """A Parquet file or an Arrow file; an Arrow stream is read into memory, for it cannot be read otherwise."""

    path: Path
    name: str
    kind: Kind
    columns: Mapping[str, pl.DataType] = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.columns = dict(self._scan.collect_schema())
        except BROKEN as error:
            raise unreadable(self.name, error) from error

    @cached_property
    def records(self) -> int:
        """How many rows the file says it has."""
        return int(self._scan.select(pl.len()).collect().item())

    def parts(self, skip: int = 0) -> Iterator[Part]:
        """Yield the rows in parts, in the order of the file."""
        numbered = self._scan.with_row_index(RECORD, offset=1)
        try:
            for start in range(skip, self.records, WINDOW):
                window = numbered.slice(start, WINDOW).collect()
                # Polars may hand rows back in another order than the file's where it thinks that nobody looks.
                window = window if window[RECORD].is_sorted() else window.sort(RECORD)
                for part in window.iter_slices(PART):
                    yield Part(part, part.height)
        except BROKEN as error:
            raise unreadable(self.name, error) from error

    @cached_property
    def _scan(self) -> pl.LazyFrame:
        if self.kind is Kind.PARQUET:
            return pl.scan_parquet(self.path, glob=False, low_memory=True)
        if beginning(self.path, self.name).startswith(b"ARROW1"):
            return pl.scan_ipc(self.path, glob=False)
        return pl.read_ipc_stream(self.path).lazy()
