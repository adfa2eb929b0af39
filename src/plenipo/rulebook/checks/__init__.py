"""
The checks: what must be true of a rulebook beyond the shape of its files, one module each.

A module named `unknown_fact` holds the check `unknown-fact`: a function `check` that takes the draft and yields faults,
and, where what it finds is only worth a remark, `SEVERITY`. The list is the list of the modules; each has its page,
docs/checks/unknown-fact.md, and a rulebook that fails it, tests/bad/unknown-fact/.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from plenipo.errors import Diagnostic, Severity, did_you_mean
from plenipo.rulebook import locations
from plenipo.rulebook.draft import Draft, Fault
from plenipo.rulebook.faults import LONGEST, Faults
from plenipo.rulebook.folder import Folder, digest, read_folder
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.resolve import draft


@dataclass(frozen=True)
class Check:
    """A check: its id, how much what it finds matters, what it is about, and the function that finds it."""

    id: str
    severity: Severity
    about: str
    find: Callable[[Draft], Iterable[Fault]]

    def run(self, drafted: Draft, faults: Faults) -> None:
        """Add everything that the check finds in a draft to `faults`."""
        for fault in self.find(drafted):
            near = () if fault.near is None or len(fault.near[0]) > LONGEST else did_you_mean(*fault.near)
            help = (*near, *fault.help)
            faults.note(Diagnostic(self.id, fault.message, fault.location, fault.also, help, self.severity))
            if faults.full:
                return


def checks() -> tuple[Check, ...]:
    """Return every check, by id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(_check(name) for name in names)


def examine(folder: Path | str | None = None) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
    """
    Return the rulebook in a folder (the bundled one without) and all that can be said against it, by place.

    Remarks are included. Where there is an error there is no rulebook.
    """
    faults = Faults()
    return examine_files(read_folder(Path(folder) if folder else locations.home(), faults), faults)


def examine_files(files: Folder, faults: Faults) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
    """Do as `examine` does with files already read, and with the faults that reading them has found."""
    drafted = draft(files, faults)
    for check in checks():
        check.run(drafted, faults)
    found = tuple(sorted(faults, key=lambda fault: (fault.location, fault.check)))
    return (None if faults.fatal else _rulebook(drafted, files)), found


def _check(name: str) -> Check:
    module = importlib.import_module(f"{__name__}.{name}")
    severity: Severity = getattr(module, "SEVERITY", Severity.ERROR)
    about = (module.__doc__ or "").strip().partition("\n")[0]
    return Check(name.replace("_", "-"), severity, about, module.check)


def _rulebook(drafted: Draft, files: Folder) -> Rulebook:
    return Rulebook(
        {entry.item.id: entry.item for entry in drafted.facts},
        {entry.item.id: entry.item for entry in drafted.options},
        {entry.item.id: entry.item for entry in drafted.findings},
        {entry.item.id: entry.item for entry in drafted.rules},
        {entry.item.id: entry.item for entry in drafted.sources},
        digest(files.files),
        tuple(entry.item for entry in drafted.constraints),
        tuple(drafted.accepted),
        {entry.item.id: entry.item for entry in drafted.parties},
        {entry.item.id: entry.item for entry in drafted.subjects},
    )
