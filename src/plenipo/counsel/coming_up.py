"""What comes up when some facts change, and on which of the changes each step rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from plenipo.advice.conclude import preference
from plenipo.counsel.choice import able
from plenipo.counsel.salience import Weighed
from plenipo.engines.bitset.situation_columns import Facts
from plenipo.rulebook.conditions import ALWAYS
from plenipo.rulebook.model import Rule, Rulebook
from plenipo.rulebook.verdict import Verdict

#: Of so many changes every combination is tried; of more, one or two of them, all but one, and all.
FEW = 4

AllWeighed = Mapping[str, Weighed]


def coming_up(rulebook: Rulebook, before: AllWeighed, after: AllWeighed, facts: Facts, then: Facts) -> frozenset[str]:
    """
    Return the options that can lead in a situation and could not before, or have a new reason to.

    `facts` and `before` are those of the situation before, `then` and `after` those of the other.
    """
    could = {each.option for each in able(rulebook, before, facts)}
    return frozenset(
        each.option
        for each in able(rulebook, after, then)
        if each.option not in could
        or (each.arises and not before[each.option].arises)
        or (newly_deciding(before[each.option], each) and not _weaker(before[each.option], each))
    )


def newly_deciding(before: Weighed, after: Weighed) -> frozenset[str]:
    """Return the rules that decide on an option and did not before."""
    return frozenset(after.decided_by) - frozenset(before.decided_by)


def telling_rule(rulebook: Rulebook, weighed: Weighed, fresh: Iterable[str] = ()) -> Rule | None:
    """Return the rule that tells best why an option is advised: one of the `fresh` ones, or one that has conditions."""
    rules = sorted((rulebook.rules[id] for id in weighed.decided_by), key=preference)
    new = [rule for rule in rules if rule.id in fresh]
    return next(iter(new or [rule for rule in rules if rule.when != ALWAYS] or rules), None)


def parts(changed: Iterable[str]) -> Iterator[frozenset[str]]:
    """Yield sets of changes, the smaller ones first: any may bring a step up by itself, and the last has them all."""
    names = sorted(changed)
    several = len(names)
    for size in range(1, several + 1) if several <= FEW else (1, 2, several - 1, several):
        yield from map(frozenset, combinations(names, size))


def _weaker(before: Weighed, after: Weighed) -> bool:
    return (before.verdict, after.verdict) == (Verdict.RECOMMEND, Verdict.CONSIDER)
