"""A situation as an entry: what it holds to be so, with the notes on it, and what it considers."""

from __future__ import annotations

from plenipo.rulebook.catalogue.entry import Entry, Mention, mention
from plenipo.rulebook.model import Rulebook, Situation


def situation(rulebook: Rulebook, described: Situation) -> Entry:
    """Return the entry of a situation; its facts are in the order of the rulebook, each with its value and note."""
    known = [fact for id, fact in rulebook.facts.items() if id in described.facts]
    held = [mention(fact, _told(fact.values[described.facts[fact.id]], fact.id, described)) for fact in known]
    likely = [
        mention(rulebook.facts[id], ", ".join(f"{rulebook.facts[id].values[v]} ({w})" for v, w in weights.items()))
        for id, weights in described.likely.items()
    ]
    headings: dict[str, list[Mention]] = {
        "considering": [mention(rulebook.options[id]) for id in described.considering],
        "facts": held,
        "likely": likely,
        "expects": [mention(rulebook.options[id], verdict) for id, verdict in described.expect.items()],
        "readers judge": [mention(rulebook.options[id], verdict) for id, verdict in described.readers.items()],
    }
    return Entry(
        "situation",
        described.name,
        described.title or described.name,
        {name: (said,) for name, said in (("as of", described.as_of), ("based on", described.based_on)) if said},
        {heading: tuple(mentions) for heading, mentions in headings.items() if mentions},
    )


def _told(label: str, fact: str, described: Situation) -> str:
    note, origin = described.notes.get(fact, ""), described.taken_over.get(fact, "")
    said = f"{label} (taken over from {origin})" if origin else label
    return f"{said}. {' '.join(note.split())}" if note else said
