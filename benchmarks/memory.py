"""How much a process grows by answering thousands of situations, after the first hundred."""

from __future__ import annotations

import gc
import os
import resource
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import plenipo
from benchmarks.figures import Figure, publish
from plenipo.advice.conclude import conclude
from plenipo.engines.production import ProductionEngine

RUNS = 10_000
FIRST = 100


def measure() -> Iterator[Figure]:
    """Yield the growth over all runs but the first, on the bundled situations in turn."""
    book = plenipo.load_rulebook()
    engine = ProductionEngine(book)
    turn = cycle([plenipo.load_situation(name) for name in plenipo.situations()])
    before = 0.0
    for run, situation in enumerate(islice(turn, RUNS)):
        if run == FIRST:
            before = _megabytes()
        assert conclude(book, situation, engine.fires(situation.facts)).options
    yield Figure(f"growth over {RUNS} runs, after the first {FIRST}", _megabytes() - before, "MB", target=5)


def _megabytes() -> float:
    """Return what the process holds in memory; where the system does not tell, the most it ever held."""
    gc.collect()
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    publish(measure())
