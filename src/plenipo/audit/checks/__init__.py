"""
The checks over the whole space of a rulebook: what no single situation shows, one module each.

A module named `never_fires` holds the check `never-fires`: a function `check` that takes the space and yields remarks.
The list is the list of the modules; each has its page, docs/checks/never-fires.md, and a rulebook that fails it,
tests/faulty/never-fires/.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from plenipo.audit.remark import Remark
from plenipo.audit.space import Space


@dataclass(frozen=True)
class SpaceCheck:
    """A check: its id, what it is about, and the function that finds it."""

    id: str
    about: str
    find: Callable[[Space], Iterable[Remark]]


@dataclass(frozen=True)
class CheckResult:
    """What the checks found, each remark with the id of its check, and the checks that were not decided in time."""

    remarks: tuple[tuple[str, Remark], ...]
    undecided: tuple[str, ...] = ()


def space_checks() -> tuple[SpaceCheck, ...]:
    """Return every check, by id."""
    return tuple(_check(name) for name in sorted(module.name for module in pkgutil.iter_modules(__path__)))


def run_space_checks(space: Space) -> CheckResult:
    """Return everything that the checks find in a space."""
    remarks: list[tuple[str, Remark]] = []
    undecided: list[str] = []
    for check in space_checks():
        try:
            remarks += [(check.id, remark) for remark in check.find(space)]
        except TimeoutError:
            undecided.append(check.id)
    return CheckResult(tuple(remarks), tuple(undecided))


def _check(name: str) -> SpaceCheck:
    module = importlib.import_module(f"{__name__}.{name}")
    return SpaceCheck(name.replace("_", "-"), (module.__doc__ or "").strip().partition("\n")[0], module.check)
