"""Cases: one row of a finished batch found again, as the situation it was and with the answers it was given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from plenipo.advice.conclude import Advice
from plenipo.batch.file_kinds import Kind, named, sniffed
from plenipo.batch.metadata import About, read_about
from plenipo.batch.sources.csv_tables import Delimited
from plenipo.batch.sources.source import RECORD
from plenipo.csv_safety import bare, guarded
from plenipo.engines.columns import Masks
from plenipo.errors import SituationError, UsageError, quoted, shown
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import take_in
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.situations.read import situation_from

#: How the names of the parts end of which Spark makes a folder.
_PARTS = {".parquet": Kind.PARQUET, ".csv": Kind.CSV, ".json": Kind.JSONL}


@dataclass(frozen=True)
class Case:
    """
    A row of a batch: its situation, the verdicts it was given (option -> verdict) and the rules that fired then.

    `fired` is None where the batch does not tell. `changed` says that the rulebook is no longer the one that answered.
    """

    situation: Situation
    verdicts: Mapping[str, str]
    fired: frozenset[str] | None
    changed: bool

    def remark(self, advice: Advice, option: str) -> str:
        """Return what is to be said of then and now, `advice` being what the rulebook says now, or nothing."""
        if not self.changed:
            return ""
        then, now = self.verdicts.get(option), advice.options[option].verdict
        said = f", and the verdict then was {then}" if then and then != now else ""
        return f"the rulebook has changed since the batch was made{said}"


def find(rulebook: Rulebook, path: Path, key: str) -> Case:
    """
    Return the row of a finished batch that has a key, the batch being a file, or a folder of parts as Spark writes it.

    Raises:
        UsageError: there is no batch there, it does not tell its facts, or it has no such row, or several.
        SituationError: the file cannot be read, or the rulebook has changed so much that the facts cannot be.
    """
    folder = path.is_dir()
    if not (folder or path.is_file()):
        faults = Faults()
        take_in(path, faults)
        raise SituationError(tuple(faults))
    parquet = not folder and _is_parquet(path)
    about = read_about(path, parquet=parquet)
    kind = Kind.PARQUET if parquet else about.form or named(path.name)
    if not about.facts:
        help = ("make it anew, without --no-facts",)
        raise UsageError(f"{quoted(shown(path))} does not tell the facts that its verdicts stand on", help=help)
    row = _row(path, _parts(path, kind) if folder else [(path, kind)], about, key)
    name = f"{shown(path)}, {about.key} {key}"
    given = {id: row.get(id) for id in about.facts if row.get(id) is not None}
    situation = situation_from(rulebook, given, name=name)
    verdicts = {id: row[id] for id in rulebook.options if row.get(id)}
    return Case(
        situation, {id: str(word) for id, word in verdicts.items()}, _fired(about, row), about.digest != rulebook.digest
    )


def _is_parquet(path: Path) -> bool:
    """Return whether a file begins as Parquet does; what cannot be read is told of where it is read."""
    try:
        with path.open("rb") as file:
            return sniffed(file.read(8)) is Kind.PARQUET
    except OSError:
        return False


def _parts(folder: Path, told: Kind | None) -> list[tuple[Path, Kind | None]]:
    """Return the files of a folder, with their kinds; empty ones and those that Spark keeps for itself are left out."""
    try:
        paths = [path for path in sorted(folder.iterdir()) if not path.name.startswith(("_", "."))]
        for path in paths:
            if path.suffix not in _PARTS or not path.is_file():
                help = ("as Spark writes it, a batch is a folder of .parquet, .csv or .json files and of no others",)
                raise UsageError(f"{quoted(shown(path))} is no part of a batch", help=help)
        return [(path, _kind_of_part(path, told)) for path in paths if path.stat().st_size]
    except OSError as error:
        raise UsageError(f"{quoted(shown(folder))} cannot be read as a batch") from error


def _kind_of_part(path: Path, told: Kind | None) -> Kind:
    kind = _PARTS[path.suffix]
    if kind is not Kind.CSV:
        return kind
    # Spark ends the names of both alike
    with path.open("rb") as file:
        header = file.readline()
    return Kind.TSV if b"\t" in header and (b"," not in header or told is Kind.TSV) else kind


def _row(batch: Path, files: Sequence[tuple[Path, Kind | None]], about: About, key: str) -> Mapping[str, str | None]:
    rows = (row for path, kind in files for row in _read(path, kind, about.key, key))
    found, others = next(rows, None), sum(1 for _ in rows)
    if found is None:
        raise UsageError(f"no row of {quoted(shown(batch))} has the {about.key} {quoted(key)}")
    if others:
        help = (f"make it anew with a --key that tells its rows apart: {quoted(about.key)} does not",)
        many = f"{others + 1:,} rows of {quoted(shown(batch))} have the {about.key} {quoted(key)}"
        raise UsageError(f"{many}, and which of them is meant cannot be told", help=help)
    return found


def _read(path: Path, kind: Kind | None, column: str, key: str) -> Iterator[Mapping[str, str | None]]:
    try:
        yield from _rows(path, kind, column, key)
    except (pl.exceptions.PolarsError, OSError, ValueError, LookupError, TypeError) as error:
        raise UsageError(f"{quoted(shown(path))} cannot be read as a batch") from error


def _rows(path: Path, kind: Kind | None, column: str, key: str) -> Iterator[Mapping[str, str | None]]:
    """Yield the rows with this key, every cell as text."""
    if kind is Kind.JSONL:
        with path.open(encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines)
            yield from ({name: _text(cell) for name, cell in row.items()} for row in rows if _text(row[column]) == key)
    elif kind in {Kind.CSV, Kind.TSV}:
        yield from _guarded_rows(path, kind, column, key)
    else:
        scan = pl.scan_parquet(path, glob=False) if kind is Kind.PARQUET else pl.scan_ipc(path, glob=False)
        found = scan.filter(pl.col(column).cast(pl.String) == key).collect()
        yield from ({name: _text(cell) for name, cell in row.items()} for row in found.iter_rows(named=True))


def _guarded_rows(path: Path, kind: Kind, column: str, key: str) -> Iterator[Mapping[str, str | None]]:
    """Yield the rows with this key of a file whose texts and names are guarded, without their guards."""
    separator = "\t" if kind is Kind.TSV else ","
    table = Delimited(path, shown(path), kind)
    if guarded(column, separator) not in table.columns:
        raise LookupError(column)
    # a number has no guard
    keys = [guarded(key, separator), *([key] if re.fullmatch(r"-\d+", key) else [])]
    for part in table.parts():
        found = part.frame.filter(pl.col(guarded(column, separator)).is_in(keys)).drop(RECORD)
        for row in found.iter_rows(named=True):
            yield {bare(name, separator): cell and bare(cell, separator) for name, cell in row.items()}


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


def _fired(about: About, row: Mapping[str, str | None]) -> frozenset[str] | None:
    if about.rules:
        return Masks(about.rules).read(
            {name: int(cell) for name, cell in row.items() if cell and name.startswith("fired_")}
        )
    return frozenset((row["fired"] or "").split()) if "fired" in row else None
