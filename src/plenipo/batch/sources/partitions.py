"""Columns in the names of folders, as in `wind=calm/part-0.parquet`, which is how many programs split a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import polars as pl

from plenipo.batch.cell_text import as_text, legible
from plenipo.batch.cell_words import read_cell
from plenipo.batch.rejects import Reject
from plenipo.batch.sources.source import PART_SIZE, RECORD, RowSource, SourcePart
from plenipo.errors import quoted
from plenipo.rulebook.loose_names import meant
from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook

#: The value that Hive and Spark write where there is none.
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def partitions_of(path: Path, rulebook: Rulebook) -> Mapping[str, str | None]:
    """
    Return the columns in the names of the folders of a path, with their value.

    Those of the path as it is given are columns as any others; those further up only if they are facts.
    """
    given = _named(path)
    return {name: value for name, value in _named(path.absolute()).items() if meant(rulebook, name, Fact)} | given


def _named(path: Path) -> dict[str, str | None]:
    pairs = (legible(part).split("=", 1) for part in path.parts[:-1] if part.find("=") > 0)
    return {unquote(name): None if value in {_NO_VALUE, ""} else unquote(value) for name, value in pairs}


class PartitionedSource:
    """
    A table with the columns in the names of its folders.

    A row whose own cell says something else than its folder is rejected.
    """

    def __init__(self, source: RowSource, partitions: Mapping[str, str | None], rulebook: Rulebook) -> None:
        self._source, self._partitions, self._facts = source, partitions, rulebook.facts
        self.name = source.name
        self.by_line = source.by_line
        self.columns = {**dict.fromkeys(partitions, pl.String()), **source.columns}
        self.columns |= {name: pl.String() for name in partitions if name in rulebook.facts}
        self.header_line = getattr(source, "header_line", 0)
        self.absent = frozenset(getattr(source, "absent", ())) - partitions.keys()

    @property
    def records(self) -> int:
        """How many records the table has."""
        return self._source.records

    def parts(self, skip: int = 0, most: int = PART_SIZE) -> Iterator[SourcePart]:
        """Yield the parts of the table with the columns of its folders."""
        for part in self._source.parts(skip, most):
            completed = part
            for name, value in self._partitions.items():
                completed = self._completed(completed, name, value)
            yield completed

    def _completed(self, part: SourcePart, name: str, value: str | None) -> SourcePart:
        frame = part.frame
        if name not in frame.columns:
            cells = pl.repeat(value, frame.height, dtype=pl.String(), eager=True)
            return replace(part, frame=pl.DataFrame({**frame.to_dict(), name: cells}))
        cells = as_text(frame[name].alias("cells"))
        other = [text for text in cells.unique() if text and not self._agree(name, text, value)]
        wrong = cells.is_in(other).fill_null(value=False)
        reason = f"the folder says {quoted(f'{name}={value or str()}')}"
        rejects = [
            Reject(self.name, record, None, name, row[name], reason, record=record, cells=row)
            for record, row in zip(frame[RECORD].filter(wrong), self._texts(frame.filter(wrong)), strict=True)
        ]
        if name in self._facts:
            filled = cells.replace("", None).fill_null(value) if value else cells
            frame = pl.DataFrame({**frame.to_dict(), name: filled})
        return replace(part, frame=frame.filter(~wrong), rejects=(*part.rejects, *rejects))

    def _texts(self, frame: pl.DataFrame) -> Iterator[Mapping[str, str]]:
        """Yield the cells of rows as texts."""
        for row in frame.iter_rows(named=True):
            yield {name: str(cell) for name, cell in row.items() if cell is not None}

    def _agree(self, name: str, text: str, value: str | None) -> bool:
        """Return whether a cell and the name of a folder say the same, or the cell nothing that can be read."""
        if name not in self._facts:
            return text == value
        meant = read_cell(self._facts[name], text)
        return meant in {None, UNKNOWN} or meant == read_cell(self._facts[name], value or "")
