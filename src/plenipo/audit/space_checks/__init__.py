"""
The checks over the whole space of a rulebook: what no single situation shows, one module each.

A module named `never_fires` holds the check `never-fires`: a function `check` that takes the space and yields remarks.
The list is the list of the modules; each has its page, docs/checks/never-fires.md, and a rulebook that fails it,
tests/faulty/never-fires/.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType

from plenipo.audit.remark import Remark
from plenipo.audit.space import Space, TooManyValuesError
from plenipo.search_time import search_time, time_left

#: Why a check was not decided that needs longer.
TIME_WAS_UP = "time was up"


@dataclass(frozen=True)
class CheckResult:
    """What the checks found, each remark with the id of its check; and those not decided, each with the reason."""

    remarks: tuple[tuple[str, Remark], ...]
    undecided: Mapping[str, str] = field(default_factory=dict)


def space_checks() -> Mapping[str, ModuleType]:
    """Return the module of every check, by the check's id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}


def run_space_checks(space: Space) -> CheckResult:
    """
    Return everything that the checks find in a space.

    Each has its share of the time that is left, so that one that takes long leaves some to the others; what they leave
    goes to those that need more.
    """
    checks = space_checks()
    found: dict[str, tuple[Remark, ...] | str] = {}
    for number, (id, check) in enumerate(checks.items()):
        found[id] = _remarks(check, space, time_left() / (len(checks) - number))
    for id in [id for id, remarks in found.items() if remarks == TIME_WAS_UP]:
        found[id] = _remarks(checks[id], space, time_left())
    return CheckResult(
        tuple((id, remark) for id, remarks in found.items() if not isinstance(remarks, str) for remark in remarks),
        {id: why for id, why in found.items() if isinstance(why, str)},
    )


def _remarks(check: ModuleType, space: Space, seconds: float) -> tuple[Remark, ...] | str:
    """Return what a check finds in some seconds, or why that was not decided."""
    try:
        with search_time(seconds):
            return tuple(check.check(space))
    except TimeoutError:
        return TIME_WAS_UP
    except TooManyValuesError as fault:
        return str(fault)
