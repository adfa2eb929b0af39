"""
The plan: advice put into the order in which somebody would act on it.

What is under discussion is spoken of first; then comes what to do, sorted by what must come before what and what goes
together; then what to consider, to hold, to avoid. Nothing here is printed, and no verdict is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice, weight
from plenipo.inquiry.outlook import Outlook, outlook
from plenipo.inquiry.waiting import Release, ahead
from plenipo.rulebook.model import Basis, Link, Option, Rule, Strength
from plenipo.rulebook.verdict import ENCOURAGING, Verdict

#: Verdicts of options that are still ahead: another option that comes after one of them has to wait.
LIVE = frozenset({Verdict.RECOMMEND, Verdict.CONSIDER, Verdict.DEFER})


@dataclass(frozen=True)
class Tie:
    """Another option that one comes after, or goes together with, and what the order rests on."""

    option: Option
    link: Link


@dataclass(frozen=True)
class PlanEntry:
    """
    One option as the plan speaks of it.

    `reason` is the strongest rule that decided, which a silent option lacks; `others` decided likewise.
    `after` are the options still ahead that must come first, `beside` those to go together with, `parts` its
    design elements, each with its own verdict.
    """

    option: Option
    verdict: Verdict
    reason: Rule | None = None
    others: tuple[Rule, ...] = ()
    cautions: tuple[Rule, ...] = ()
    after: tuple[Tie, ...] = ()
    beside: tuple[Tie, ...] = ()
    parts: tuple[PlanEntry, ...] = ()


@dataclass(frozen=True)
class Plan:
    """
    The advice in groups.

    `considering` are the options under discussion, whatever their verdict; they stand in their own group as well.
    Recommended: `first` (others wait for it), `now` (nobody waits, side by side), `then` (waits for another).
    `consider`, `hold`, `avoid` and `done` follow the verdicts; `silent` names the options the sources leave alone.
    """

    kind: ClassVar[Literal["advice"]] = "advice"

    advice: Advice
    considering: tuple[PlanEntry, ...]
    first: tuple[PlanEntry, ...]
    now: tuple[PlanEntry, ...]
    then: tuple[PlanEntry, ...]
    consider: tuple[PlanEntry, ...]
    hold: tuple[PlanEntry, ...]
    avoid: tuple[PlanEntry, ...]
    done: tuple[PlanEntry, ...]
    silent: tuple[Option, ...]

    @cached_property
    def outlook(self) -> Outlook:
        """Which verdicts are settled, and what deferred options wait for; worked out when it is first asked for."""
        return outlook(self.advice)

    @cached_property
    def waits(self) -> Mapping[str, tuple[Release, ...]]:
        """What deferred options wait for, without those that time cannot bring any more: option -> releases."""
        return {id: ahead(releases, self.advice.rulebook) for id, releases in self.outlook.waits.items()}


def plan(advice: Advice) -> Plan:
    """
    Return the plan that follows from the advice.

    An option comes after another only while that one is still ahead; one that is done, advised against or not spoken of
    holds nothing up. The order inside a group is by what comes first, then by how much waits for it, then by how
    strongly the author puts it, then by id; options that go together stand together. It never depends on the order of
    the rulebook.
    """
    return _Planner(advice).plan()


class _Planner:
    """Puts one advice in order."""

    def __init__(self, advice: Advice) -> None:
        self.advice = advice
        self.options = advice.rulebook.options
        self.verdicts = {id: found.verdict for id, found in advice.options.items()}
        self.before = {id: self._pending(option) for id, option in self.options.items()}
        self.required = {id: self._required(option) for id, option in self.options.items()}
        self.awaited = _awaited({id: first for id, first in self.required.items() if self.verdicts[id] in LIVE})
        self.depths = _depths(self.required)
        self.together = self._together()
        self.parents = {id: self._parent(id) for id in self.options}

    def plan(self) -> Plan:
        by_verdict = {
            verdict: self._sorted(id for id in self.options if self._own_place(id, verdict)) for verdict in Verdict
        }
        recommended = by_verdict[Verdict.RECOMMEND]
        ready = [id for id in recommended if not self.required[id]]
        return Plan(
            self.advice,
            considering=tuple(self._entry(id) for id in dict.fromkeys(self.advice.situation.considering)),
            first=self._entries(id for id in ready if id in self.awaited),
            now=self._entries(id for id in ready if id not in self.awaited),
            then=self._entries((id for id in recommended if id not in ready), together=False),
            consider=self._entries(by_verdict[Verdict.CONSIDER]),
            hold=self._entries(by_verdict[Verdict.DEFER]),
            avoid=self._entries(by_verdict[Verdict.AVOID]),
            done=self._entries(by_verdict[Verdict.DONE]),
            silent=tuple(self.options[id] for id in sorted(self.options) if self.verdicts[id] is Verdict.SILENT),
        )

    def _pending(self, option: Option) -> tuple[str, ...]:
        return tuple(sorted(id for id in option.after if id != option.id and self.verdicts.get(id) in LIVE))

    def _required(self, option: Option) -> tuple[str, ...]:
        """Return the pending options without which this one has to wait; those it had better follow are left out."""
        return tuple(id for id in self.before[option.id] if not option.after[id].soft)

    def _together(self) -> Mapping[str, Mapping[str, Link]]:
        """Return, for each positive option, those it goes together with; going together is mutual."""
        found: dict[str, dict[str, Link]] = {id: {} for id in self.options}
        for id in sorted(self.options):
            for other, link in self.options[id].beside.items():
                if other != id and {self.verdicts[id], self.verdicts.get(other)} <= ENCOURAGING:
                    found[id][other] = link
                    found[other].setdefault(id, link)
        return found

    def _parent(self, id: str) -> str | None:
        """
        Return the option this one is shown under: the one it is part of, where that is to be done or considered.

        What would be advised by itself is shown under a whole that is deferred, and is held with it.
        """
        parent = self.options[id].part_of
        above, seen = parent, {id}
        while above is not None and above not in seen:
            seen.add(above)
            above = self.options[above].part_of
        if parent is None or above is not None:
            return None
        together = LIVE if self.verdicts[id] in LIVE else ENCOURAGING
        return parent if self.verdicts[parent] in together else None

    def _own_place(self, id: str, verdict: Verdict) -> bool:
        return self.verdicts[id] is verdict and self.parents[id] is None

    def _key(self, id: str) -> tuple[int, int, int, int, str]:
        decided = self.advice.options[id].decided_by
        basis, strength = weight(decided[0]) if decided else (len(Basis), len(Strength))
        return (self.depths[id], -len(self.awaited.get(id, ())), strength, basis, id)

    def _sorted(self, ids: Iterable[str]) -> list[str]:
        return sorted(ids, key=self._key)

    def _entries(self, ids: Iterable[str], *, together: bool = True) -> tuple[PlanEntry, ...]:
        """Return the entries of a group in order, those that go together brought next to each other if wanted."""
        waiting = self._sorted(ids)
        placed: list[str] = []
        while waiting:
            cluster = self._cluster(waiting[0], waiting) if together else waiting[:1]
            placed += cluster
            waiting = [id for id in waiting if id not in cluster]
        return tuple(self._entry(id, parts=True) for id in placed)

    def _cluster(self, start: str, among: Iterable[str]) -> list[str]:
        left, found, reached = set(among), [], [start]
        while reached:
            id = reached.pop()
            if id in left:
                left.remove(id)
                found.append(id)
                reached += self.together[id]
        return self._sorted(found)

    def _entry(self, id: str, *, parts: bool = False) -> PlanEntry:
        option, said = self.options[id], self.advice.options[id]
        elements = [other for other, parent in self.parents.items() if parent == id] if parts else []
        return PlanEntry(
            option,
            said.verdict,
            reason=said.decided_by[0] if said.decided_by else None,
            others=said.decided_by[1:],
            cautions=said.cautions,
            after=tuple(Tie(self.options[first], option.after[first]) for first in self._after(id)),
            beside=tuple(Tie(self.options[other], self.together[id][other]) for other in sorted(self.together[id])),
            parts=tuple(
                self._entry(other, parts=True)
                for other in self._sorted(elements)
                if self.verdicts[other] is not Verdict.SILENT
            ),
        )

    def _after(self, id: str) -> tuple[str, ...]:
        return self.before[id] if self.verdicts[id] in LIVE else ()


def _awaited(required: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    """Return, for each option that others wait for, all that do so, by way of others included."""
    waiting: dict[str, set[str]] = {}
    for id in required:
        reached, seen = list(required[id]), {id}
        while reached:
            first = reached.pop()
            waiting.setdefault(first, set()).add(id)
            reached += [further for further in required.get(first, ()) if further not in seen]
            seen.add(first)
    return {id: frozenset(others) for id, others in waiting.items()}


def _depths(before: Mapping[str, tuple[str, ...]]) -> Mapping[str, int]:
    """Return how many steps stand before each option on the longest way; a circle among them comes last."""
    depths: dict[str, int] = {}
    left = dict.fromkeys(sorted(before))
    while left:
        ready = [id for id in left if all(first in depths for first in before[id])]
        for id in ready or list(left):
            depths[id] = 1 + max((depths.get(first, len(before)) for first in before[id]), default=-1)
            del left[id]
    return depths
