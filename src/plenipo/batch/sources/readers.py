"""
From files to sources: which kind each file is, and what reads that kind.

A new kind of table is a module in this folder, a line in `TABLE_READERS` and a line in `Kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache, partial
from pathlib import Path

from plenipo.batch.job import Job
from plenipo.batch.sources.csv_tables import CsvTable
from plenipo.batch.sources.encodings import Encodings, utf8_start
from plenipo.batch.sources.fact_files import FactFiles
from plenipo.batch.sources.inputs import InputFile
from plenipo.batch.sources.json_lines import JsonLines
from plenipo.batch.sources.parquet_and_arrow import ParquetTable, open_arrow
from plenipo.batch.sources.partitions import PartitionedSource, partitions_of
from plenipo.batch.sources.source import RowSource
from plenipo.batch.sources.temporary_copies import TemporaryCopies, beginning, decompressed
from plenipo.batch.sources.workbooks import WorkbookTable
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import take_in
from plenipo.rulebook.loose_names import meant
from plenipo.rulebook.model import Fact, Rulebook
from plenipo.situations.file_kinds import (
    Kind,
    compression,
    foreign_kind,
    is_array,
    is_json,
    is_json_lines,
    kind_beyond_doubt,
    kind_by_content,
    kind_by_name,
)

#: The tables that are texts, so that they have an encoding.
TEXTS = frozenset({Kind.CSV, Kind.TSV, Kind.JSONL})
#: How many keys of JSON Lines are remembered with what they mean.
_REMEMBERED = 10_000
#: What opens a table of each kind, from its path, what messages call it, the rulebook and the job.
TABLE_READERS: Mapping[Kind, Callable[[Path, str, Rulebook, Job], RowSource]] = {
    Kind.CSV: lambda path, name, _, job: CsvTable(path, name, Kind.CSV, job.separator, job.limits),
    Kind.TSV: lambda path, name, _, job: CsvTable(path, name, Kind.TSV, job.separator, job.limits),
    Kind.JSONL: lambda path, name, rulebook, job: JsonLines(
        path,
        name,
        rulebook.facts,
        lru_cache(_REMEMBERED)(partial(_facts_meant, rulebook)),
        keep=job.extra,
        limits=job.limits,
    ),
    Kind.PARQUET: lambda path, name, *_: ParquetTable(path, name),
    Kind.ARROW: lambda path, name, *_: open_arrow(path, name),
    Kind.WORKBOOK: lambda path, name, _, job: WorkbookTable(path, name, job.sheet),
}


def _facts_meant(rulebook: Rulebook, word: str) -> tuple[str, ...]:
    return meant(rulebook, word, Fact)


def open_sources(
    rulebook: Rulebook,
    files: Sequence[InputFile],
    copies: TemporaryCopies,
    job: Job,
    remark: Callable[[str], None],
) -> list[RowSource]:
    """
    Return the sources that files are, in their order; fact files that follow one another are one source.

    `remark` is called with what is to be said of how a file is read.

    The kind that the job says is that of all of them; otherwise their names show it, or their content.

    Raises:
        UsageError: the job says what separates cells, and there is a table of another kind than CSV and TSV.
        SituationError: a table is not there or cannot be read.
    """
    sources: list[RowSource] = []
    encodings = Encodings(copies.folder, job.encoding, remark)
    kinds: set[Kind] = set()
    facts: list[tuple[Path, str]] = []
    for file in files:
        path = copies.readable(file)
        found = job.kind or kind_by_name(file.name) or kind_by_name(path.name) or _kind_by_content(path, file.name)
        start = b"" if found is Kind.FACTS and ".json" not in file.name else _start(path, file.name)
        found = kind_beyond_doubt(start) or found
        # no header of CSV begins so
        found = Kind.JSONL if found in {Kind.CSV, Kind.TSV} and not job.kind and is_json(start) else found
        array = found in {Kind.FACTS, Kind.JSONL} and job.kind is not Kind.FACTS and is_array(start)
        found = Kind.JSONL if array or (found is Kind.FACTS and not job.kind and is_json_lines(start)) else found
        kinds.add(found)
        if found is Kind.FACTS:
            facts.append((path, file.name))
            continue
        if facts:
            sources.append(FactFiles(rulebook, facts, job.encoding))
            facts = []
        _check_there(path, file.name)
        _refuse_foreign(start, file.name)
        if job.separator and found not in {Kind.CSV, Kind.TSV}:
            raise UsageError(f"`--separator` is for CSV and TSV, and {quoted(file.name)} is neither")
        table = copies.decompressed(path, file.name)
        table = encodings.as_utf8(table, file.name) if found in TEXTS else table
        source = TABLE_READERS[found](copies.as_lines(table, file.name) if array else table, file.name, rulebook, job)
        if array:
            source.by_line = False
        if isinstance(source, WorkbookTable) and source.remark:
            remark(source.remark)
        partitions = partitions_of(file.path, rulebook) if file.path and not file.once else {}
        sources.append(PartitionedSource(source, partitions, rulebook) if partitions else source)
    _refuse_idle(job, kinds)
    return [*sources, FactFiles(rulebook, facts, job.encoding)] if facts else sources


def _refuse_idle(job: Job, kinds: Set[Kind]) -> None:
    """Refuse options for kinds of inputs that there are none of."""
    if job.sheet is not None and Kind.WORKBOOK not in kinds:
        raise UsageError("`--sheet` is for workbooks, and there is none", help=("leave `--sheet` out",))
    if job.encoding is not None and not kinds & {*TEXTS, Kind.FACTS}:
        raise UsageError("`--encoding` is for texts, and there is none", help=("leave `--encoding` out",))


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
    return utf8_start(start)


def _refuse_foreign(start: bytes, name: str) -> None:
    """Refuse what people have that is no table of any kind that is read."""
    if what := foreign_kind(start):
        help = ("open it in the program that wrote it, and save it as CSV, Parquet or .xlsx",)
        raise SituationError(
            (Diagnostic("unreadable", f"this is {what}, which is not read", Location(name), help=help),)
        )


def _check_there(path: Path, name: str) -> None:
    """Refuse a path without a file, in the words for a missing fact file."""
    if not path.exists() or path.is_dir():
        faults = Faults()
        take_in(path, faults, name=name)
        raise SituationError(tuple(faults))
