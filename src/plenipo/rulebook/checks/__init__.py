"""
The checks: what must be true of a rulebook beyond the shape of its files, one module each.

A module named `unknown_fact` holds the check `unknown-fact`: a function `check` that takes the declarations and yields
faults, and, where what it finds is only worth a remark, `SEVERITY`. The list is the list of the modules; each has its
page, docs/checks/unknown-fact.md, and a rulebook that fails it, tests/bad/unknown-fact/.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from plenipo.errors import Severity
from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.fault_list import Fault, Faults


@dataclass(frozen=True)
class RulebookCheck:
    """A check: its id, how much what it finds matters, and the function that finds it."""

    id: str
    severity: Severity
    find: Callable[[Declarations], Iterable[Fault]]


def rulebook_checks() -> tuple[RulebookCheck, ...]:
    """Return every check, by id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(_check(name) for name in names)


def run_checks(declared: Declarations, faults: Faults) -> None:
    """Add to `faults` what every check finds; one that finds too much to read is broken off."""
    for check in rulebook_checks():
        for fault in check.find(declared):
            faults.take(check.id, fault, check.severity)
            if faults.full:
                break


def _check(name: str) -> RulebookCheck:
    module = importlib.import_module(f"{__name__}.{name}")
    severity: Severity = getattr(module, "SEVERITY", Severity.ERROR)
    return RulebookCheck(name.replace("_", "-"), severity, module.check)
