"""
The checks over the whole space of a rulebook: what no single situation shows, one module each.

A module named `never_fires` holds the check `never-fires`: a function `check` that takes the space and yields remarks.
The list is the list of the modules; each has its page, docs/checks/never-fires.md, and a rulebook that fails it,
tests/faulty/never-fires/.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from plenipo.audit.remark import Remark
from plenipo.audit.space import Space


@dataclass(frozen=True)
class CheckResult:
    """What the checks found, each remark with the id of its check, and the checks that were not decided in time."""

    remarks: tuple[tuple[str, Remark], ...]
    undecided: tuple[str, ...] = ()


def space_checks() -> Mapping[str, ModuleType]:
    """Return the module of every check, by the check's id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}


def run_space_checks(space: Space) -> CheckResult:
    """Return everything that the checks find in a space."""
    remarks: list[tuple[str, Remark]] = []
    undecided: list[str] = []
    for id, check in space_checks().items():
        try:
            remarks += [(id, remark) for remark in check.check(space)]
        except TimeoutError:
            undecided.append(id)
    return CheckResult(tuple(remarks), tuple(undecided))
