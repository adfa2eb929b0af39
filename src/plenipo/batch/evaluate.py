"""From facts to answers, part by part: the program of the column engine is planned once for all parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from plenipo.batch.fired_ids import FiredIds
from plenipo.engines.columns import ColumnEngine

#: The column that shows whether rows are still in their order.
_ORDER = "_plenipo_place"
#: Optimizing the plan would take longer than running it.
_UNCHANGED = pl.QueryOptFlags.none()


class Evaluator:
    """
    Answers frames with the columns of `schema`; those of `carry` come back beside the answers, row by row in order.

    Making the plan of some hundred expressions takes longer than running it on a part. So it is made once, over a
    source that yields the frame that is to be answered next. `bits` and `ids` ask for the rules that fired. Columns
    that are not facts may have any name: Polars would read some of them as patterns, so they have others meanwhile.
    """

    def __init__(
        self, engine: ColumnEngine, schema: Mapping[str, pl.DataType], carry: Sequence[str], *, bits: bool, ids: bool
    ) -> None:
        others = [name for name in schema if name not in engine.rulebook.facts]
        self._inner = {name: f"_plenipo_kept_{number}" for number, name in enumerate(others)}
        self._outer = {inner: name for name, inner in self._inner.items()}
        named = {self._inner.get(name, name): kind for name, kind in schema.items()}
        self._frame = pl.DataFrame(schema={_ORDER: pl.UInt32, **named})
        source = register_io_source(self._next_frame, schema=self._frame.schema)
        carried = [_ORDER, *(self._inner.get(name, name) for name in carry)]
        answers = engine.answer(nw.from_native(source), carried, bits=bits or ids)
        self._plan: pl.LazyFrame = answers.to_native()
        self._ids = FiredIds(engine.masks) if ids else None
        self._unasked = [_ORDER, *(() if bits else engine.masks.names)]
        found = {**self._plan.collect_schema(), **({engine.masks.ids_name: pl.String()} if ids else {})}
        self.schema = {self._outer.get(name, name): kind for name, kind in found.items() if name not in self._unasked}

    def answer(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the answers to a frame."""
        self._frame = frame.rename(self._inner).with_row_index(_ORDER)
        answers = self._plan.collect(optimizations=_UNCHANGED)
        # Polars does not promise to keep the order of rows where a plan does not ask for it.
        in_order = answers if answers[_ORDER].is_sorted() else answers.sort(_ORDER)
        whole = in_order.with_columns(self._ids.of(in_order)) if self._ids else in_order
        return whole.drop(self._unasked, strict=False).rename(self._outer, strict=False)

    def _next_frame(self, columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        yield self._frame if columns is None else self._frame.select(columns)
