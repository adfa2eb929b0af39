"""The sources behind the rulebook, with their propositions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plenipo.report.document import Document, Line, Section, Showing, Span, Tone, anchor, name
from plenipo.report.json import head
from plenipo.report.words import counted
from plenipo.rulebook.essays import Sources
from plenipo.rulebook.model import Proposition, Source

if TYPE_CHECKING:
    from plenipo.report.shapes.rulebook import SourceData, SourcesData


def document(sources: Sources, showing: Showing) -> Document:
    """Return each source with its propositions, paragraph by paragraph."""
    return Document(topic="The sources behind the rulebook", sections=tuple(_section(source) for source in sources))


def data(sources: Sources, showing: Showing) -> SourcesData:
    """Return the sources as plain data."""
    return {**head("sources"), "sources": {source.id: _source_data(source) for source in sources}}


def _section(source: Source) -> Section:
    about = ", ".join(part for part in (source.author, source.outlet, source.date) if part)
    return Section(
        f"{source.id}  {source.called}",
        tuple(_proposition(said) for said in source.propositions.values()),
        counted(len(source.propositions), "proposition"),
        lead=f"{about}; {counted(len(source.paragraphs), 'paragraph')}",
        inset=2,
    )


def _proposition(said: Proposition) -> Line:
    place = f" [paragraph {said.paragraph}, {said.kind}, {said.strength}]"
    return Line(
        (name(said.id), f": {said.says}", Span(place, Tone.QUIET)), hang=5, anchor=anchor("proposition", said.id)
    )


def _source_data(source: Source) -> SourceData:
    return {
        "title": source.title,
        "author": source.author,
        "outlet": source.outlet,
        "date": source.date,
        "file": source.file,
        "paragraphs": len(source.paragraphs),
        "propositions": {
            said.id: {
                "paragraph": said.paragraph,
                "kind": said.kind,
                "strength": said.strength,
                "says": said.says,
                "hedge": said.hedge,
                "background": said.background,
            }
            for said in source.propositions.values()
        },
    }
