"""
Trials: the verdict on one option, were the facts otherwise.

Only the rules on which that option turns are looked at, so that many trials cost little. A whole situation is an
engine's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plenipo.advice import Verdict
from plenipo.rulebook.model import FALSE, TRUE, Rule, Rulebook, Verb


@dataclass(frozen=True)
class Outcome:
    """What follows for the option: its verdict, the rules that drew it, those that stand, and the state they read."""

    verdict: Verdict
    deciding: tuple[Rule, ...]
    standing: frozenset[str]
    state: Mapping[str, str]


class Trial:
    """The rules on which one option turns, ready to be tried on any facts."""

    def __init__(self, rulebook: Rulebook, option: str) -> None:
        self.rulebook = rulebook
        self.option = option
        turning = self._turning_on()
        self.rules = tuple(rulebook.rules[id] for id in rulebook.order if id in turning)

    def outcome(self, facts: Mapping[str, str]) -> Outcome:
        """Return what follows for the option when these facts hold and all others are unknown."""
        state = {**facts, **dict.fromkeys(self.rulebook.findings, FALSE)}
        standing: set[str] = set()
        spoken: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.fires(state) and standing.isdisjoint(self.rulebook.overriders.get(rule.id, ())):
                standing.add(rule.id)
                for drawn in rule.then:
                    if drawn.verb is Verb.FIND:
                        state[drawn.on] = TRUE
                    elif drawn.on == self.option:
                        spoken.setdefault(drawn.verb.value, []).append(rule)
        verdict = next((verdict for verdict in Verdict if verdict.value in spoken), Verdict.SILENT)
        return Outcome(verdict, tuple(spoken.get(verdict.value, ())), frozenset(standing), state)

    def _turning_on(self) -> frozenset[str]:
        """Return the rules that speak of the option, override such rules, or find what they ask for, and so on down."""
        finders: dict[str, list[Rule]] = {}
        reached: list[Rule] = []
        for rule in self.rulebook.rules.values():
            for drawn in rule.then:
                if drawn.verb is Verb.FIND:
                    finders.setdefault(drawn.on, []).append(rule)
                elif drawn.on == self.option:
                    reached.append(rule)
        turning: set[str] = set()
        while reached:
            rule = reached.pop()
            if rule.id not in turning:
                turning.add(rule.id)
                reached += (self.rulebook.rules[id] for id in self.rulebook.overriders.get(rule.id, ()))
                reached += (finder for atom in rule.every_atom() for finder in finders.get(atom.name, ()))
        return frozenset(turning)
