"""
Mutants of the rooms that decide: `python -m tests.mutants SEED SIZE`.

mutmut makes them, in a copy of the checkout under build/, and runs against each the tests that reach its function
(pyproject.toml says which rooms and which tests). Prints how many were killed, room by room, and how each of the others
differs from the code. docs/testing.md says what came out.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.generated import ROOT

COPY = ROOT / "build" / "mutants"
ROOMS = ("advice", "audit", "counsel", "engines", "inquiry")
#: As many of them at a time as there are processors on the machine that the hour is meant for.
AT_ONCE = "2"
#: Where mutmut puts the mutated modules; processes that tests start have to find them as well.
MUTATED = COPY / "mutants" / "src"
#: Kept from the copy: what belongs to the machine, and what was made.
LEFT_OUT = (".*", "build", "dist", "__pycache__")


def copied() -> None:
    """Make the copy anew, and go there, where mutmut looks for its settings."""
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(ROOT, COPY, ignore=shutil.ignore_patterns(*LEFT_OUT))
    MUTATED.mkdir(parents=True)  # Python never looks again into a folder that was not there when it started
    os.chdir(COPY)


def every_mutant() -> Iterator[str]:
    """Yield the name of every mutant that mutmut would make in the rooms."""
    from mutmut.mutation.file_mutation import mutate_file_contents  # noqa: PLC0415 - `make mutants` installs it
    from mutmut.utils.format_utils import get_mutant_name  # noqa: PLC0415

    for room in ROOMS:
        for path in sorted(Path("src", "plenipo", room).rglob("*.py")):
            made = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
            yield from (get_mutant_name(path, name) for name in made.mutant_names)


def mutmut(*arguments: str) -> str:
    """Run a command of mutmut in the copy, and return what it prints."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutants", "PYTHONPATH": str(MUTATED)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"mutmut {arguments[0]} ended with {ran.returncode}:\n{ran.stdout[-5000:]}{ran.stderr[-5000:]}")
    return ran.stdout


def fates(drawn: Iterable[str]) -> Mapping[str, str]:
    """Return what became of each mutant that was drawn: killed, survived, timeout, no tests ..."""
    mutmut("run", "--max-children", AT_ONCE, *drawn)
    lines = [line.strip().rpartition(": ") for line in mutmut("results", "--all", "true").splitlines()]
    told = {name: fate for name, _, fate in lines}
    return {name: told[name] for name in drawn}


def main(seed: str, size: str) -> None:
    """Draw as many mutants as asked for, and print what became of them."""
    copied()
    names = sorted(every_mutant())
    drawn = sorted(random.Random(seed).sample(names, min(int(size), len(names))))
    found = fates(drawn)
    for room in ROOMS:
        counted = Counter(fate for name, fate in found.items() if name.startswith(f"plenipo.{room}."))
        print(f"{room}: {', '.join(f'{count} {fate}' for fate, count in sorted(counted.items())) or 'none drawn'}")
    killed = sum(fate in {"killed", "timeout"} for fate in found.values())
    print(f"killed {killed} of {len(drawn)} drawn out of {len(names)} (seed {seed})")
    for name, fate in found.items():
        if fate not in {"killed", "timeout"}:
            print(f"\n{mutmut('show', name).strip()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
