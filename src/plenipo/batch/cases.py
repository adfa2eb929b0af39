"""Cases: one row of a finished batch found again, as the situation it was and with the answers it was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from plenipo.advice import Advice
from plenipo.batch.about import About, read_about
from plenipo.batch.delimited import Delimited
from plenipo.batch.kinds import Kind, named
from plenipo.batch.outputs import GUARD
from plenipo.engines.columns import Masks
from plenipo.errors import SituationError, UsageError
from plenipo.rulebook.faults import Faults, quoted, shown
from plenipo.rulebook.intake import take_in
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.situation import situation_from


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
    Return the row of a finished batch that has a key.

    Raises:
        UsageError: the file is no batch, does not tell its facts, or has no such row, or several.
        SituationError: the file cannot be read, or the rulebook has changed so much that the facts cannot be.
    """
    kind = named(path.name)
    if not path.is_file():
        faults = Faults()
        take_in(path, faults)
        raise SituationError(tuple(faults))
    about = read_about(path, parquet=kind is Kind.PARQUET)
    if not about.facts:
        help = ("make it anew, without --no-facts",)
        raise UsageError(f"{quoted(shown(path))} does not tell the facts that its verdicts stand on", help=help)
    row = _row(path, kind, about, key)
    name = f"{shown(path)}, {about.key} {key}"
    given = {id: row.get(id) for id in about.facts if row.get(id) is not None}
    situation = situation_from(rulebook, given, name=name)
    verdicts = {id: row[id] for id in rulebook.options if row.get(id)}
    return Case(
        situation, {id: str(word) for id, word in verdicts.items()}, _fired(about, row), about.digest != rulebook.digest
    )


def _row(path: Path, kind: Kind | None, about: About, key: str) -> Mapping[str, str | None]:
    try:
        names = about.key if not about.key.startswith(tuple("=+-@")) else GUARD + about.key
        found = _rows(path, kind, names, {key, GUARD + key} if kind in {Kind.CSV, Kind.TSV} else {key})
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise UsageError(f"{quoted(shown(path))} cannot be read as a batch") from error
    if not found:
        raise UsageError(f"no row of {quoted(shown(path))} has the {about.key} {quoted(key)}")
    if len(found) > 1:
        raise UsageError(f"{len(found)} rows of {quoted(shown(path))} have the {about.key} {quoted(key)}")
    return found[0]


def _rows(path: Path, kind: Kind | None, column: str, keys: set[str]) -> list[dict[str, str | None]]:
    """Return the rows with one of these keys, every cell as text."""
    if kind is Kind.JSONL:
        with path.open(encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines)
            return [{name: _text(cell) for name, cell in row.items()} for row in rows if _text(row.get(column)) in keys]
    if kind in {Kind.CSV, Kind.TSV}:
        table = Delimited(path, shown(path), kind)
        frames = [part.frame.filter(pl.col(column).is_in(list(keys))) for part in table.parts()]
        return pl.concat(frames).to_dicts() if frames else []
    scan = pl.scan_parquet(path, glob=False) if kind is Kind.PARQUET else pl.scan_ipc(path, glob=False)
    found = scan.filter(pl.col(column).cast(pl.String).is_in(list(keys))).collect()
    return [{name: _text(cell) for name, cell in row.items()} for row in found.to_dicts()]


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


def _fired(about: About, row: Mapping[str, str | None]) -> frozenset[str] | None:
    if about.rules:
        return Masks(about.rules).read(
            {name: int(cell) for name, cell in row.items() if cell and name.startswith("fired_")}
        )
    return frozenset((row["fired"] or "").split()) if "fired" in row else None
