"""Figures as the benchmarks print them: what was measured, the value, and the target where there is one."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from time import perf_counter

#: What the figures depend on besides the code.
LIBRARIES = ("plenipo", "experta", "clingo", "narwhals", "polars", "pydantic", "PyYAML", "typer", "rich")


@dataclass(frozen=True)
class Figure:
    """One figure; `target` is the most it may be, or where `least` says so the least."""

    what: str
    value: float
    unit: str
    target: float | None = None
    least: bool = False

    def __str__(self) -> str:
        return f"{self.what:<62}{self.value:>9.2f} {self.unit:<4}{self._judged()}"

    @property
    def met(self) -> bool:
        """Whether the target is met; a figure without one meets it."""
        if self.target is None:
            return True
        return self.value >= self.target if self.least else self.value <= self.target

    def _judged(self) -> str:
        if self.target is None:
            return ""
        return f"  at {'least' if self.least else 'most'} {self.target:g}: {'yes' if self.met else 'NO'}"


def milliseconds(action: Callable[[], object], times: int) -> float:
    """Return the median of how long an action takes."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        action()
        taken.append(perf_counter() - start)
    return 1000 * median(taken)


def publish(*groups: Iterable[Figure]) -> None:
    """
    Print what was measured on what, each figure as soon as it is there.

    Raises:
        SystemExit: a target was missed, and the process is to end with 1.
    """
    print(f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in LIBRARIES), sep=", ")
    missed = []
    for group in groups:
        print()
        for figure in group:
            print(figure, flush=True)
            missed += [] if figure.met else [figure.what]
    if missed:
        print("\nNO: missed the target of", "; ".join(missed))
        raise SystemExit(1)
