"""The engine: runs the program of a rulebook on a frame of any library that Narwhals speaks to."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import narwhals as nw
import polars as pl

from plenipo.engines.columns.program import ColumnProgram, holds_of_facts
from plenipo.rulebook.model import UNKNOWN, Rulebook

#: A frame of Narwhals, lazy or not; the answer is one of the same kind.
Frame = TypeVar("Frame", nw.DataFrame[Any], nw.LazyFrame[Any])


class ColumnEngine:
    """
    Says, for every row of a frame, which rules of one rulebook fire and what the verdict on every option is.

    A column of the frame is a fact, under its id; a null says that it is unknown, and so does a column that is not
    there. Values have their one spelling, as texts or as an enumeration. It is compiled once and keeps nothing.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._program = ColumnProgram(rulebook)
        self.masks = self._program.masks

    def answer(self, frame: Frame, carry: Sequence[str], *, bits: bool = True, ids: bool = False) -> Frame:
        """
        Return, row by row, the columns of `carry`, the verdict on every option, and the rules that fire.

        These are given as `bits` of integers, as `ids` in a text (see `masks`), as both or not at all. A
        library may hand rows back in another order: `carry` should hold the column that identifies them.
        """
        names = frame.collect_schema().names()
        absent = [nw.lit(None, nw.String).alias(id) for id in self.rulebook.facts if id not in names]
        worked = frame.with_columns(*absent) if absent else frame
        for step in self._program.steps:
            worked = worked.with_columns(**step)
        # Spark has neither enumerations nor unsigned integers.
        plain = frame.implementation in {nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}
        verdicts = self._program.verdicts(nw.String) if plain else self._program.verdicts()
        masks = self._program.fired(nw.Int64 if plain else nw.UInt32) if bits else {}
        answers = {**verdicts, **masks, **(self._program.fired_ids() if ids else {})}
        # not by keyword: an id may be a word of the library's own
        return worked.select(*carry, *(answer.alias(name) for name, answer in answers.items()))

    def impossible(self) -> Mapping[str, nw.Expr]:
        """Return for each constraint, by its id, in which rows of a frame that has every fact it is broken."""
        return {constraint.id: holds_of_facts(constraint.never) for constraint in self.rulebook.constraints}

    def fires(self, facts: Mapping[str, str]) -> frozenset[str]:
        """Return the ids of the rules whose conditions hold in one situation, run by Polars."""
        known = {id: [value] for id, value in facts.items() if value != UNKNOWN}
        frame = pl.DataFrame({"_case": [0], **known})
        (row,) = self.answer(nw.from_native(frame.lazy()), ["_case"]).to_native().collect().iter_rows(named=True)
        return self.masks.read(row)
