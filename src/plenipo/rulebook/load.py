"""
Loading: a folder of files becomes a rulebook, or every fault of every file is told at once.

What has been loaded once is kept (`cache`), and recognised by the bytes of its files; only files that are new are
parsed, and checked.
"""

from __future__ import annotations

from pathlib import Path

from plenipo.errors import RulebookError, Severity
from plenipo.rulebook import cache, locations
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.folder import digest, read_folder
from plenipo.rulebook.model import Rulebook


def load_rulebook(folder: Path | str | None = None) -> Rulebook:
    """
    Return the rulebook in a folder, the bundled one without.

    The order of the files, and of the rules in them, makes no difference to any answer. Remarks are passed over here;
    `checks.examine` tells them.

    Raises:
        RulebookError: something is wrong with it; the error holds every fault of every file.
    """
    faults = Faults()
    files = read_folder(Path(folder) if folder else locations.home(), faults)
    key = digest(files.files)
    kept = None if faults.fatal else cache.fetch(key, files)
    if kept is not None:
        return kept
    from plenipo.rulebook.checks import examine_files  # noqa: PLC0415 - it brings pydantic, which a kept one needs not

    rulebook, found = examine_files(files, faults)
    if rulebook is None:
        raise RulebookError(tuple(fault for fault in found if fault.severity is Severity.ERROR))
    cache.keep(key, rulebook, files)
    return rulebook
