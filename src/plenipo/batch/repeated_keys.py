"""Keys that several rows of a batch have: noticed while the rows pass, up to a bound on what is remembered."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from plenipo.batch.cell_text import as_text
from plenipo.batch.sources.source import RECORD, RowSource
from plenipo.errors import Location, quoted

#: As many keys are remembered; those of a column of numbers that only grow need no memory.
_REMEMBERED = 2_000_000

#: A source, and the number of a record in it.
_Place = tuple[RowSource, int]


class RepeatedKeys:
    """Watches the key of the parts of a batch, which is the first of `columns` that a part has."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._seen: dict[str, _Place] = {}
        self._last: int | None = None
        self._repeated: dict[str, tuple[_Place, _Place]] = {}

    def watch(self, frame: pl.DataFrame, source: RowSource) -> None:
        """Take in the keys of a part of a source."""
        keys = frame[next(name for name in self._columns if name in frame.columns)].alias("key")
        if self._grows(keys) or len(self._seen) > _REMEMBERED:
            return
        for key, record in zip(as_text(keys).to_list(), frame[RECORD].to_list(), strict=True):
            if not key:
                continue
            first = self._seen.setdefault(key, (source, record))
            if first != (source, record):
                self._repeated.setdefault(key, (first, (source, record)))

    def remark(self) -> str:
        """Return what there is to say of keys that are there more than once, or nothing."""
        if not self._repeated:
            return ""
        key, (first, second) = next(iter(self._repeated.items()))
        more = len(self._repeated) - 1
        others = (
            f", and {more:,} more keys are repeated" if more > 1 else ", and another key is repeated" if more else ""
        )
        return (
            f"the key {quoted(key)} is that of {_called(first)} and of {_called(second)}{others}: "
            "`plenipo explain --case` needs a `--key` that no two rows share"
        )

    def _grows(self, keys: pl.Series) -> bool:
        """Return whether the keys are whole numbers, each greater than all before it, as numbers of rows are."""
        if self._seen or not keys.dtype.is_integer() or keys.null_count() or not len(keys):
            return False
        if not (keys.is_sorted() and keys.n_unique() == len(keys)) or keys[0] <= (
            self._last if self._last is not None else keys[0] - 1
        ):
            return False
        self._last = int(keys[-1])
        return True


def _called(place: _Place) -> str:
    source, record = place
    return str(Location(source.name, record)) if source.by_line else f"{source.name}, row {record}"
