"""
A way to a verdict: a set of facts, with the new values for them that give it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from plenipo.inquiry.solver import Domains, Search
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Way:
    """
    One smallest set of facts, and the values for them that do.

    `learned` are those of its facts that are unknown now; the others would have to change. `values` are all the values
    that occur (fact -> values); where they are `free`, they can be chosen fact by fact: every combination does.
    `choices` are combinations that do (fact -> new value), and `more` tells that there are others besides.
    """

    facts: tuple[str, ...]
    learned: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    free: bool
    choices: tuple[Mapping[str, str], ...]
    more: bool = False


@dataclass(frozen=True)
class Ways:
    """The smallest ways to a verdict, in the order of the rulebook's facts; `more` tells that there are others."""

    found: tuple[Way, ...] = ()
    more: bool = False


def domains(rulebook: Rulebook, facts: Mapping[str, str], free: Collection[str]) -> Domains:
    """Return what each free fact may be: what it is, and then its values; nothing that is known is forgotten."""
    now = {id: facts.get(id, UNKNOWN) for id in rulebook.facts}
    return {id: tuple(dict.fromkeys((now[id], *rulebook.facts[id].values))) for id in rulebook.facts if id in free}


def ways(search: Search, verdicts: Collection[Verdict]) -> Ways:
    """Return the smallest ways to one of some verdicts: all of them, unless they are very many."""
    nearest = search.nearest(verdicts)
    places = {id: place for place, id in enumerate(search.rulebook.facts)}
    sets = sorted(nearest.sets, key=lambda ids: [places[id] for id in ids])
    return Ways(tuple(_way(search, ids, verdicts) for ids in sets), nearest.more)


def _way(search: Search, ids: tuple[str, ...], verdicts: Collection[Verdict]) -> Way:
    facts = search.rulebook.facts
    order = {id: {value: place for place, value in enumerate(facts[id].values)} for id in ids}
    found = search.choices(ids, verdicts)
    return Way(
        ids,
        tuple(id for id in ids if id not in search.facts),
        found.values,
        found.free,
        tuple(sorted(found.listed, key=lambda choice: [order[id][choice[id]] for id in ids])),
        found.more,
    )
