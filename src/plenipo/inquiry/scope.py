"""
The scope of an option: the rules and facts on which its verdict can depend.

A question about one option need look no further. Facts that constraints tie together belong to one scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

from plenipo.engines.bitset.truth_table import Domains
from plenipo.rulebook.model import UNKNOWN, Rulebook, Verb
from plenipo.situations.exclusions import exclusions

#: Rules and facts, as a bit each.
Bits = tuple[int, int]


class Scope:
    """The scope of every option of one rulebook, worked out once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._facts = tuple(rulebook.facts)
        self._rules: dict[str, Bits] = {}
        self._options: dict[str, Bits] = {}
        self._walk()

    def rules(self, option: str) -> tuple[str, ...]:
        """
        Return the rules on which the verdict can depend, in dependency order.

        They draw a verdict on the option, override such a rule, or find what one of these asks for.
        """
        return _picked(self.rulebook.order, self._options.get(option, (0, 0))[0])

    def facts(self, option: str) -> tuple[str, ...]:
        """Return the facts on which the verdict can depend, in the order of the rulebook."""
        return _picked(self._facts, self._options.get(option, (0, 0))[1])

    def rules_behind(self, rule: str) -> tuple[str, ...]:
        """Return a rule and the rules on which it depends whether it acts, in dependency order."""
        return _picked(self.rulebook.order, self._rules[rule][0])

    def facts_behind(self, rule: str) -> tuple[str, ...]:
        """Return the facts on which it depends whether a rule acts, in the order of the rulebook."""
        return _picked(self._facts, self._rules[rule][1])

    def tied(self, facts: Iterable[str], free: AbstractSet[str]) -> tuple[str, ...]:
        """
        Return those of some facts that are `free` to vary, with all other free facts that constraints tie to them.

        A constraint ties the facts that it names, and what follows from several those that they name together. Facts
        that are tied to one and the same fact are tied to each other.
        """
        found = {fact for fact in facts if fact in free}
        ties = [{fact for fact in each.values if fact in free} for each in exclusions(self.rulebook)]
        while touching := [tie for tie in ties if tie & found and not tie <= found]:
            found = found.union(*touching)
        return tuple(fact for fact in self._facts if fact in found)

    def incomplete(self, facts: Iterable[str]) -> Domains:
        """Return, for some facts and those that constraints tie to them: unknown, and then the values."""
        tied = self.tied(facts, self.rulebook.facts.keys())
        return {fact: (UNKNOWN, *self.rulebook.facts[fact].values) for fact in tied}

    def _walk(self) -> None:
        """Add up, rule by rule in dependency order, what each rule, finding and option depends on."""
        bits = {id: 1 << number for number, id in enumerate(self._facts)}
        findings: dict[str, Bits] = {}
        for place, id in enumerate(self.rulebook.order):
            rule = self.rulebook.rules[id]
            parts = [(1 << place, 0)]
            for atom in rule.every_atom():
                parts += [(0, bits.get(atom.name, 0)), findings.get(atom.name, (0, 0))]
            parts += [self._rules[other] for other in self.rulebook.overriders.get(id, ())]
            self._rules[id] = _union(parts)
            for drawn in rule.then:
                if drawn.verb is not Verb.CAUTION:
                    into = findings if drawn.verb is Verb.FIND else self._options
                    into[drawn.on] = _union([into.get(drawn.on, (0, 0)), self._rules[id]])


@lru_cache(maxsize=4)
def scope(rulebook: Rulebook) -> Scope:
    """Return the scopes in a rulebook, which are kept."""
    return Scope(rulebook)


def known_facts(rulebook: Rulebook, facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that have a value, without those that are given as unknown."""
    return {id: value for id, value in facts.items() if value in rulebook.facts[id].values}


def _union(parts: Iterable[Bits]) -> Bits:
    rules = facts = 0
    for more_rules, more_facts in parts:
        rules, facts = rules | more_rules, facts | more_facts
    return rules, facts


def _picked(names: tuple[str, ...], bits: int) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(names) if bits >> place & 1)
