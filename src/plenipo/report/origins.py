"""The sources as text and as JSON: their propositions, and how texts of them compare with the citations."""

from __future__ import annotations

from collections.abc import Iterable

from plenipo.report.page import Page
from plenipo.rulebook.essays import Standing, Verification
from plenipo.rulebook.model import Proposition, Source

Document = dict[str, object]

_STANDING = {Standing.OUT_OF_PLACE: "stands somewhere else", Standing.MISSING: "is not in this text"}


def sources(listed: Iterable[Source], page: Page) -> None:
    """Write each source with its propositions, paragraph by paragraph."""
    for number, source in enumerate(listed):
        if number:
            page.blank()
        page.heading(f"{source.id}  {source.called}", note=f"{len(source.propositions)} propositions")
        about = ", ".join(part for part in (source.author, source.outlet, source.date) if part)
        page.paragraph(f"{about}; {len(source.paragraphs)} paragraphs", indent=2)
        for said in source.propositions.values():
            page.paragraph((said.id, "bold"), f": {said.says}", (f" [{_particulars(said)}]", "dim"), indent=2, hang=5)


def sources_document(listed: Iterable[Source]) -> Document:
    """Return the sources as plain data."""
    return {"schema_version": 1, "kind": "sources", "sources": {source.id: _source(source) for source in listed}}


def verifications(found: Iterable[Verification], page: Page) -> None:
    """Write what each text turned out to be, and each paragraph that is not where the citations say."""
    for each in found:
        if each.source is None:
            page.paragraph(
                (each.name, "bold"), ": no paragraph of any source stands in it", mark=(page.marks.no, "red")
            )
            continue
        right = len(each.paragraphs) - len(each.astray)
        mark = (page.marks.yes, "green") if each.confirmed else (page.marks.no, "red")
        words = f": source {each.source}, {right} of {len(each.paragraphs)} paragraphs in their place"
        page.paragraph((each.name, "bold"), words, mark=mark)
        for paragraph in each.astray:
            cited = f"; cited as {', '.join(paragraph.propositions)}" if paragraph.propositions else ""
            page.paragraph(f"paragraph {paragraph.number} {_STANDING[paragraph.standing]}{cited}", indent=4, hang=2)


def verifications_document(found: Iterable[Verification]) -> Document:
    """Return the comparison as plain data."""
    return {"schema_version": 1, "kind": "verification", "texts": {each.name: _verification(each) for each in found}}


def _particulars(said: Proposition) -> str:
    return f"paragraph {said.paragraph}, {said.kind}, {said.strength}"


def _source(source: Source) -> Document:
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
                "strength": said.strength.value,
                "says": said.says,
                "hedge": said.hedge,
                "background": said.background,
            }
            for said in source.propositions.values()
        },
    }


def _verification(found: Verification) -> Document:
    return {
        "source": found.source,
        "confirmed": found.confirmed,
        "paragraphs": {
            str(each.number): {"standing": each.standing.value, "propositions": list(each.propositions)}
            for each in found.paragraphs
        },
    }
