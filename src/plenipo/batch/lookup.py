"""One row of a finished batch found again: its situation, and the answers that it was given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import polars.selectors as cs

from plenipo.advice.conclude import Advice
from plenipo.batch.metadata import Metadata, damaged, read_metadata
from plenipo.batch.output.workbook import ANSWERS
from plenipo.batch.polars_panics import panics_as_errors
from plenipo.batch.sources.csv_tables import CsvTable
from plenipo.batch.sources.source import RECORD
from plenipo.batch.sources.workbooks import WorkbookTable
from plenipo.csv_safety import bare, guarded
from plenipo.engines.columns import Masks
from plenipo.errors import SituationError, UsageError, quoted, shown
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import take_in
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.situations.file_kinds import Kind, kind_by_content, kind_by_name
from plenipo.situations.read import situation_from

#: How the names of the files end that Spark writes into a folder.
_PART_FILES = {".parquet": Kind.PARQUET, ".csv": Kind.CSV, ".json": Kind.JSONL}

_Cells = Mapping[str, str | None]


@dataclass(frozen=True)
class AnsweredCase:
    """
    A row of a batch: its situation, the verdicts it was given (option -> verdict) and the rules that fired then.

    `fired` is None where the batch does not hold the rules. `changed` says that the rulebook has changed since.
    """

    situation: Situation
    verdicts: Mapping[str, str]
    fired: frozenset[str] | None
    changed: bool

    def remark(self, advice: Advice, option: str) -> str:
        """Return how then and now differ, where `advice` is what the rulebook says now; empty if they do not."""
        if not self.changed:
            return ""
        then, now = self.verdicts.get(option), advice.options[option].verdict
        verdict = f", and the verdict then was {then}" if then and then != now else ""
        return f"the rulebook has changed since the batch was made{verdict}"


def find_row(rulebook: Rulebook, path: Path, key: str) -> AnsweredCase:
    """
    Return the row of a finished batch that has a key; the batch is a file, or a folder of files as Spark writes it.

    Raises:
        UsageError: there is no batch, it does not hold its facts, or it has no such row, or several.
        SituationError: the file cannot be read, or the rulebook has changed so much that the facts cannot be.
    """
    folder = path.is_dir()
    if not (folder or path.is_file()):
        faults = Faults()
        take_in(path, faults)
        raise SituationError(tuple(faults))
    parquet = not folder and _is_parquet(path)
    metadata = read_metadata(path, parquet=parquet)
    kind = Kind.PARQUET if parquet else metadata.form or kind_by_name(path.name)
    if not metadata.facts:
        message = f"{quoted(shown(path))} does not hold the facts of its rows"
        raise UsageError(message, help=("run the batch again without --no-facts",))
    _check_named(rulebook, metadata, path)
    row = _only_row(path, _part_files(path, kind) if folder else [(path, kind)], metadata.key, key)
    facts = {id: value for id in metadata.facts if (value := row.get(id)) is not None}
    situation = situation_from(rulebook, facts, name=f"{shown(path)}, {metadata.key} {key}")
    verdicts = {id: str(verdict) for id in rulebook.options if (verdict := row.get(id))}
    try:
        fired = _fired(metadata, row)
    except (ValueError, KeyError) as error:
        raise damaged(path, ValueError("the rules that fired are no numbers")) from error
    return AnsweredCase(situation, verdicts, fired, metadata.digest != rulebook.digest)


def _check_named(rulebook: Rulebook, metadata: Metadata, path: Path) -> None:
    """Check that a batch names the facts and the rules of its rulebook, where this is the one."""
    if metadata.digest == rulebook.digest:
        for what, named, known in (
            ("facts", metadata.facts, rulebook.facts),
            ("rules", metadata.rules, rulebook.rules),
        ):
            if named and sorted(named) != sorted(known):
                raise damaged(path, ValueError(f"its {what} are not those of the rulebook that it names"))


def _is_parquet(path: Path) -> bool:
    """Return whether a file begins as Parquet does; a file that cannot be read is reported when it is read."""
    try:
        with path.open("rb") as file:
            return kind_by_content(file.read(8)) is Kind.PARQUET
    except OSError:
        return False


def _part_files(folder: Path, form: Kind | None) -> list[tuple[Path, Kind | None]]:
    """Return the files of a folder with their kinds, without empty ones and those that Spark keeps for itself."""
    try:
        paths = [path for path in sorted(folder.iterdir()) if not path.name.startswith(("_", "."))]
        for path in paths:
            if path.suffix not in _PART_FILES or not path.is_file():
                help = ("a batch of Spark is a folder of .parquet, .csv or .json files alone",)
                raise UsageError(f"{quoted(shown(path))} is not part of a batch", help=help)
        return [(path, _part_kind(path, form)) for path in paths if path.stat().st_size]
    except OSError as error:
        raise UsageError(f"{quoted(shown(folder))} cannot be read as a batch") from error


def _part_kind(path: Path, form: Kind | None) -> Kind:
    kind = _PART_FILES[path.suffix]
    if kind is not Kind.CSV:
        return kind
    # Spark gives CSV and TSV the same ending
    with path.open("rb") as file:
        header = file.readline()
    return Kind.TSV if b"\t" in header and (b"," not in header or form is Kind.TSV) else kind


def _only_row(batch: Path, files: Sequence[tuple[Path, Kind | None]], column: str, key: str) -> _Cells:
    rows = (row for path, kind in files for row in _rows_of_file(path, kind, column, key))
    found, others = next(rows, None), sum(1 for _ in rows)
    if found is None:
        raise UsageError(f"no row of {quoted(shown(batch))} has the {column} {quoted(key)}")
    if others:
        help = (f"run the batch again with a --key that no two rows share, unlike {quoted(column)}",)
        raise UsageError(f"{others + 1:,} rows of {quoted(shown(batch))} have the {column} {quoted(key)}", help=help)
    return found


def _rows_of_file(path: Path, kind: Kind | None, column: str, key: str) -> Iterator[_Cells]:
    """Yield the rows with this key, every cell as text."""
    try:
        if kind is Kind.JSONL:
            yield from _json_rows(path, column, key)
        elif kind in {Kind.CSV, Kind.TSV}:
            yield from _csv_rows(path, kind, column, key)
        elif kind is Kind.WORKBOOK:
            yield from _workbook_rows(path, column, key)
        else:
            scan = pl.scan_parquet(path, glob=False) if kind is Kind.PARQUET else pl.scan_ipc(path, glob=False)
            with panics_as_errors():
                found = scan.filter(cs.by_name(column).cast(pl.String) == key).collect()
            yield from ({name: _text(cell) for name, cell in row.items()} for row in found.iter_rows(named=True))
    except (pl.exceptions.PolarsError, OSError, ValueError, LookupError, TypeError) as error:
        raise damaged(path, None) from error


def _json_rows(path: Path, column: str, key: str) -> Iterator[_Cells]:
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if _text(row[column]) == key:
                yield {name: _text(cell) for name, cell in row.items()}


def _csv_rows(path: Path, kind: Kind, column: str, key: str) -> Iterator[_Cells]:
    """Yield the rows of a file whose texts and names are guarded, without their guards."""
    separator = "\t" if kind is Kind.TSV else ","
    table = CsvTable(path, shown(path), kind, separator)
    if guarded(column, separator) not in table.columns:
        raise LookupError(column)
    # a number has no guard
    keys = [guarded(key, separator), *([key] if re.fullmatch(r"-\d+", key) else [])]
    for part in table.parts():
        found = part.frame.filter(part.frame[guarded(column, separator)].alias("key").is_in(keys)).drop(RECORD)
        for row in found.iter_rows(named=True):
            yield {bare(name, separator): cell and bare(cell, separator) for name, cell in row.items()}


def _workbook_rows(path: Path, column: str, key: str) -> Iterator[_Cells]:
    for part in WorkbookTable(path, shown(path), ANSWERS).parts():
        found = part.frame.filter(part.frame[column].alias("key") == key).drop(RECORD)
        yield from found.iter_rows(named=True)


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def _fired(metadata: Metadata, row: _Cells) -> frozenset[str] | None:
    masks = Masks(metadata.rules, ["fired"] if row.keys() & {"_fired", "_fired_0"} else [])
    if metadata.rules:
        return masks.read({name: int(row[name] or 0) for name in masks.names})
    return frozenset((row[masks.ids_name] or "").split()) if masks.ids_name in row else None
