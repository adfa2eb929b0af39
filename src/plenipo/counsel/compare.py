"""
Comparing two situations: everything that is advised differently, and which facts explain it.

For each verdict that differs, the smallest part of the difference that explains it is what, applied to the first
situation, already gives the verdict of the second. All smallest parts are found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.counsel.advised import Advised, Differences, Waits, advised, differences, wanted
from plenipo.errors import UsageError
from plenipo.inquiry.change import smallest_sets
from plenipo.inquiry.scope import known_facts
from plenipo.inquiry.solver import option_solver
from plenipo.inquiry.waiting import Waiting, ahead
from plenipo.rulebook.model import UNKNOWN, Option
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Turn:
    """
    An option whose verdicts differ; each of `because` is a smallest set of facts that explains it alone.

    `more` says that there are other sets as small, `undecided` that none was found in time.
    """

    option: Option
    before: Verdict
    after: Verdict
    because: tuple[tuple[str, ...], ...]
    more: bool = False
    undecided: bool = False


@dataclass(frozen=True)
class Contrast:
    """
    Two situations under one rulebook: the facts that differ (fact -> value before and after), and all that follows.

    A fact that one of them leaves out is `unknown` there. `there` and `here` are what is advised before and after,
    what a brief names first included, and `differences` is in what they differ; `turns` are its verdicts.
    """

    kind: ClassVar[Literal["comparison"]] = "comparison"

    before: Advice
    after: Advice
    facts: dict[str, tuple[str, str]]
    turns: tuple[Turn, ...]
    there: Advised
    here: Advised

    @cached_property
    def differences(self) -> Differences:
        """The verdicts, reasons, cautions and findings that differ."""
        return differences(self.there, self.here)

    @cached_property
    def waits(self) -> Mapping[str, tuple[Waiting, Waiting]]:
        """What options that are deferred in both wait for, where what lies ahead differs: option -> before, after."""
        before, after = (self._waiting(advice.situation.facts, said) for advice, said in self._answers)
        both = {id: (before[id], after[id]) for id in before if id in after}
        return {id: waits for id, waits in both.items() if wanted(waits[0]) != wanted(waits[1])}

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The options of which it was not settled in time what explains their verdict, or what they wait for."""
        late = {turn.option.id for turn in self.turns if turn.undecided}
        for advice, said in self._answers:
            late |= {id for id, waits in self._waiting(advice.situation.facts, said).items() if waits.undecided}
        return tuple(id for id in self.before.rulebook.options if id in late)

    @cached_property
    def explaining(self) -> frozenset[str]:
        """The facts that are in some smallest part that was found; larger parts may need others."""
        return frozenset(fact for turn in self.turns for part in turn.because for fact in part)

    @cached_property
    def idle(self) -> tuple[str, ...]:
        """
        The facts that differ and change nothing at all.

        None of them explains a verdict. The first situation with such a fact as in the second is advised on like the
        first, and the second with the fact as in the first like the second: verdicts, reasons, cautions, findings,
        what a brief names, and what deferred options wait for.
        """
        old, new = ({id: values[place] for id, values in self.facts.items()} for place in (0, 1))
        rest = {**self.before.situation.facts}
        candidates = [fact for fact in self.facts if fact not in self.explaining]
        tried = [case for fact in candidates for case in ({**old, fact: self.facts[fact][1]}, {**new, fact: old[fact]})]
        answers = advised(self.before.rulebook, rest, tried)
        idle = []
        for place, fact in enumerate(candidates):
            pairs = ((self.there, old, 2 * place), (self.here, new, 2 * place + 1))
            if all(
                said == answers[number] and self._wait_alike({**rest, **was}, {**rest, **tried[number]}, said)
                for said, was, number in pairs
            ):
                idle.append(fact)
        return tuple(idle)

    def _wait_alike(self, one: Mapping[str, str], other: Mapping[str, str], said: Advised) -> bool:
        waits, others = self._waiting(one, said), self._waiting(other, said)
        return all(wanted(waits[id]) == wanted(others[id]) for id in waits)

    def _waiting(self, facts: Mapping[str, str], said: Advised) -> Mapping[str, Waiting]:
        """Return what deferred options wait for that does not lie in the past."""
        return {
            id: replace(waits, releases=ahead(waits.releases, self.before.rulebook))
            for id, waits in self._waits.of(facts, said).items()
        }

    @property
    def _answers(self) -> tuple[tuple[Advice, Advised], ...]:
        return ((self.before, self.there), (self.after, self.here))

    @cached_property
    def _waits(self) -> Waits:
        return Waits(self.before.rulebook)


def compare(before: Advice, after: Advice) -> Contrast:
    """
    Return how the advice on one situation differs from that on another, and which facts explain it.

    Raises:
        UsageError: the two were advised on by different rulebooks.
    """
    rulebook = before.rulebook
    if after.rulebook is not rulebook:
        raise UsageError("the two situations were advised on by different rulebooks")
    old, new = (known_facts(rulebook, advice.situation.facts) for advice in (before, after))
    facts = {id: (old.get(id, UNKNOWN), new.get(id, UNKNOWN)) for id in rulebook.facts if old.get(id) != new.get(id)}
    there, here = advised(rulebook, old, ({}, {id: value for id, (_, value) in facts.items()}))
    turns = []
    for id in differences(there, here).verdicts:
        verdict = here.verdicts[id]
        turn = Turn(rulebook.options[id], there.verdicts[id], verdict, ())
        try:
            sets, more = smallest_sets(option_solver(rulebook, id, old, facts), [verdict])
            turns.append(replace(turn, because=tuple(sorted(sets)), more=more))
        except TimeoutError:
            turns.append(replace(turn, undecided=True))
    return Contrast(before, after, facts, tuple(turns), there, here)
