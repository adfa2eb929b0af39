"""
The catalogue: what a name of the rulebook means, with everything that touches it.

A fact, an option, a finding, a rule, a constraint, a proposition, a source, a party or a subject, each by its id;
everything of a kind by the kind's name; a verdict, a strength or a basis by its word; and a situation. It reads the
rulebook and says what is there; it does not advise, and it lays nothing out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plenipo.errors import UsageError, did_you_mean
from plenipo.rulebook.catalogue.details import particulars
from plenipo.rulebook.catalogue.entry import Entry, Mention, sentence
from plenipo.rulebook.catalogue.field_terms import TERMS, term
from plenipo.rulebook.catalogue.lists import LISTS, list_of
from plenipo.rulebook.catalogue.references import touches
from plenipo.rulebook.catalogue.situation_entry import situation
from plenipo.rulebook.model import Rulebook, Source, Thing, kind_name

__all__ = ["Entry", "Mention", "Overview", "catalogue_names", "look_up", "overview", "situation"]


@dataclass(frozen=True)
class Overview:
    """The rulebook at a glance: how much of each kind, the rules of each track, the sources, the situations by name."""

    counts: Mapping[str, int]
    tracks: Mapping[str, int]
    sources: tuple[Source, ...]
    situations: Mapping[str, str] = field(default_factory=dict)


def overview(rulebook: Rulebook) -> Overview:
    """Return the rulebook at a glance, tracks in alphabetical order."""
    counts = {
        "facts": len(rulebook.facts),
        "options": len(rulebook.options),
        "findings": len(rulebook.findings),
        "rules": len(rulebook.rules),
        "constraints": len(rulebook.constraints),
        "propositions": len(rulebook.propositions),
    }
    tracks = Counter(rule.track for rule in rulebook.rules.values())
    return Overview(counts, dict(sorted(tracks.items())), tuple(rulebook.sources.values()))


def catalogue_names(rulebook: Rulebook) -> Mapping[str, str]:
    """Return every name that the catalogue knows, with the sentence of what bears it; what completion offers."""
    things = {id: sentence(thing) for id, thing in rulebook.things.items()}
    return {**{kind: f"all {kind}" for kind in LISTS}, **TERMS, **things}


def look_up(rulebook: Rulebook, id: str, *, also: Iterable[str] = ()) -> Entry:
    """
    Return the entry under a name; `also` are names beyond the rulebook's that may have been meant.

    Raises:
        UsageError: nothing bears the name; the nearest one that something bears is suggested.
    """
    if id in rulebook.things:
        return _entry(rulebook, rulebook.things[id])
    if entry := term(id) or list_of(rulebook, id):
        return entry
    raise UsageError(
        f"nothing in the rulebook is called `{id}`", help=did_you_mean(id, (*catalogue_names(rulebook), *also))
    )


def _entry(rulebook: Rulebook, thing: Thing) -> Entry:
    return Entry(
        kind_name(type(thing)),
        thing.id,
        sentence(thing),
        {label: lines for label, said in particulars(rulebook, thing).items() if (lines := tuple(filter(None, said)))},
        {heading: tuple(mentions) for heading, mentions in touches(rulebook, thing).items() if mentions},
    )
