"""A situation as an entry: what it holds to be so, with the notes on it, and what it considers."""

from plenipo.rulebook.catalogue.entry import Entry, Mention, mention
from plenipo.rulebook.model import Rulebook, Situation


def situation(rulebook: Rulebook, described: Situation) -> Entry:
    """Return the entry of a situation; its facts are in the order of the rulebook, each with its value and note."""
    held = []
    for id, fact in rulebook.facts.items():
        if id in described.facts:
            origin = f" (taken over from {described.taken_over[id]})" if id in described.taken_over else ""
            note = f". {' '.join(described.notes[id].split())}" if described.notes.get(id) else ""
            held.append(mention(fact, f"{fact.values[described.facts[id]]}{origin}{note}"))
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
