"""Work: parts go in as they are read, answers come out; the program is planned once for all parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from plenipo.engines.columns import ColumnEngine

#: The column by which rows are known to be in order.
_PLACE = "_plenipo_place"
#: The plan needs no optimizing, which would take longer than running it.
_AS_IT_IS = pl.QueryOptFlags.none()


class Work:
    """
    Answers frames of one schema, whose columns of `carry` come back beside the answers, row by row in their order.

    Making the plan of some hundred expressions takes longer than running it on a part: it is made once, over a source
    that hands over whatever frame is to be answered.
    """

    def __init__(
        self,
        engine: ColumnEngine,
        schema: Mapping[str, pl.DataType],
        carry: Sequence[str],
        *,
        bits: bool,
        ids: bool,
    ) -> None:
        self._frame = pl.DataFrame(schema={_PLACE: pl.UInt32, **schema})
        source = register_io_source(self._hand_over, schema=self._frame.schema)
        asked = engine.answer(nw.from_native(source), [_PLACE, *carry], bits=bits, ids=ids)
        self._plan: pl.LazyFrame = asked.to_native()
        self.schema = {name: kind for name, kind in self._plan.collect_schema().items() if name != _PLACE}

    def answer(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the answers to a frame."""
        self._frame = frame.with_row_index(_PLACE)
        answers = self._plan.collect(optimizations=_AS_IT_IS)
        # Polars does not promise to keep the order of rows in which it sees no purpose.
        return (answers if answers[_PLACE].is_sorted() else answers.sort(_PLACE)).drop(_PLACE)

    def _hand_over(self, columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        yield self._frame if columns is None else self._frame.select(columns)
