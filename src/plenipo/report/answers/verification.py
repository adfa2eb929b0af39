"""How texts of the sources compare with the paragraphs that the rulebook cites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plenipo.report.document import Document, Line, Section, Showing, Sign, name
from plenipo.report.json import head
from plenipo.report.words import counted
from plenipo.rulebook.essays import Verification, Verifications, WhereFound

if TYPE_CHECKING:
    from plenipo.report.shapes.rulebook import TextData, VerificationData


ASTRAY = {WhereFound.OUT_OF_PLACE: "is in another place", WhereFound.MISSING: "is not in this text"}


def document(found: Verifications, showing: Showing) -> Document:
    """Return what each text turned out to be, and each paragraph that is not where the citations say."""
    lines = tuple(line for each in found for line in _text(each))
    return Document(topic="Whether the citations are right", sections=(Section(lines=lines),))


def data(found: Verifications, showing: Showing) -> VerificationData:
    """Return the comparison as plain data."""
    return {**head("verification"), "texts": {each.name: _text_data(each) for each in found}}


def _text(found: Verification) -> Iterator[Line]:
    if found.source is None:
        yield Line((name(found.name), ": it holds no paragraph of any source"), sign=Sign.NO, hang=0)
        return
    right = len(found.paragraphs) - len(found.astray)
    of_all = counted(len(found.paragraphs), "paragraph in its place", "paragraphs in their place")
    said = f": source {found.source}, {right} of {of_all}"
    yield Line((name(found.name), said), sign=Sign.YES if found.confirmed else Sign.NO, hang=0)
    for paragraph in found.astray:
        cited = f"; cited as {', '.join(paragraph.propositions)}" if paragraph.propositions else ""
        yield Line(f"paragraph {paragraph.number} {ASTRAY[paragraph.standing]}{cited}", 2)


def _text_data(found: Verification) -> TextData:
    return {
        "source": found.source,
        "confirmed": found.confirmed,
        "paragraphs": {
            str(each.number): {"standing": each.standing, "propositions": list(each.propositions)}
            for each in found.paragraphs
        },
    }
