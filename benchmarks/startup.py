"""
How long a whole process takes, against one that does nothing but import the libraries.

The processes take turns, so that whatever else the machine does hits all of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figures import Figure, publish

RUNS = 10
SITUATION = "late-summer-2020"
#: experta needs a name that collections no longer has.
IMPORTS = """
import collections, collections.abc
collections.Mapping = collections.abc.Mapping
import experta, pydantic, yaml, typer, rich
"""
#: Without compiled modules kept, as some environments have it, every process would compile plenipo anew.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
PLENIPO = str(Path(sys.executable).parent / "plenipo")
COMMANDS = {
    "imports": [sys.executable, "-c", IMPORTS],
    "advise": [PLENIPO, "advise", SITUATION],
    "help": [PLENIPO, "--help"],
}


def measure() -> Iterator[Figure]:
    """Yield the medians and how they compare."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for run in range(RUNS + 1):
        for name, command in COMMANDS.items():
            start = perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
            # The first of each fills the caches: compiled modules, and the rulebook as it was read.
            if run:
                taken[name].append(1000 * (perf_counter() - start))
    imports, advise, help = (median(taken[name]) for name in COMMANDS)
    yield Figure("process: import experta, pydantic, yaml, typer, rich", imports, "ms")
    yield Figure(f"process: plenipo advise {SITUATION}", advise, "ms")
    yield Figure("process: plenipo --help", help, "ms")
    yield Figure("plenipo advise / imports alone", advise / imports, "x", target=1.8)
    yield Figure("plenipo --help / imports alone", help / imports, "x", target=0.5)


if __name__ == "__main__":
    publish(measure())
