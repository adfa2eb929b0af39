"""A generated set of situations as text and as JSON: the files, and what no situation can show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plenipo.inquiry.generation import Generated
from plenipo.report.page import Page

Document = dict[str, object]


def generation(made: Generated, files: Sequence[Path], page: Page) -> None:
    """Write which files there are now, and how much they show."""
    for file in files:
        page.paragraph(str(file))
    page.paragraph((f"{len(files)} situations show all {made.reached} things that a situation can show", "bold"))
    if made.impossible:
        page.paragraph(f"{len(made.impossible)} more no situation shows; `plenipo test --coverage` names them", hang=2)
    if made.undecided:
        page.paragraph(f"{len(made.undecided)} more were not found out in time", hang=2)


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
