"""
Witnesses: situations drawn at random that prove on which facts a verdict turns.

Two of them that differ in one fact alone and give another verdict are a proof. That no such pair was drawn proves
nothing: whatever is left without a witness is for the answer-set engine to settle. The draw is always the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from random import Random

from plenipo.engines.bitset.truth_table import Column, Columns
from plenipo.inquiry.scope import Reach

#: As many situations as are drawn at once, and as many draws.
DRAWN = 2048
DRAWS = 2


def witnessed(
    reach: Reach, facts: Mapping[str, str], candidates: Mapping[str, AbstractSet[str]]
) -> Mapping[str, AbstractSet[str]]:
    """Return, of the candidates (option -> unknown facts), those on which the verdict is seen to turn."""
    found: dict[str, set[str]] = {option: set() for option in candidates}
    for draw in range(DRAWS):
        _draw(reach, facts, candidates, found, Random(draw))  # noqa: S311 - nothing is secret here
    return found


def _draw(
    reach: Reach,
    facts: Mapping[str, str],
    candidates: Mapping[str, AbstractSet[str]],
    found: Mapping[str, set[str]],
    random: Random,
) -> None:
    rulebook = reach.rulebook
    drawn = {id: _dealt(list(fact.values), random) for id, fact in rulebook.facts.items() if id not in facts}
    base = Columns(rulebook, (1 << DRAWN) - 1, drawn, facts)
    base.run(rulebook.order)
    verdicts = {option: base.verdicts(option) for option in candidates}
    for fact, columns in drawn.items():
        asking = [option for option, turning in candidates.items() if fact in turning - found[option]]
        if not asking:
            continue
        first, *others = columns.values()
        turned = dict(zip(columns, (*others, first), strict=True))
        other = Columns(rulebook, base.full, {**drawn, fact: turned}, facts)
        other.run(rulebook.order)
        for option in asking:
            there = other.verdicts(option)
            if any(column & other.allowed & ~there.get(verdict, 0) for verdict, column in verdicts[option].items()):
                found[option].add(fact)


def _dealt(values: list[str], random: Random) -> Mapping[str, Column]:
    """Return columns in which each row has one of the values, whichever chance gives it."""
    rows = random.choices(range(len(values)), k=DRAWN)
    return {value: int("".join("1" if row == place else "0" for row in rows), 2) for place, value in enumerate(values)}
