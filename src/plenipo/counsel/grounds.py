"""Grounds: on which known facts a rule, a finding or an option rests in a situation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plenipo.advice.conclude import Advice, preference
from plenipo.inquiry.scope import known_facts
from plenipo.rulebook.model import TRUE, Atom, Rule, Verb


class Grounds:
    """
    The known facts by which the rules of one advice were met, those behind their findings included.

    `rules` has each rule that fired (id -> facts), `findings` each finding that holds.
    """

    def __init__(self, advice: Advice) -> None:
        self._known = known_facts(advice.rulebook, advice.situation.facts).keys()
        self.rules: dict[str, frozenset[str]] = {}
        self.findings: dict[str, frozenset[str]] = {}
        for firing in advice.trace:
            facts = frozenset[str]().union(*map(self._behind, firing.met))
            self.rules[firing.rule.id] = facts
            for drawn in firing.drew:
                if drawn.verb is Verb.FIND:
                    self.findings[drawn.on] = self.findings.get(drawn.on, frozenset()) | facts

    def first(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """Return rules with those first that rest on most known facts, else the weightiest."""
        return tuple(sorted(rules, key=lambda rule: (-len(self.rules.get(rule.id, ())), preference(rule))))

    def resting(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """Return the rules among these that rest on some known fact, in the same order as `first`."""
        return tuple(rule for rule in self.first(rules) if self.rules.get(rule.id))

    def _behind(self, atom: Atom) -> frozenset[str]:
        if atom.name in self._known:
            return frozenset({atom.name})
        return self.findings.get(atom.name, frozenset()) if TRUE in atom.values else frozenset()


def read_by(rules: Iterable[Rule], advice: Advice) -> Mapping[str, int]:
    """Return how many of these rules were met by each name, fact or finding."""
    found: dict[str, int] = {}
    for rule in rules:
        for name in {atom.name for atom in advice.fired[rule.id].met}:
            found[name] = found.get(name, 0) + 1
    return found
