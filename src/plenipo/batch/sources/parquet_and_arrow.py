"""Tables that Polars reads with their types: Parquet files, Arrow files and Arrow streams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl
import polars.selectors as cs

from plenipo.batch.polars_panics import panics_as_errors
from plenipo.batch.sources.source import PART_SIZE, RECORD, RowSource, SourcePart
from plenipo.batch.sources.temporary_copies import beginning, unreadable


@dataclass
class ParquetTable:
    """A Parquet file, of which a part at a time is in memory, or as much as one of its row groups."""

    path: Path
    name: str
    columns: Mapping[str, pl.DataType] = field(init=False)
    by_line = False

    def __post_init__(self) -> None:
        with _reading(self.name):
            # A scan that was asked for its columns reads four times as slowly afterwards: this one is not read from.
            self.columns = dict(self._scan().collect_schema())
            if "" in self.columns and self._scan().select(cs.by_name("").is_null().all()).collect().item():
                # a column with neither name nor content is none, as in CSV
                self.columns = {name: kind for name, kind in self.columns.items() if name}

    @cached_property
    def records(self) -> int:
        """How many rows the file says it has."""
        with _reading(self.name):
            return int(self._scan().select(pl.len()).collect().item())

    def parts(self, skip: int = 0, most: int = PART_SIZE) -> Iterator[SourcePart]:
        """Yield the rows in parts, in the order of the file."""
        for start in range(skip, self.records, PART_SIZE):
            with _reading(self.name):
                part = self._scan().with_row_index(RECORD, offset=1).slice(start, PART_SIZE).collect()
                # Polars may return rows in another order than the file's where the plan does not ask for it.
                part = part if part[RECORD].is_sorted() else part.sort(RECORD)
                if part.is_empty():
                    raise ValueError(f"it says that it has {self.records:,} rows, and ends after {start:,}")
            for some in part.iter_slices(most):
                yield SourcePart(some, some.height)

    def _scan(self) -> pl.LazyFrame:
        return pl.scan_parquet(self.path, glob=False, low_memory=True)


class ArrowTable(ParquetTable):
    """An Arrow file, which is also called Feather."""

    def _scan(self) -> pl.LazyFrame:
        return pl.scan_ipc(self.path, glob=False)


@dataclass
class ArrowStream:
    """An Arrow stream: while its rows are read, the whole of it is in memory."""

    path: Path
    name: str
    columns: Mapping[str, pl.DataType] = field(init=False)
    by_line = False

    def __post_init__(self) -> None:
        with _reading(self.name):
            self.columns = dict(pl.read_ipc_stream(self.path, n_rows=0).schema)

    @cached_property
    def records(self) -> int:
        """How many rows there are; only a column is read to count them."""
        with _reading(self.name):
            return pl.read_ipc_stream(self.path, columns=list(self.columns)[:1]).height

    def parts(self, skip: int = 0, most: int = PART_SIZE) -> Iterator[SourcePart]:
        """Yield the rows in parts, in the order of the stream."""
        with _reading(self.name):
            frame = pl.read_ipc_stream(self.path).with_row_index(RECORD, offset=1)
        for some in frame[skip:].iter_slices(most):
            yield SourcePart(some, some.height)


def open_arrow(path: Path, name: str) -> RowSource:
    """
    Return an Arrow file or stream, whichever it begins as.

    Raises:
        SituationError: it cannot be read.
    """
    return ArrowTable(path, name) if beginning(path, name).startswith(b"ARROW1") else ArrowStream(path, name)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        with panics_as_errors():
            yield
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise unreadable(name, error) from error
