"""How long it takes to tell how firm advice is: every likely world weighed, or a million of them drawn."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import plenipo
from benchmarks import synthetic
from benchmarks.figures import Figure, milliseconds, publish
from benchmarks.startup import ENVIRONMENT, PLENIPO
from plenipo.advice.conclude import conclude
from plenipo.inquiry.robustness import robustness
from plenipo.rulebook.model import Situation

RUNS = 5
DRAWN = 1_000_000
SIZES = (100, 300)
SITUATION = "hypothetical-likely-worlds"


def measure() -> Iterator[Figure]:
    """Yield the figures of whole processes, with all facts unknown and in a bundled situation, then of the calls."""
    with tempfile.TemporaryDirectory() as folder:
        nothing = Path(folder) / "nothing.yaml"
        nothing.write_text("facts: {}\n")
        open_ = [str(nothing), "--equal", "unknown"]
        yield _process(f"robust, {DRAWN:,} worlds drawn, all facts unknown", *open_, "--samples", str(DRAWN), target=3)
        yield _process("robust, every world, all facts unknown", *open_)
    yield _process(f"robust, {DRAWN:,} worlds drawn, {SITUATION}", SITUATION, "--samples", str(DRAWN), target=3)
    yield _process(f"robust, every world, {SITUATION}", SITUATION)
    exact = milliseconds(partial(plenipo.robust, {}, equally=["unknown"]), RUNS)
    yield Figure("robust: the call alone, every world, all facts unknown", exact, "ms")
    for size in SIZES:
        advice = conclude(synthetic.rulebook(size), Situation({}), ())
        made_up = milliseconds(partial(robustness, advice, equally=["unknown"]), 1)
        yield Figure(f"robust: the call alone, every world, all facts of {size:,} made-up rules unknown", made_up, "ms")


def _process(what: str, *arguments: str, target: float | None = None) -> Figure:
    command = [PLENIPO, "robust", *arguments]
    run = partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return Figure(f"process: {what}", milliseconds(run, RUNS) / 1000, "s", target)


if __name__ == "__main__":
    publish(measure())
