"""The columns of a batch, settled before any row is read: the facts, the key, and what is kept beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from plenipo.batch.output.cell_text import is_plain
from plenipo.batch.sources.fact_files import FILE
from plenipo.batch.sources.source import Named
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, did_you_mean, nearest, quoted
from plenipo.rulebook.model import Rulebook

#: The key that is made where none is named.
MADE = "case"


@dataclass(frozen=True)
class Columns:
    """
    What every part of a batch is brought to: the key `key`, the facts, the columns kept beside them with their types.

    `given` says that the key is a column of the input; else it is made. `several` says that there are several inputs,
    so that the number of a row alone would not tell it apart.
    """

    key: str
    given: bool
    several: bool
    key_type: pl.DataType
    extra: Mapping[str, pl.DataType] = field(default_factory=dict)


def settle(rulebook: Rulebook, sources: Sequence[Named], key: str | None, *, keep: bool) -> Columns:
    """
    Return the columns of a batch.

    Raises:
        UsageError: the key is no column, no text stands for what is in it, or its name is taken.
        SituationError: a column is no fact, and is not to be kept.
    """
    _check_key(rulebook, sources, key)
    extra: dict[str, list[pl.DataType]] = {}
    faults: list[Diagnostic] = []
    for source in sources:
        for name, kind in source.columns.items():
            if name in rulebook.facts or name in {key, FILE}:
                continue
            extra.setdefault(name, []).append(kind)
            if not keep:
                faults.append(_unknown(rulebook, source, name))
            elif name in rulebook.options or name == (key or MADE) or name.startswith(("fired", "_plenipo_")):
                raise UsageError(f"the column {quoted(name)} cannot be kept: a column of the answer is called so")
    if faults:
        raise SituationError(tuple(faults))
    several = len(sources) > 1
    kept = {
        name: kinds[0] if len(set(kinds)) == 1 and is_plain(kinds[0]) else pl.String() for name, kinds in extra.items()
    }
    return Columns(key or MADE, key is not None, several, _key_type(sources, key), kept)


def _check_key(rulebook: Rulebook, sources: Sequence[Named], key: str | None) -> None:
    if key is None:
        if MADE in rulebook.facts or MADE in rulebook.options:
            raise UsageError(f"the rulebook has something called `{MADE}`: name a key", help=("--key COLUMN",))
        return
    for source in sources:
        if FILE in source.columns:
            help = ("a fact file's key is its name",)
            raise UsageError(f"{quoted(source.name)} is a fact file and has no column {quoted(key)}", help=help)
        if key not in source.columns:
            near = did_you_mean(key, source.columns)
            raise UsageError(f"{quoted(source.name)} has no column {quoted(key)} to be the key", help=near)
        if not (is_plain(source.columns[key]) or source.columns[key] == pl.Null):
            what = source.columns[key].base_type().__name__.lower()
            help = (f"a key is a text, a number, yes or no, a date or a time, and this is of the type {what}",)
            raise UsageError(f"the column {quoted(key)} of {quoted(source.name)} cannot be the key", help=help)
    if key in rulebook.facts or key in rulebook.options or key.startswith(("fired_", "_plenipo_")) or key == "fired":
        raise UsageError(f"the column {quoted(key)} cannot be the key: something of the rulebook is called so")


def _unknown(rulebook: Rulebook, source: Named, name: str) -> Diagnostic:
    finding = ("it is a finding: rules find it, nobody states it",) if name in rulebook.findings else ()
    near = nearest(name, rulebook.facts) if len(name) <= 60 and not finding else None
    guess = (f"did you mean `{near}`?",) if near else ()
    keep = "`--extra keep` keeps columns that are no facts; `--key` names the one that tells rows apart"
    advice = (f"`--key {MADE}` says that it tells rows apart" if name == MADE else keep,)
    message = f"the column {quoted(name)} is no fact"
    return Diagnostic("unknown-fact", message, Location(source.name, 1), help=(*guess, *finding, *advice))


def _key_type(sources: Sequence[Named], key: str | None) -> pl.DataType:
    kinds = {
        source.columns[key] if key else pl.String() if FILE in source.columns else pl.UInt32() for source in sources
    }
    if len(sources) == 1:
        (kind,) = kinds
        return kind if kind.is_integer() else pl.String()
    return pl.String()
