"""How long a report of one situation takes as a whole process, and how large it is."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, milliseconds, publish
from benchmarks.startup import ENVIRONMENT, PLENIPO, SITUATION

RUNS = 10


def measure() -> Iterator[Figure]:
    """Yield the median of the time, and the size of the file, each with its target."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "advice.html")
        command = [PLENIPO, "report", SITUATION, "-o", str(out), "--force"]
        made = partial(subprocess.run, command, check=True, env=ENVIRONMENT)
        made()  # fills the caches: compiled modules, and the rulebook as it was read
        yield Figure(f"process: plenipo report {SITUATION} -o advice.html", milliseconds(made, RUNS), "ms", 1500)
        yield Figure("the size of that file", out.stat().st_size / 1000, "kB", 1000)


if __name__ == "__main__":
    publish(measure())
