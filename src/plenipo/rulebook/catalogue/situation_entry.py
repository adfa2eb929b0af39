"""A situation as an entry: what it holds to be so, with the notes on it, and what it considers."""

from __future__ import annotations

from plenipo.rulebook.catalogue.entry import Entry, Mention, mention
from plenipo.rulebook.model import Rulebook, Situation


def situation(rulebook: Rulebook, described: Situation) -> Entry:
    """Return the entry of a situation; its facts are in the order of the rulebook, each with its value and note."""
    known = [fact for id, fact in rulebook.facts.items() if id in described.facts]
    held = [
        mention(fact, _told(fact.values[described.facts[fact.id]], described.notes.get(fact.id, ""))) for fact in known
    ]
    likely = [
        mention(rulebook.facts[id], ", ".join(f"{rulebook.facts[id].values[v]} ({w})" for v, w in weights.items()))
        for id, weights in described.likely.items()
    ]
    headings: dict[str, list[Mention]] = {
        "considering": [mention(rulebook.options[id]) for id in described.considering],
        "facts": held,
        "likely": likely,
        "expects": [mention(rulebook.options[id], verdict) for id, verdict in described.expect.items()],
    }
    return Entry(
        "situation",
        described.name,
        described.title or described.name,
        {"as of": (described.as_of,)} if described.as_of else {},
        {heading: tuple(mentions) for heading, mentions in headings.items() if mentions},
    )


def _told(label: str, note: str) -> str:
    return f"{label}. {' '.join(note.split())}" if note else label
