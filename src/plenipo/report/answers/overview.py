"""The rulebook at a glance: how much of everything, its sources, tracks and situations, and how to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plenipo.report.document import Document, Line, Section, Showing, coded, name
from plenipo.report.json import head
from plenipo.report.next_commands import next_command
from plenipo.report.words import counted
from plenipo.rulebook.catalogue import Overview

if TYPE_CHECKING:
    from plenipo.report.shapes.rulebook import OverviewData


def document(glance: Overview, showing: Showing) -> Document:
    """Return the rulebook at a glance."""
    counts = ", ".join(counted(count, what.removesuffix("s"), what) for what, count in glance.counts.items())
    sources = [
        (source.id, f"{source.called}, by {source.author}: {counted(len(source.propositions), 'proposition')}")
        for source in glance.sources
    ]
    tracks = [(track, counted(count, "rule")) for track, count in glance.tracks.items()]
    return Document(
        topic="The rulebook at a glance",
        sections=(
            Section("The rulebook", lead=counts, inset=2),
            _table("Sources", sources),
            _table("Tracks", tracks),
            _table("Situations", glance.situations.items()),
            Section("How to go on", tuple(Line(coded(said), hang=0) for said in _how_to_go_on(glance)), inset=2),
        ),
    )


def data(glance: Overview, showing: Showing) -> OverviewData:
    """Return the rulebook at a glance as plain data."""
    return {
        **head("overview"),
        "counts": dict(glance.counts),
        "tracks": dict(glance.tracks),
        "sources": {source.id: source.title or source.file for source in glance.sources},
        "situations": dict(glance.situations),
    }


def _how_to_go_on(glance: Overview) -> Iterator[str]:
    """Yield what to type next, with names that there are."""
    option, situation = glance.an_option, next(iter(glance.situations), None)
    if option:
        shown, listed = next_command("show", option), next_command("show", "options")
        yield f"`{shown}` explains this id, as any id or word that you meet; `{listed}` lists the options."
    if situation:
        yield f"`{next_command('advise', situation)}` advises on a situation."
    if option and situation:
        yield f"`{next_command('explain', situation, option)}` says why."
    yield f"`{next_command('template')}` prints a fact file to fill in."


def _table(heading: str, rows: Iterable[tuple[str, str]]) -> Section:
    return Section(heading, tuple(Line((name(id), f": {words}"), hang=4) for id, words in rows), inset=2)
