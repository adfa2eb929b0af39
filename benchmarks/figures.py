"""Figures as the benchmarks print them: what was measured, the value, and the target where there is one."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from time import perf_counter

#: What the figures depend on besides the code.
LIBRARIES = ("plenipo", "experta", "pydantic", "PyYAML", "typer", "rich")


@dataclass(frozen=True)
class Figure:
    """One figure; `target` is the most it may be."""

    what: str
    value: float
    unit: str
    target: float | None = None

    def __str__(self) -> str:
        met = (
            "" if self.target is None else f"  at most {self.target:g}: {'yes' if self.value <= self.target else 'NO'}"
        )
        return f"{self.what:<62}{self.value:>9.2f} {self.unit:<4}{met}"


def milliseconds(action: Callable[[], object], times: int) -> float:
    """Return the median of how long an action takes."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        action()
        taken.append(perf_counter() - start)
    return 1000 * median(taken)


def publish(*groups: Iterable[Figure]) -> None:
    """Print what was measured on what, each figure as soon as it is there."""
    print(f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in LIBRARIES), sep=", ")
    for group in groups:
        print()
        for figure in group:
            print(figure, flush=True)
