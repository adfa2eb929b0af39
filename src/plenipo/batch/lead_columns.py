"""Columns for what leads in each row: worked out once for rows with the same facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import polars as pl

from plenipo.errors import UsageError, quoted
from plenipo.rulebook.model import Rulebook

#: Returns the options that lead in each of some situations (fact -> value), by id; a fact left out is unknown.
Leads = Callable[[Sequence[Mapping[str, str]]], Iterable[tuple[str, ...]]]

NAMES = ("lead_1", "lead_2", "lead_3")
#: As many different rows are remembered from one part to the next.
_REMEMBERED = 100_000


class LeadColumns:
    """Puts columns with the ids of the options that lead beside answers, from the first; empty where fewer lead."""

    def __init__(self, rulebook: Rulebook, leads: Leads, taken: Iterable[str]) -> None:
        for name in set(taken) & {*NAMES}:
            raise UsageError(f"the answers have a column {quoted(name)} already", help=("leave --lead out",))
        self._facts, self._leads = list(rulebook.facts), leads
        self._type = pl.Enum(list(rulebook.options))
        self._known: dict[tuple[str | None, ...], tuple[str, ...]] = {}
        self.schema: dict[str, pl.DataType] = dict.fromkeys(NAMES, self._type)

    def beside(self, answers: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
        """Return answers with these columns; the rows of `facts` are those of the answers, in order."""
        rows = facts.select(self._facts).rows()
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        new = list(dict.fromkeys(row for row in rows if row not in self._known))
        situations = [{id: cell for id, cell in zip(self._facts, row, strict=True) if cell is not None} for row in new]
        self._known.update(zip(new, self._leads(situations), strict=True))
        found = [self._known[row] for row in rows]
        columns = [
            pl.Series(name, [lead[place] if place < len(lead) else None for lead in found], self._type)
            for place, name in enumerate(NAMES)
        ]
        return answers.hstack(columns)
