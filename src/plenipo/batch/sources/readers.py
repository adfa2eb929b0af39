"""
From files to sources: which kind each file is, and what reads that kind.

A new kind of table is a module in this folder, a line in `TABLE_READERS` and a line in `Kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from plenipo.batch.file_kinds import Kind, compression, kind_by_content, kind_by_name
from plenipo.batch.sources.csv_tables import CsvTable
from plenipo.batch.sources.fact_files import FactFiles
from plenipo.batch.sources.inputs import InputFile
from plenipo.batch.sources.json_lines import JsonLines
from plenipo.batch.sources.parquet_and_arrow import ParquetTable, open_arrow
from plenipo.batch.sources.source import RowSource
from plenipo.batch.sources.temporary_copies import TemporaryCopies, beginning, decompressed
from plenipo.errors import SituationError
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import take_in
from plenipo.rulebook.model import Rulebook

#: What opens a table of each kind, from its path, what messages call it, and the rulebook.
TABLE_READERS: Mapping[Kind, Callable[[Path, str, Rulebook], RowSource]] = {
    Kind.CSV: lambda path, name, _: CsvTable(path, name, Kind.CSV),
    Kind.TSV: lambda path, name, _: CsvTable(path, name, Kind.TSV),
    Kind.JSONL: lambda path, name, rulebook: JsonLines(path, name, rulebook.facts),
    Kind.PARQUET: lambda path, name, _: ParquetTable(path, name),
    Kind.ARROW: lambda path, name, _: open_arrow(path, name),
}


def open_sources(
    rulebook: Rulebook, files: Sequence[InputFile], copies: TemporaryCopies, kind: Kind | None = None
) -> list[RowSource]:
    """
    Return the sources that files are, in their order; fact files that follow one another are one source.

    `kind` is what all of them are; without it their names show it, or their content.

    Raises:
        SituationError: a table is not there or cannot be read.
    """
    sources: list[RowSource] = []
    facts: list[tuple[Path, str]] = []
    for file in files:
        path = copies.readable(file)
        found = kind or kind_by_name(file.name) or kind_by_name(path.name) or _kind_by_content(path, file.name)
        if found is Kind.FACTS:
            facts.append((path, file.name))
            continue
        if facts:
            sources.append(FactFiles(rulebook, facts))
            facts = []
        _check_there(path, file.name)
        sources.append(TABLE_READERS[found](copies.decompressed(path, file.name), file.name, rulebook))
    return [*sources, FactFiles(rulebook, facts)] if facts else sources


def _kind_by_content(path: Path, name: str) -> Kind:
    _check_there(path, name)
    start = beginning(path, name)
    if ending := compression(start):
        try:
            with decompressed(path, ending) as file:
                start = file.read(len(start) or 1)
        except Exception:
            start = b""
    return kind_by_content(start)


def _check_there(path: Path, name: str) -> None:
    """Refuse a path without a file, in the words for a missing fact file."""
    if not path.exists() or path.is_dir():
        faults = Faults()
        take_in(path, faults, name=name)
        raise SituationError(tuple(faults))
