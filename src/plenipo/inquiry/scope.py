"""
Reach: the rules on which each option turns, with the facts those rules ask for.

A verdict cannot depend on anything else, so that a question about one option need look no further. Facts that a
constraint ties together reach one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

from plenipo.rulebook.model import Rule, Rulebook, Verb


class Reach:
    """What each option of one rulebook turns on, worked out once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._order = rulebook.order
        self._facts = tuple(rulebook.facts)
        self._bit = {id: 1 << number for number, id in enumerate(self._facts)}
        self._reached: dict[str, tuple[int, int]] = {}
        self._found: dict[str, tuple[int, int]] = {}
        self._option: dict[str, tuple[int, int]] = {}
        self._walk()

    def rules(self, option: str) -> tuple[str, ...]:
        """Return the rules that speak of the option, override such rules, or find what they ask for, in order."""
        return tuple(_picked(self._order, self._option.get(option, (0, 0))[0]))

    def facts(self, option: str) -> tuple[str, ...]:
        """Return the facts on which the verdict can depend, in the order of the rulebook."""
        return tuple(_picked(self._facts, self._option.get(option, (0, 0))[1]))

    def behind(self, rule: str) -> tuple[str, ...]:
        """Return the facts on which it can depend whether a rule acts, in the order of the rulebook."""
        return tuple(_picked(self._facts, self._reached[rule][1]))

    def linked(self, facts: Iterable[str], free: AbstractSet[str]) -> tuple[str, ...]:
        """Return these facts with all that constraints tie to them by way of facts that are `free` to vary."""
        found = {fact for fact in facts if fact in free}
        ties = [
            {atom.name for atom in constraint.never.every_atom() if atom.name in free}
            for constraint in self.rulebook.constraints
        ]
        grown = True
        while grown:
            touching = [tie for tie in ties if tie & found and not tie <= found]
            found = found.union(*touching)
            grown = bool(touching)
        return tuple(fact for fact in self._facts if fact in found)

    def _walk(self) -> None:
        """Add up, rule by rule in dependency order, what each rule, finding and option rests on."""
        for place, id in enumerate(self._order):
            rule = self.rulebook.rules[id]
            rules, facts = 1 << place, 0
            for atom in rule.every_atom():
                facts |= self._bit.get(atom.name, 0)
            below = [self._found.get(atom.name, (0, 0)) for atom in rule.every_atom()]
            below += [self._reached[other] for other in self.rulebook.overriders.get(id, ())]
            for more_rules, more_facts in below:
                rules, facts = rules | more_rules, facts | more_facts
            self._reached[id] = (rules, facts)
            self._count(rule, self._reached[id])

    def _count(self, rule: Rule, reached: tuple[int, int]) -> None:
        for drawn in rule.then:
            if drawn.verb is not Verb.CAUTION:
                into = self._found if drawn.verb is Verb.FIND else self._option
                rules, facts = into.get(drawn.on, (0, 0))
                into[drawn.on] = (rules | reached[0], facts | reached[1])


@lru_cache(maxsize=4)
def reach(rulebook: Rulebook) -> Reach:
    """Return the reach of a rulebook, which is kept."""
    return Reach(rulebook)


def known(facts: Mapping[str, str], rulebook: Rulebook) -> Mapping[str, str]:
    """Return the facts that are told, those that are called unknown left out."""
    return {id: value for id, value in facts.items() if value in rulebook.facts[id].values}


def _picked(names: tuple[str, ...], bits: int) -> Iterable[str]:
    return (name for place, name in enumerate(names) if bits >> place & 1)
