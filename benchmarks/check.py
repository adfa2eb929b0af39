"""How long it takes to examine a rulebook over every situation it allows, and to compare it with another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import plenipo
from benchmarks.figures import Figure, milliseconds, publish
from benchmarks.synthetic import rulebook
from plenipo.audit.diff import difference
from plenipo.audit.space import Space
from plenipo.audit.space_checks import run_space_checks
from plenipo.rulebook.model import Rulebook

SIZES = (300, 1000)
#: Seconds that examining the real rulebook may take.
TARGET = 10


def measure() -> Iterator[Figure]:
    """Yield the examination and a comparison for the real rulebook, then for made-up ones."""
    real = plenipo.load_rulebook()
    yield Figure("check, the whole command", milliseconds(plenipo.check, 3) / 1000, "s", TARGET)
    yield from _measure(f"the rulebook, {len(real.rules)} rules", real, 3)
    for size in SIZES:
        yield from _measure(f"{size} made-up rules", rulebook(size), 1)


def _measure(what: str, book: Rulebook, times: int) -> Iterator[Figure]:
    yield Figure(f"{what}: every situation", milliseconds(lambda: run_space_checks(Space(book)), times) / 1000, "s")
    shorter = replace(book, rules=dict(list(book.rules.items())[1:]))
    yield Figure(f"{what}: against itself", milliseconds(lambda: difference(book, book), times) / 1000, "s")
    yield Figure(
        f"{what}: against itself less a rule", milliseconds(lambda: difference(book, shorter), times) / 1000, "s"
    )


if __name__ == "__main__":
    publish(measure())
