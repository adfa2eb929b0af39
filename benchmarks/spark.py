"""
How fast Spark answers many situations, against Polars on the same processors: `python -m benchmarks.spark [ROWS]`.

It needs Java and the extra `spark`. Answers are compared, every verdict and every rule, before anything is timed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import polars as pl
from tests.batch.spark.conftest import cluster, environment

import plenipo
from benchmarks.batch import ROWS, TURNS, cases
from benchmarks.figures import Figure, publish
from plenipo.batch.spark.session import session
from plenipo.rulebook.model import Rulebook


def measure(rows: int = ROWS) -> Iterator[Figure]:
    """Yield the figures of Spark on two processors of one machine, then of a cluster of two workers there."""
    book = plenipo.load_rulebook()
    # the driver's Java takes no settings later; those that plenipo makes itself stay
    os.environ.update({name: value for name, value in environment().items() if name != "PYSPARK_SUBMIT_ARGS"})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases(book, rows, folder / "cases.parquet")
        yield from _against(book, rows, folder, "local[2]", "local[2]")
        with cluster(folder) as master:
            yield from _against(book, rows, folder, master, "cluster of two workers")


def _against(book: Rulebook, rows: int, folder: Path, master: str, what: str) -> Iterator[Figure]:
    start = perf_counter()
    with session(master):
        yield Figure(f"Spark, {what}: to a session", perf_counter() - start, "s")
        yield Figure(f"Spark, {what}: first batch of a session, {rows:,} rows", _spark(book, folder, master), "s")
        _polars(book, folder)
        _compare(folder)
        turns = [(_spark(book, folder, master), _polars(book, folder)) for _ in range(TURNS)]
    spark, alone = (median(taken) for taken in zip(*turns, strict=True))
    yield Figure(f"Spark, {what}: later batches", rows / spark / 1000, "k/s")
    yield Figure("Polars, in turns with it", rows / alone / 1000, "k/s")
    yield Figure(f"Polars / Spark, {what}", spark / alone, "x")


def _spark(book: Rulebook, folder: Path, master: str) -> float:
    out, start = folder / "spark.parquet", perf_counter()
    plenipo.batch(
        folder / "cases.parquet",
        out,
        rulebook=book,
        key="id",
        summary=False,
        force=True,
        engine="spark",
        master=master,
    )
    return perf_counter() - start


def _polars(book: Rulebook, folder: Path) -> float:
    out, start = folder / "polars.parquet", perf_counter()
    plenipo.batch(folder / "cases.parquet", out, rulebook=book, key="id", summary=False, force=True)
    return perf_counter() - start


def _compare(folder: Path) -> None:
    """See that both gave the same rows: the keys, the facts, the verdicts and the rules that fired."""
    theirs, mine = (pl.read_parquet(name) for name in (folder / "spark.parquet/*.parquet", folder / "polars.parquet"))
    mine = mine.cast({name: theirs.schema[name] for name in mine.columns})
    assert theirs.sort("id").equals(mine.sort("id")), "the answers differ"


if __name__ == "__main__":
    publish(measure(*map(int, sys.argv[1:])))
