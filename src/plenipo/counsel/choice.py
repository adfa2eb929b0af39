"""The choice of what a brief names: what leads, what is not yet to be done, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plenipo.counsel.salience import Weighed
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: How many entries a brief has at most.
LEADS, HOLDS, WARNINGS = 3, 4, 5
POSITIVE = frozenset({Verdict.RECOMMEND, Verdict.CONSIDER})


@dataclass(frozen=True)
class Choice:
    """Options by id, the most salient first: `lead` (in the order in which to take them), `not_yet` and `beware`."""

    lead: tuple[str, ...]
    not_yet: tuple[str, ...]
    beware: tuple[str, ...]


def choose(
    rulebook: Rulebook, weighed: Mapping[str, Weighed], facts: Mapping[str, str], certain: Iterable[str] = ()
) -> Choice:
    """
    Return what a brief names of the options of one situation.

    `certain` are options that are silent now, and are advised however the unknown facts turn out, unless they are done.
    """
    whole = _parts_of_held(rulebook, weighed)
    lead: list[str] = []
    for each in sorted(able(rulebook, weighed, facts, certain), key=_first):
        if not _given_for(rulebook, each.option, lead):
            lead.append(each.option)
        if len(lead) == LEADS:
            break
    return Choice(
        tuple(_in_order(rulebook, lead)),
        tuple(_most(weighed, Verdict.DEFER, HOLDS, without=whole)),
        tuple(_most(weighed, Verdict.AVOID, WARNINGS, without=frozenset())),
    )


def able(
    rulebook: Rulebook, weighed: Mapping[str, Weighed], facts: Mapping[str, str], certain: Iterable[str] = ()
) -> tuple[Weighed, ...]:
    """Return the options that could lead: advised, no part of what is held, and lacking no party they need."""
    whole = _parts_of_held(rulebook, weighed)
    return tuple(
        each
        for id, each in weighed.items()
        if (each.verdict in POSITIVE or (id in certain and each.verdict is Verdict.SILENT))
        and id not in whole
        and not _lacks_a_party(rulebook, id, facts)
    )


def _parts_of_held(rulebook: Rulebook, weighed: Mapping[str, Weighed]) -> frozenset[str]:
    held = {id for id, each in weighed.items() if each.verdict is Verdict.DEFER}
    return frozenset(id for id, option in rulebook.options.items() if option.part_of in held)


def _first(each: Weighed) -> tuple[float, str]:
    return (-each.salience, each.option)


def _most(weighed: Mapping[str, Weighed], verdict: Verdict, most: int, without: Iterable[str]) -> list[str]:
    """Return the options of a verdict that this situation makes matter, the most salient first."""
    here = [
        each
        for each in weighed.values()
        if each.verdict is verdict and (each.arises or each.touched) and each.option not in without
    ]
    return [each.option for each in sorted(here, key=_first)[:most]]


def _lacks_a_party(rulebook: Rulebook, option: str, facts: Mapping[str, str]) -> bool:
    """Return whether a step that another party takes part in waits for that party, who is known not to be there."""
    parties = {id for id in rulebook.options[option].by if id in rulebook.parties and not rulebook.parties[id].own}
    for first, link in rulebook.options[option].after.items():
        outcomes = rulebook.options[first].brings
        if link.soft or not outcomes or outcomes[0].by not in parties:
            continue
        if any(id in facts and facts[id] != value for id, value in outcomes[0].facts.items()):
            return True
    return False


def _given_for(rulebook: Rulebook, option: str, chosen: Iterable[str]) -> bool:
    return False


def _in_order(rulebook: Rulebook, chosen: list[str]) -> list[str]:
    """Return options with those that come first before those that come after them, else as they are."""
    placed: list[str] = []
    left = list(chosen)
    while left:
        ready = next((id for id in left if not set(rulebook.options[id].after) & set(left)), left[0])
        placed.append(ready)
        left.remove(ready)
    return placed
