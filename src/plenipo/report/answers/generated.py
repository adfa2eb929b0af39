"""A generated set of situations: the files, and what no situation can show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plenipo.audit.generate import Generated
from plenipo.report.document import Document, Line, Section, Showing, coded, strong
from plenipo.report.json import head
from plenipo.report.next_commands import next_command
from plenipo.report.words import counted

if TYPE_CHECKING:
    from plenipo.report.shapes.suite import GenerationData


def document(made: Generated, showing: Showing) -> Document:
    """Return which files there are now, and what they do not show."""
    return Document(
        topic="Situations that put everything to use", sections=(Section(lines=tuple(_lines(made, showing))),)
    )


def data(made: Generated, showing: Showing) -> GenerationData:
    """Return the files and how much they show as plain data."""
    return {
        **head("generation"),
        "files": [str(file) for file in showing.files],
        "reached": made.reached,
        "impossible": len(made.impossible),
        "undecided": len(made.undecided),
    }


def _lines(made: Generated, showing: Showing) -> Iterator[Line]:
    yield from (Line(file.name, hang=0) for file in showing.files)
    where = f" in {showing.files[0].parent}" if showing.files else ""
    count = f"{counted(len(made.situations), 'situation')}{where}"
    yield Line(strong(f"{count}: every rule fires and every condition is decided both ways, where that can be"), hang=0)
    if made.impossible:
        said = f"things cannot be shown by any situation; `{next_command('test', '--coverage')}` names them"
        yield Line(coded(f"{len(made.impossible)} {said}"))
    if made.undecided:
        yield Line(f"{counted(len(made.undecided), 'thing was', 'things were')} not found out in time")
