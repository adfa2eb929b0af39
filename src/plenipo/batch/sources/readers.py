"""
From files to sources: which kind each file is, and what reads that kind.

A new kind of table is a module in this folder, a line in `TABLE_READERS` and a line in `Kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from plenipo.batch.file_kinds import Kind, compression, is_array, kind_by_content, kind_by_name, refuse_workbook
from plenipo.batch.job import Job
from plenipo.batch.sources.csv_tables import CsvTable
from plenipo.batch.sources.fact_files import FactFiles
from plenipo.batch.sources.inputs import InputFile
from plenipo.batch.sources.json_lines import JsonLines
from plenipo.batch.sources.parquet_and_arrow import ParquetTable, open_arrow
from plenipo.batch.sources.partitions import PartitionedSource, partitions_of
from plenipo.batch.sources.source import RowSource
from plenipo.batch.sources.temporary_copies import TemporaryCopies, beginning, decompressed
from plenipo.errors import SituationError, UsageError, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import take_in
from plenipo.rulebook.model import Rulebook

#: What opens a table of each kind, from its path, what messages call it, the rulebook and the job.
TABLE_READERS: Mapping[Kind, Callable[[Path, str, Rulebook, Job], RowSource]] = {
    Kind.CSV: lambda path, name, _, job: CsvTable(path, name, Kind.CSV, job.separator, job.limits),
    Kind.TSV: lambda path, name, _, job: CsvTable(path, name, Kind.TSV, job.separator, job.limits),
    Kind.JSONL: lambda path, name, rulebook, job: JsonLines(
        path, name, rulebook.facts, keep=job.extra, limits=job.limits
    ),
    Kind.PARQUET: lambda path, name, *_: ParquetTable(path, name),
    Kind.ARROW: lambda path, name, *_: open_arrow(path, name),
}


def open_sources(rulebook: Rulebook, files: Sequence[InputFile], copies: TemporaryCopies, job: Job) -> list[RowSource]:
    """
    Return the sources that files are, in their order; fact files that follow one another are one source.

    The kind that the job says is that of all of them; otherwise their names show it, or their content.

    Raises:
        UsageError: the job says what separates cells, and there is a table of another kind than CSV and TSV.
        SituationError: a table is not there or cannot be read.
    """
    sources: list[RowSource] = []
    facts: list[tuple[Path, str]] = []
    for file in files:
        path = copies.readable(file)
        found = job.kind or kind_by_name(file.name) or kind_by_name(path.name) or _kind_by_content(path, file.name)
        start = b"" if found is Kind.FACTS and ".json" not in file.name else _start(path, file.name)
        refuse_workbook(start, file.name)
        array = found in {Kind.FACTS, Kind.JSONL} and job.kind is not Kind.FACTS and is_array(start)
        found = Kind.JSONL if array else found
        if found is Kind.FACTS:
            facts.append((path, file.name))
            continue
        if facts:
            sources.append(FactFiles(rulebook, facts))
            facts = []
        _check_there(path, file.name)
        if job.separator and found not in {Kind.CSV, Kind.TSV}:
            raise UsageError(f"`--separator` is for CSV and TSV, and {quoted(file.name)} is neither")
        table = copies.as_lines(path, file.name) if array else copies.decompressed(path, file.name)
        source = TABLE_READERS[found](table, file.name, rulebook, job)
        if array:
            source.by_line = False
        partitions = partitions_of(file.path, rulebook) if file.path and not file.once else {}
        sources.append(PartitionedSource(source, partitions, rulebook) if partitions else source)
    return [*sources, FactFiles(rulebook, facts)] if facts else sources


def _kind_by_content(path: Path, name: str) -> Kind:
    _check_there(path, name)
    return kind_by_content(_start(path, name))


def _start(path: Path, name: str) -> bytes:
    """Return how a file begins, decompressed; empty if there is none, or it is damaged, which its reader finds."""
    if not path.is_file():
        return b""
    start = beginning(path, name)
    if ending := compression(start):
        try:
            with decompressed(path, ending) as file:
                start = file.read(len(start) or 1)
        except Exception:
            return b""
    return start


def _check_there(path: Path, name: str) -> None:
    """Refuse a path without a file, in the words for a missing fact file."""
    if not path.exists() or path.is_dir():
        faults = Faults()
        take_in(path, faults, name=name)
        raise SituationError(tuple(faults))
