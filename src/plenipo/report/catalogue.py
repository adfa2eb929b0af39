"""The catalogue as text and as JSON: entries, and the rulebook at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plenipo.report.page import Page
from plenipo.rulebook.catalogue import Entry, Mention, Overview

Document = dict[str, object]


def entry(found: Entry, page: Page) -> None:
    """Write an entry: its sentence, its particulars, then what touches it, heading by heading."""
    page.heading(found.id, note=found.kind)
    page.paragraph(found.says, indent=2)
    for label, lines in found.particulars.items():
        _particular(label, lines, page)
    for heading, mentions in found.touched_by.items():
        page.blank()
        page.paragraph((f"{heading.capitalize()} ({len(mentions)})", "bold"))
        for mention in mentions:
            _mention(mention, page)


def overview(glance: Overview, situations: Mapping[str, str], page: Page) -> None:
    """Write the rulebook at a glance, and how to go on."""
    page.heading("The rulebook")
    page.paragraph(", ".join(f"{count} {what}" for what, count in glance.counts.items()), indent=2)
    for heading, rows in _tables(glance, situations):
        page.blank()
        page.heading(heading)
        for name, words in rows:
            page.paragraph((name, "bold"), f": {words}", indent=2, hang=4)
    page.blank()
    page.heading("How to go on")
    page.paragraph(
        "`plenipo show ID` explains any id or word that you meet; `plenipo show options` lists the options.", indent=2
    )
    page.paragraph("`plenipo advise NAME` advises on a situation; `plenipo explain NAME OPTION` says why.", indent=2)
    page.paragraph("`plenipo template` prints a fact file to fill in.", indent=2)


def entry_document(found: Entry) -> Document:
    """Return an entry as plain data."""
    return {"schema_version": 1, "kind": "entry", "entry": _entry(found)}


def overview_document(glance: Overview, situations: Mapping[str, str]) -> Document:
    """Return the rulebook at a glance as plain data."""
    return {
        "schema_version": 1,
        "kind": "overview",
        "counts": dict(glance.counts),
        "tracks": dict(glance.tracks),
        "sources": {source.id: source.title or source.file for source in glance.sources},
        "situations": dict(situations),
    }


def _particular(label: str, lines: tuple[str, ...], page: Page) -> None:
    if len(lines) == 1:
        page.paragraph((f"{label}: ", "dim"), lines[0], indent=2, hang=2)
        return
    page.paragraph((f"{label}:", "dim"), indent=2)
    for line in lines:
        page.paragraph(line, indent=4, hang=2)


def _mention(mention: Mention, page: Page) -> None:
    page.paragraph((mention.id, "bold"), f": {mention.says}", indent=2, hang=2)
    if mention.note:
        page.paragraph((mention.note, "dim"), indent=4, hang=2)


def _tables(glance: Overview, situations: Mapping[str, str]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    yield (
        "Sources",
        [
            (source.id, f"{source.called}, by {source.author}: {len(source.propositions)} propositions")
            for source in glance.sources
        ],
    )
    yield "Tracks", [(track, f"{count} rules") for track, count in glance.tracks.items()]
    if situations:
        yield "Situations", list(situations.items())


def _entry(found: Entry) -> Document:
    return {
        "id": found.id,
        "kind": found.kind,
        "says": found.says,
        "particulars": {label: list(lines) for label, lines in found.particulars.items()},
        "touched_by": {
            heading: [{"id": m.id, "kind": m.kind, "says": m.says, "note": m.note} for m in mentions]
            for heading, mentions in found.touched_by.items()
        },
    }
