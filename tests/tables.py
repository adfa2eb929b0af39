"""What the tests of agreement share: situations as tables of every kind, and answers held against the oracle."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from plenipo.batch.sources import parquet_and_arrow, source
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Rulebook
from tests.oracle import Oracle, allowed

Facts = Mapping[str, str]

KEY = "id"
#: Ways to write what a fact file, a cell or a line says when it does not know.
BLANK = (None, None, "", " ", "unknown", "Unknown", "null", "~")
YES_AND_NO = {TRUE: ("yes", "on", "True", " YES "), FALSE: ("no", "off", "False", "No ")}


@dataclass(frozen=True)
class Answer:
    """What one row of a finished batch says."""

    key: str
    verdicts: Mapping[str, str]
    fired: set[str]


def drawn(book: Rulebook, count: int, seed: int) -> list[dict[str, str]]:
    """Return situations drawn at random that a rulebook does not refuse, one fact in six unknown."""
    chance = random.Random(seed)
    values = {id: [*fact.values] for id, fact in book.facts.items()}

    def situation() -> dict[str, str]:
        while True:
            facts = {id: chance.choice(known) for id, known in values.items() if chance.random() > 1 / 6}
            if allowed(book, facts):
                return facts

    return [situation() for _ in range(count)]


def written(book: Rulebook, cases: Sequence[Facts], seed: int = 0) -> pl.DataFrame:
    """Return situations as people write them: a text in eight in another spelling, and many ways to know nothing."""
    chance = random.Random(seed)

    def spelled(id: str, value: str) -> str | None:
        if value == UNKNOWN:
            return chance.choice(BLANK)
        if chance.random() > 1 / 8:
            return value
        others = YES_AND_NO[value] if book.facts[id].boolean else (value.upper(), f" {value} ", f"{value.upper()}\t")
        return chance.choice(others)

    columns = {id: [spelled(id, case.get(id, UNKNOWN)) for case in cases] for id in book.facts}
    return pl.DataFrame({KEY: keys(cases), **columns}, schema=dict.fromkeys([KEY, *columns], pl.String))


def typed(book: Rulebook, cases: Sequence[Facts]) -> pl.DataFrame:
    """Return situations as programs keep them: truth values, categories, and null for what is not known."""
    bare = {id: [None if (told := case.get(id)) == UNKNOWN else told for case in cases] for id in book.facts}
    columns = {
        id: pl.Series([value and value == TRUE for value in values], dtype=pl.Boolean)
        if book.facts[id].boolean
        else pl.Series(values, dtype=pl.Categorical)
        for id, values in bare.items()
    }
    return pl.DataFrame({KEY: keys(cases), **columns})


def keys(cases: Sequence[Facts]) -> list[str]:
    """Return a key for each of some situations."""
    return [f"case {number}" for number in range(len(cases))]


def save(frame: pl.DataFrame, path: Path) -> Path:
    """Write a table as what its name says it is."""
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".tsv":
            frame.write_csv(path, separator="\t")
        case ".jsonl":
            frame.write_ndjson(path)
        case ".arrow":
            frame.write_ipc(path)
        case _:
            frame.write_parquet(path)
    return path


def answers(book: Rulebook, path: Path) -> list[Answer]:
    """Read a finished batch as docs/batch.md says that it is to be read."""
    rows = list(_rows(path))
    ours = {"fired", "fired_0", "fired_1"} & {*book.facts, *book.options}
    ids = "_fired" if ours else "fired"
    rules = [] if rows and ids in rows[0] else _about(path)["rules"]

    def fired(row: Mapping[str, Any]) -> set[str]:
        if ids in row:
            return set((row[ids] or "").split())
        return {rule for number, rule in enumerate(rules) if row[f"{ids}_{number // 32}"] >> number % 32 & 1}

    return [Answer(row[KEY], {id: row[id] for id in book.options}, fired(row)) for row in rows]


def check(book: Rulebook, cases: Sequence[Facts], told: Sequence[Answer]) -> list[Oracle]:
    """Hold the answers of a batch to the oracle, row by row, and return what it says of each."""
    assert [answer.key for answer in told] == keys(cases)
    oracles = [Oracle(book, facts) for facts in cases]
    for oracle, answer in zip(oracles, told, strict=True):
        assert answer.fired == oracle.fired
        assert answer.verdicts == oracle.verdicts
    return oracles


def in_parts_of(records: int, patch: pytest.MonkeyPatch) -> None:
    """Have tables read in parts of so many records."""
    for module in (source, parquet_and_arrow):
        patch.setattr(module, "PART_SIZE", records)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    match path.suffix:
        case ".jsonl":
            return iter([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
        case ".csv" | ".tsv":
            separator = "," if path.suffix == ".csv" else "\t"
            return pl.read_csv(path, separator=separator, infer_schema=False).iter_rows(named=True)
        case ".arrow":
            return pl.read_ipc(path).iter_rows(named=True)
        case _:
            return pl.read_parquet(path).iter_rows(named=True)


def _about(path: Path) -> Any:
    if path.suffix == ".parquet":
        return json.loads(pl.read_parquet_metadata(path)["plenipo"])
    return json.loads(path.with_name(f"{path.name}.about.json").read_text(encoding="utf-8"))
