"""What comes up when some facts change, and on which of the changes each step rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from plenipo.advice.conclude import preference
from plenipo.counsel.choice import POSITIVE, able, lacks_a_party
from plenipo.counsel.salience import Weighed
from plenipo.engines.bitset.truth_table import Column, Columns
from plenipo.rulebook.conditions import ALWAYS, UNKNOWN
from plenipo.rulebook.model import Rule, Rulebook
from plenipo.rulebook.verdict import Verdict

#: Of so many changes every combination is tried; of more, each by itself, all but one, and all.
FEW = 10

Facts = Mapping[str, str]
AllWeighed = Mapping[str, Weighed]


def telling_rule(rulebook: Rulebook, weighed: Weighed, fresh: Iterable[str] = ()) -> Rule | None:
    """Return the rule that tells best why an option is advised: one of the `fresh` ones, or one that asks for facts."""
    rules = sorted((rulebook.rules[id] for id in weighed.decided_by), key=preference)
    for those in ([rule for rule in rules if rule.id in fresh], [rule for rule in rules if rule.when != ALWAYS], rules):
        if those:
            return those[0]
    return None


def coming_up(rulebook: Rulebook, before: AllWeighed, after: AllWeighed, facts: Facts, changed: Facts) -> frozenset[str]:
    """Return the options that can lead after a change of facts and could not before, or that it gives a new reason."""
    could = {each.option for each in able(rulebook, before, facts)}
    return frozenset(
        each.option
        for each in able(rulebook, after, {**facts, **changed})
        if each.option not in could
        or (each.arises and not before[each.option].arises)
        or (_fresh(before[each.option], each) and not _weaker(before[each.option], each))
    )


class Changes:
    """
    A change of facts, each combination of its parts tried at once.

    `facts` are those before, `changed` those that have another value then.
    """

    def __init__(self, rulebook: Rulebook, facts: Facts, changed: Facts) -> None:
        self.rulebook, self.facts, self.changed = rulebook, facts, changed
        self._parts = tuple(_combinations(sorted(changed)))
        full = (1 << len(self._parts)) - 1
        state = dict[str, Mapping[str, Column]]()
        for id, value in changed.items():
            made = sum(1 << place for place, part in enumerate(self._parts) if id in part)
            state[id] = {value: made, facts.get(id, UNKNOWN): full & ~made}
        self._rows = Columns(rulebook, full, state, facts)
        self._rows.run(rulebook.order)

    def behind(self, before: Weighed, after: Weighed) -> tuple[Rule | None, tuple[str, ...]]:
        """Return the rule that tells why an option comes up, and a smallest set of the changes that brings it up."""
        reason = telling_rule(self.rulebook, after, _fresh(before, after))
        option = self.rulebook.options[after.option]
        column = self._rows.verdicts(option.id).get(after.verdict, 0)
        if reason is not None:
            column &= self._rows.acts[reason.id]
        if option.arises_when is not None and after.arises and not before.arises:
            column &= self._rows.holds(option.arises_when)
        if option.part_of is not None:
            column &= ~self._rows.verdicts(option.part_of).get(Verdict.DEFER, 0)
        return reason, next(
            part
            for place, part in enumerate(self._parts)
            if column >> place & 1 and not lacks_a_party(self.rulebook, option.id, self._partly(part))
        )

    def _partly(self, part: Iterable[str]) -> Facts:
        return {**self.facts, **{id: self.changed[id] for id in part}}


def _combinations(changed: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the sets of changes to try, the smallest first; the last one has them all."""
    several = len(changed)
    sizes = range(several + 1) if several <= FEW else (0, 1, several - 1, several)
    for size in sizes:
        yield from combinations(changed, size)


def _fresh(before: Weighed, after: Weighed) -> frozenset[str]:
    """Return the rules that decide on an option and did not before."""
    return frozenset(after.decided_by) - frozenset(before.decided_by)


def _weaker(before: Weighed, after: Weighed) -> bool:
    return (before.verdict, after.verdict) == (Verdict.RECOMMEND, Verdict.CONSIDER)
