"""How long the production engine takes to build, once for a rulebook, and to run, for each situation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

import plenipo
from benchmarks.figures import Figure, milliseconds, publish
from benchmarks.synthetic import rulebook, situation
from plenipo.engines.production import ProductionEngine
from plenipo.rulebook.model import Rulebook

SIZES = (100, 300, 1000)
BUILDS = 5
RUNS = 40


def measure() -> Iterator[Figure]:
    """Yield building and running for the real rulebook, then for made-up ones."""
    real = plenipo.load_rulebook()
    given = [plenipo.load_situation(name).facts for name in plenipo.situations()]
    yield from _measure(f"the rulebook, {len(real.rules)} rules", real, given)
    for size in SIZES:
        made_up = rulebook(size)
        yield from _measure(f"{size} made-up rules", made_up, [situation(made_up, seed) for seed in range(10)])


def _measure(what: str, book: Rulebook, situations: Sequence[Mapping[str, str]]) -> Iterator[Figure]:
    def build() -> ProductionEngine:
        engine = ProductionEngine(book)
        engine.fires(situations[0])
        return engine

    engine, turn = build(), cycle(situations)
    yield Figure(f"{what}: build and run once", milliseconds(build, BUILDS), "ms")
    yield Figure(f"{what}: run", milliseconds(lambda: engine.fires(next(turn)), RUNS), "ms")


if __name__ == "__main__":
    publish(measure())
