"""
What to ask next: the question whose answers are expected to settle most of the verdicts that are still open.

What is left to ask may be answered with any value that is possible, or stay unknown: the situations to which answers
can lead are all of these combinations, and in each of them whatever was answered with "not known" is unknown. A verdict
is open when it is another one in some of them than now; a question can matter when two of them differ in its fact alone
and give another verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from plenipo.inquiry.leeway import Leeway, Leeways
from plenipo.inquiry.possible_values import broken, offered
from plenipo.rulebook.model import UNKNOWN, Rulebook


@dataclass(frozen=True)
class Telling:
    """
    A question that can matter, and what it is expected to tell.

    `settles` is how many open verdicts an answer with a value settles on average, `narrows` how much less doubtful it
    leaves the verdicts; `bears_on` are the options to which the answer can matter.
    """

    fact: str
    settles: float
    narrows: float
    bears_on: tuple[str, ...]


@dataclass(frozen=True)
class Asking:
    """
    Where a questionnaire stands: what is told (fact -> value), what is left to ask, and the options that count.

    When what is told breaks a constraint, nothing is left that an answer could do.
    """

    rulebook: Rulebook
    told: Mapping[str, str]
    left: tuple[str, ...]
    about: tuple[str, ...]

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The options whose verdict answers can still change."""
        return tuple(self._leeway)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The facts that can still matter, and perhaps a few that will turn out not to; no other will be asked."""
        bearing = {fact for found in self._leeway.values() for fact in found.facts}
        return tuple(fact for fact in self.left if fact in bearing)

    @cached_property
    def next(self) -> Telling | None:
        """The most telling question, proved to matter, or None where no answer can change a verdict."""
        for telling in self._ranked:
            if any(self._leeways.matters(option, telling.fact) for option in telling.bears_on):
                return telling
        certain = {self._leeways.turning(option) for option in self.open}
        return next((telling for telling in self._ranked if telling.fact in certain), None)

    @cached_property
    def _ranked(self) -> tuple[Telling, ...]:
        """The questions by what they tell; of those that tell the same, the one that the rulebook asks first."""
        return tuple(sorted(map(self._telling, self.questions), key=lambda each: (-each.settles, -each.narrows)))

    def _telling(self, fact: str) -> Telling:
        effects = {id: found.facts[fact] for id, found in self._leeway.items() if fact in found.facts}
        return Telling(
            fact,
            round(sum(effect.settles for effect in effects.values()), 9),
            round(sum(effect.narrows for effect in effects.values()), 9),
            tuple(effects),
        )

    @cached_property
    def _leeway(self) -> Mapping[str, Leeway]:
        if broken(self.rulebook, self.told):
            return {}
        return {id: found for id in self.about if (found := self._leeways.of(id)).open}

    @cached_property
    def _leeways(self) -> Leeways:
        domains = {fact: (UNKNOWN, *offered(self.rulebook, self.told, fact)) for fact in self.left}
        return Leeways(self.rulebook, self.told, domains)
