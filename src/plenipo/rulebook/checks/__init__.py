"""
The checks: what must be true of a rulebook beyond the shape of its files, one module each.

A module named `unknown_fact` holds the check `unknown-fact`: a function `check` that takes the declarations and yields
faults, and, where what it finds is only worth a remark, `SEVERITY`. The list is the list of the modules; each has its
page, docs/checks/unknown-fact.md, and a rulebook that fails it, tests/bad/unknown-fact/.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType

from plenipo.errors import Severity
from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.fault_list import Faults


def rulebook_checks() -> Mapping[str, ModuleType]:
    """Return the module of every check, by the check's id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}


def severity(check: ModuleType) -> Severity:
    """Return how much what a check finds matters."""
    found: Severity = getattr(check, "SEVERITY", Severity.ERROR)
    return found


def run_checks(declared: Declarations, faults: Faults) -> None:
    """Add to `faults` what every check finds; one that finds too much to read is broken off."""
    for id, check in rulebook_checks().items():
        for fault in check.check(declared):
            faults.take(id, fault, severity(check))
            if faults.full:
                break
