"""
The outlook: which verdicts no unknown fact can change, and on which facts the others turn.

A completion gives every unknown fact a value, within the constraints. All of them are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.inquiry.bounds import Completions
from plenipo.inquiry.scope import known_facts
from plenipo.inquiry.solver import possible_verdicts
from plenipo.inquiry.waiting import Release, Waiting, waiting
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Prospect:
    """
    The verdicts that one option may have.

    `possible` are the verdicts that completions give; `turns_on` are the pivotal facts: some completion differs from
    another in that fact alone, and gives another verdict. Where it is `undecided`, time was up before all completions
    were looked at, and there may be others of either.
    """

    option: str
    verdict: Verdict
    possible: tuple[Verdict, ...]
    turns_on: tuple[str, ...] = ()
    undecided: bool = False

    @property
    def settled(self) -> bool:
        """Whether every completion is known to give the verdict held now."""
        return not (self.becoming or self.undecided)

    @property
    def becoming(self) -> tuple[Verdict, ...]:
        """The verdicts it may become."""
        return tuple(verdict for verdict in self.possible if verdict is not self.verdict)


@dataclass(frozen=True)
class Outlook:
    """The verdicts that each option may have, by option in the order of the rulebook."""

    kind: ClassVar[Literal["outlook"]] = "outlook"

    advice: Advice
    options: Mapping[str, Prospect]

    @cached_property
    def open(self) -> tuple[Prospect, ...]:
        """The options whose verdict may become another one."""
        return tuple(prospect for prospect in self.options.values() if prospect.becoming)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The options of which it was not settled in time what they may become, or what they wait for."""
        late = self.waits_undecided
        return tuple(id for id, prospect in self.options.items() if prospect.undecided or id in late)

    @property
    def maybe_done(self) -> tuple[Prospect, ...]:
        """The options that are open only because they may be done already: nothing else may become of them."""
        return tuple(each for each in self.open if each.becoming == (Verdict.DONE,))

    @property
    def could_change(self) -> tuple[Prospect, ...]:
        """The other options whose verdict may become another one."""
        return tuple(each for each in self.open if each.becoming != (Verdict.DONE,))

    @cached_property
    def waits(self) -> Mapping[str, tuple[Release, ...]]:
        """What each deferred option waits for: option -> smallest sets of facts that would do."""
        return {id: found.releases for id, found in self._waiting.items()}

    @cached_property
    def waits_for_more(self) -> frozenset[str]:
        """The deferred options that wait for so many sets of facts that some are left out."""
        return frozenset(id for id, found in self._waiting.items() if found.more)

    @cached_property
    def waits_undecided(self) -> frozenset[str]:
        """The deferred options of which it was not settled in time what they wait for."""
        return frozenset(id for id, found in self._waiting.items() if found.undecided)

    @cached_property
    def _waiting(self) -> Mapping[str, Waiting]:
        deferred = [id for id, said in self.advice.options.items() if said.verdict is Verdict.DEFER]
        return {id: waiting(id, self.advice) for id in deferred}

    @cached_property
    def turns_on(self) -> Mapping[str, tuple[str, ...]]:
        """The facts on which open verdicts turn, those on which most do first: fact -> options."""
        found: dict[str, list[str]] = {}
        for prospect in self.open:
            for fact in prospect.turns_on:
                found.setdefault(fact, []).append(prospect.option)
        return {fact: tuple(found[fact]) for fact in sorted(found, key=lambda fact: (-len(found[fact]), fact))}


def outlook(advice: Advice) -> Outlook:
    """Return the outlook of every verdict of some advice, over all completions of its situation if there is time."""
    facts = known_facts(advice.rulebook, advice.situation.facts)
    found = possible_verdicts(advice.rulebook, advice.options, facts)
    prospects = {}
    for option, said in advice.options.items():
        prospects[option] = Prospect(option, said.verdict, *found.get(option, Completions((said.verdict,))))
    return Outlook(advice, prospects)
