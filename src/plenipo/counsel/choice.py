"""The choice of what a brief names: what leads, what is not yet to be done, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from plenipo.counsel.salience import Weighed
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import ENCOURAGING, Verdict

#: How many entries a brief has at most.
LEADS, HOLDS, WARNINGS = 3, 4, 5


@dataclass(frozen=True)
class Choice:
    """Options by id: `lead` in the order in which to take them, `not_yet` and `beware` with the most salient first."""

    lead: tuple[str, ...]
    not_yet: tuple[str, ...]
    beware: tuple[str, ...]

    @property
    def named(self) -> tuple[frozenset[str], ...]:
        """What each part names, in whatever order."""
        return frozenset(self.lead), frozenset(self.not_yet), frozenset(self.beware)

    def differs(self, other: Choice) -> int:
        """Return how many options only one of two choices names in a part, or 1 where they differ in order alone."""
        apart = sum(len(mine ^ theirs) for mine, theirs in zip(self.named, other.named, strict=True))
        return apart or int(self != other)


def choose(rulebook: Rulebook, weighed: Mapping[str, Weighed], facts: Mapping[str, str]) -> Choice:
    """Return what a brief names of the options of one situation, whose facts these are."""
    lead = _with_parts(rulebook, able(rulebook, weighed, facts))[:LEADS]
    return Choice(
        tuple(_in_order(rulebook, lead)),
        tuple(_most(weighed, Verdict.DEFER, HOLDS, without=_held_with_the_whole(rulebook, weighed))),
        tuple(_most(weighed, Verdict.AVOID, WARNINGS)),
    )


def able(rulebook: Rulebook, weighed: Mapping[str, Weighed], facts: Mapping[str, str]) -> tuple[Weighed, ...]:
    """
    Return the options that could lead: those that are advised, or due unless they are done.

    Left out are parts of what is held, steps that lack a party, and what is given in return for a step that could lead.
    """
    held = _held_with_the_whole(rulebook, weighed)
    found = {
        id: each
        for id, each in weighed.items()
        if (each.verdict in ENCOURAGING or each.due) and id not in held and not _lacks_a_party(rulebook, id, facts)
    }
    return tuple(each for id, each in found.items() if not found.keys() & given_for(rulebook, id))


def given_for(rulebook: Rulebook, option: str) -> frozenset[str]:
    """Return the options in return for which this one is given: it is named beside them."""
    return frozenset(other for other, link in rulebook.options[option].beside.items() if link.exchange)


def _held_with_the_whole(rulebook: Rulebook, weighed: Mapping[str, Weighed]) -> frozenset[str]:
    """Return the parts of what is deferred, and their parts."""
    held = {id for id, each in weighed.items() if each.verdict is Verdict.DEFER}
    found: set[str] = set()
    parts = _parts(rulebook)
    while more := {id for id, whole in parts if whole in held} - found:
        found |= more
        held |= more
    return frozenset(found)


@lru_cache(maxsize=4)
def _parts(rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    """Return each option that is a part, with its whole."""
    return tuple((id, option.part_of) for id, option in rulebook.options.items() if option.part_of)


def _first(each: Weighed) -> tuple[float, str]:
    return (-each.salience, each.option)


def _with_parts(rulebook: Rulebook, able: Iterable[Weighed]) -> list[str]:
    """Return options with the most salient first; a whole that the situation brings up comes before its parts."""
    found = {each.option: each for each in sorted(able, key=_first)}
    order: dict[str, None] = {}
    for id in found:
        whole = rulebook.options[id].part_of
        if whole in found and found[whole].arises:
            order.setdefault(whole)
        order.setdefault(id)
    return list(order)


def _most(weighed: Mapping[str, Weighed], verdict: Verdict, most: int, without: Iterable[str] = ()) -> list[str]:
    """Return the options of a verdict that this situation makes matter, the most salient first."""
    here = [
        each
        for each in weighed.values()
        if each.verdict is verdict and (each.arises or each.touched) and each.option not in without
    ]
    return [each.option for each in sorted(here, key=_first)[:most]]


def _lacks_a_party(rulebook: Rulebook, option: str, facts: Mapping[str, str]) -> bool:
    """Return whether a step needs another party that is known to be missing."""
    return any(
        facts.get(fact, UNKNOWN) not in (value, UNKNOWN)
        for brought in _partners(rulebook)[option]
        for fact, value in brought
    )


@lru_cache(maxsize=4)
def _partners(rulebook: Rulebook) -> Mapping[str, tuple[tuple[tuple[str, str], ...], ...]]:
    """Return the facts that say that the other parties to each option are there, party by party."""
    found = {}
    for id, option in rulebook.options.items():
        parties = {party for party in option.by if party in rulebook.parties and not rulebook.parties[party].own}
        firsts = [rulebook.options[first].brings for first, link in option.after.items() if not link.soft]
        found[id] = tuple(tuple(each[0].facts.items()) for each in firsts if each and each[0].by in parties)
    return found


def _in_order(rulebook: Rulebook, chosen: list[str]) -> list[str]:
    """Return options with each one behind those that it comes after, and else in their order."""
    placed: list[str] = []
    left = list(chosen)
    while left:
        ready = next((id for id in left if not set(rulebook.options[id].after) & {*left} - {id}), left[0])
        placed.append(ready)
        left.remove(ready)
    return placed
