"""
A way to a verdict: a set of facts, with every choice of new values for them that gives it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from plenipo.frozen import dataclass
from plenipo.inquiry.search import Domains
from plenipo.rulebook.model import UNKNOWN, Rulebook


@dataclass(frozen=True)
class Way:
    """
    One smallest set of facts, and every choice of values for them that does (fact -> new value).

    `learned` are those of its facts that are unknown now; the others would have to change.
    """

    facts: tuple[str, ...]
    learned: tuple[str, ...]
    choices: tuple[Mapping[str, str], ...]

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values of each fact that occur in some choice."""
        return {fact: tuple(dict.fromkeys(choice[fact] for choice in self.choices)) for fact in self.facts}

    @property
    def free(self) -> bool:
        """Whether the values can be chosen fact by fact: every combination of them does."""
        count = 1
        for values in self.values.values():
            count *= len(values)
        return count == len(self.choices)


def domains(rulebook: Rulebook, facts: Mapping[str, str], free: Collection[str]) -> Domains:
    """Return what each free fact may be: what it is, and then its values; nothing that is known is forgotten."""
    now = {id: facts.get(id, UNKNOWN) for id in rulebook.facts}
    return {id: tuple(dict.fromkeys((now[id], *rulebook.facts[id].values))) for id in rulebook.facts if id in free}


def ways(rulebook: Rulebook, facts: Mapping[str, str], found: Iterable[Mapping[str, str]]) -> tuple[Way, ...]:
    """Gather choices of values by the facts they give values to."""
    places = {id: place for place, id in enumerate(rulebook.facts)}
    order = {id: {value: place for place, value in enumerate(fact.values)} for id, fact in rulebook.facts.items()}
    sets: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for choice in found:
        ids = tuple(sorted(choice, key=places.__getitem__))
        sets.setdefault(ids, []).append({id: choice[id] for id in ids})
    return tuple(
        Way(
            ids,
            tuple(id for id in ids if id not in facts),
            tuple(sorted(sets[ids], key=lambda choice: [order[id][choice[id]] for id in choice])),
        )
        for ids in sorted(sets, key=lambda ids: [places[id] for id in ids])
    )
