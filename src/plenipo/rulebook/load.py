"""
Loading: a folder of files becomes a rulebook, or every fault of every file is reported at once.

What has been loaded once is kept (`cache`), and recognised by the bytes of its files; only files that are new are
parsed (`resolve`) and checked (`checks`). This is the one place that puts a rulebook together.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plenipo.errors import Diagnostic, RulebookError, Severity
from plenipo.rulebook import cache, locations
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import RulebookFiles, read_rulebook_files
from plenipo.rulebook.model import Constraint, Fact, Finding, Option, Party, Rule, Rulebook, Source, Subject

if TYPE_CHECKING:
    from plenipo.rulebook.declarations import Declarations


def load_rulebook(folder: Path | str | None = None) -> Rulebook:
    """
    Return the rulebook in a folder, the bundled one without.

    The order of the files, and of the rules in them, makes no difference to any answer. Remarks are passed over here;
    `examine_rulebook` returns them.

    Raises:
        RulebookError: something is wrong with it; the error holds every fault of every file.
    """
    faults = Faults()
    files = read_rulebook_files(Path(folder) if folder else locations.home(), faults)
    kept = None if faults.fatal else cache.kept_rulebook(files)
    if kept is not None:
        return kept.at(Path(folder) if folder else None)
    rulebook, found = examine_files(files, faults)
    if rulebook is None:
        raise RulebookError(tuple(fault for fault in found if fault.severity is Severity.ERROR))
    cache.keep_rulebook(rulebook, files)
    return rulebook.at(Path(folder) if folder else None)


def examine_rulebook(folder: Path | str | None = None) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
    """
    Return the rulebook in a folder (the bundled one without) and everything that can be said against it, by place.

    Remarks are included. Where there is an error there is no rulebook.
    """
    faults = Faults()
    return examine_files(read_rulebook_files(Path(folder) if folder else locations.home(), faults), faults)


def examine_files(files: RulebookFiles, faults: Faults) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
    """Do as `examine_rulebook` does with files already read, and with the faults that reading them has found."""
    from plenipo.rulebook.checks import run_checks  # noqa: PLC0415 - a kept rulebook does without pydantic and YAML
    from plenipo.rulebook.resolve import resolve_files  # noqa: PLC0415

    declared = resolve_files(files, faults)
    run_checks(declared, faults)
    found = tuple(sorted(faults, key=lambda fault: (fault.location, fault.check)))
    return (None if faults.fatal else _rulebook(declared, files.digest)), found


def _rulebook(declared: Declarations, digest: str) -> Rulebook:
    return Rulebook(
        facts={fact.id: fact for fact, _ in declared.meant(Fact)},
        options={option.id: option for option, _ in declared.meant(Option)},
        findings={finding.id: finding for finding, _ in declared.meant(Finding)},
        rules={rule.id: rule for rule, _ in declared.meant(Rule)},
        sources={source.id: source for source, _ in declared.meant(Source)},
        digest=digest,
        constraints=tuple(constraint for constraint, _ in declared.meant(Constraint)),
        accepted=declared.accepted,
        parties={party.id: party for party, _ in declared.meant(Party)},
        subjects={subject.id: subject for subject, _ in declared.meant(Subject)},
    )
