"""Run every experiment, print what came of it, and end with 1 if anything failed: `python -m tests.chaos`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.chaos.crowds import crowds
from tests.chaos.full_disk import full_disk
from tests.chaos.kills import kills
from tests.chaos.mutations import mutations
from tests.chaos.outcomes import Outcome, publish
from tests.cli.conftest import RULES
from tests.conftest import FACTS, FINDINGS, OPTIONS, seed, write_rulebook

KINDS = ("kills", "full-disk", "crowds", "mutations")


def main() -> int:
    """Read what is asked for, and return the exit code."""
    reader = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    reader.add_argument(
        "only", nargs="*", metavar="KIND", help=f"one or more of {', '.join(KINDS)}; all if none is said"
    )
    reader.add_argument("--seed", type=int, default=1, help="another one tries other moments and other damage")
    reader.add_argument("--times", type=int, default=50, help="how often each is killed")
    reader.add_argument("--files", type=int, default=5000, help="how many damaged files are read")
    given = reader.parse_args()
    if unknown := set(given.only) - set(KINDS):
        reader.error(f"there is no {', '.join(sorted(unknown))}")
    for name in [name for name in os.environ if name.startswith("PLENIPO")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        return publish(_outcomes(Path(folder), given))


def _outcomes(folder: Path, given: argparse.Namespace) -> Iterator[Outcome]:
    files: dict[str, str | bytes] = {
        "rules/facts.yaml": FACTS,
        "rules/options.yaml": OPTIONS,
        "rules/boats.yaml": RULES,
    }
    files |= {"rules/findings.yaml": FINDINGS, "seeds/A.yaml": seed("A"), "seeds/B.yaml": seed("B")}
    boats = write_rulebook(folder / "boats", files)
    experiments: dict[str, Callable[[Path], Iterator[Outcome]]] = {
        "kills": lambda place: kills(place, boats, given.times, given.seed),
        "full-disk": lambda place: full_disk(place, boats),
        "crowds": lambda place: crowds(place, boats),
        "mutations": lambda place: mutations(place, boats, given.files, given.seed),
    }
    for kind, experiment in experiments.items():
        if not given.only or kind in given.only:
            place = folder / kind
            place.mkdir()
            yield from experiment(place)


if __name__ == "__main__":
    sys.exit(main())
