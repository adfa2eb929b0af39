"""A generated set of situations as text and as JSON: the files, and what no situation can show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plenipo.audit.generate import Generated
from plenipo.report.page import Page

Document = dict[str, object]


def generation(made: Generated, folder: Path, files: Sequence[Path], page: Page) -> None:
    """Write which files there are now in the folder, and what they do not show."""
    for file in files:
        page.paragraph(file.name)
    count = f"{len(files)} {'situation' if len(files) == 1 else 'situations'} in {folder}"
    page.paragraph((f"{count}: every rule fires and every condition is decided both ways, where that can be", "bold"))
    if made.impossible:
        said = "things cannot be shown by any situation; `plenipo test --coverage` names them"
        page.paragraph(f"{len(made.impossible)} {said}", hang=2)
    if made.undecided:
        page.paragraph(f"{len(made.undecided)} things were not found out in time", hang=2)


def generation_document(made: Generated, files: Sequence[Path]) -> Document:
    """Return the files and how much they show as plain data."""
    return {
        "schema_version": 1,
        "kind": "generation",
        "files": [str(file) for file in files],
        "reached": made.reached,
        "impossible": len(made.impossible),
        "undecided": len(made.undecided),
    }
