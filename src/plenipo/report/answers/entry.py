"""An entry of the catalogue: what a name of the rulebook means, and everything that touches it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plenipo.report.document import Document, Line, Section, Showing, name, quiet
from plenipo.report.json import head
from plenipo.rulebook.catalogue import Entry

if TYPE_CHECKING:
    from plenipo.report.shapes.rulebook import CatalogueData, CatalogueEntryData


def document(found: Entry, showing: Showing) -> Document:
    """Return an entry: its sentence, its particulars, then what touches it, heading by heading."""
    particulars = Section(lines=tuple(_particulars(found)), lead=found.says, inset=2, joined=True)
    touching = [
        Section(
            heading.capitalize(),
            tuple(
                line
                for mention in mentions
                for line in (
                    Line((name(mention.id), f": {mention.says}")),
                    *([Line(quiet(mention.note), 1)] if mention.note else []),
                )
            ),
            str(len(mentions)),
            inset=2,
            ruled=False,
        )
        for heading, mentions in found.touched_by.items()
    ]
    return Document(found.id, sections=(particulars, *touching), note=found.kind)


def data(found: Entry, showing: Showing) -> CatalogueData:
    """Return an entry as plain data."""
    entry: CatalogueEntryData = {
        "id": found.id,
        "kind": found.kind,
        "says": found.says,
        "particulars": {label: list(lines) for label, lines in found.particulars.items()},
        "touched_by": {
            heading: [
                {"id": mention.id, "kind": mention.kind, "says": mention.says, "note": mention.note}
                for mention in mentions
            ]
            for heading, mentions in found.touched_by.items()
        },
    }
    return {**head("entry"), "entry": entry}


def _particulars(found: Entry) -> Iterator[Line]:
    for label, lines in found.particulars.items():
        if len(lines) == 1:
            yield Line((quiet(f"{label}: "), lines[0]))
        else:
            yield Line(quiet(f"{label}:"), hang=0)
            yield from (Line(line, 1) for line in lines)
