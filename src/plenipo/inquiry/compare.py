"""
Comparing two situations: the verdicts that differ, and the smallest part of the difference that explains each.

The part is what, applied to the first situation, already gives the verdict of the second. All smallest parts are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.errors import UsageError
from plenipo.inquiry.change import smallest_sets
from plenipo.inquiry.scope import known_facts
from plenipo.inquiry.solver import option_solver
from plenipo.rulebook.model import UNKNOWN, Option
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Turn:
    """
    An option whose verdicts differ; each of `because` is a smallest set of facts that explains it alone.

    `more` says that there are other sets as small.
    """

    option: Option
    before: Verdict
    after: Verdict
    because: tuple[tuple[str, ...], ...]
    more: bool = False


@dataclass(frozen=True)
class Contrast:
    """
    Two situations under one rulebook: the facts that differ (fact -> value before and after) and the verdicts that do.

    A fact that one of them leaves out is `unknown` there.
    """

    kind: ClassVar[Literal["comparison"]] = "comparison"

    before: Advice
    after: Advice
    facts: dict[str, tuple[str, str]]
    turns: tuple[Turn, ...]

    @cached_property
    def idle(self) -> tuple[str, ...]:
        """The facts that differ and are in no smallest part that was found; larger parts may yet need them."""
        explaining = {fact for turn in self.turns for part in turn.because for fact in part}
        return tuple(fact for fact in self.facts if fact not in explaining)


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
    turns = []
    for id, said in before.options.items():
        other = after.options[id].verdict
        if said.verdict is not other:
            sets, more = smallest_sets(option_solver(rulebook, id, old, facts), [other])
            turns.append(Turn(rulebook.options[id], said.verdict, other, tuple(sorted(sets)), more))
    return Contrast(before, after, facts, tuple(turns))
