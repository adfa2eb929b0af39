"""
The oracle: what a rulebook means (docs/meaning.md), written down as plainly as it can be, to hold the engines to.

It shares nothing with what it checks: neither the dependency order nor the advice nor the conditions' own `holds`.
Whatever is asked is worked out by asking what it depends on; that ends because nothing depends on itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from plenipo.rulebook.model import Condition, Rulebook

VERDICTS = ("done", "avoid", "defer", "recommend", "consider")


class Oracle:
    """Everything that follows from one rulebook and one situation's facts (fact -> value; absent means unknown)."""

    def __init__(self, rulebook: Rulebook, facts: Mapping[str, str]) -> None:
        self.rulebook = rulebook
        self.facts = facts
        self.acts = cache(self._acts)
        self.true = cache(self._true)
        self.fired = {id for id in rulebook.rules if self._fires(id)}
        self.acting = {id for id in rulebook.rules if self.acts(id)}
        self.overridden = self.fired - self.acting
        self.findings = {id for id in rulebook.findings if self.true(id)}
        self.verdicts = {id: self._verdict(id) for id in rulebook.options}
        self.cautions = {id: self._drawing("caution", id) for id in rulebook.options}

    def _fires(self, id: str) -> bool:
        rule = self.rulebook.rules[id]
        blocked = rule.unless is not None and self._met(rule.unless)
        return self._met(rule.when) and not blocked

    def _acts(self, id: str) -> bool:
        overriders = [other.id for other in self.rulebook.rules.values() if id in other.overrides]
        return self._fires(id) and not any(self.acts(other) for other in overriders)

    def _true(self, finding: str) -> bool:
        return bool(self._drawing("find", finding))

    def _drawing(self, verb: str, on: str) -> set[str]:
        rules = self.rulebook.rules.values()
        return {
            rule.id for rule in rules if any((c.verb, c.on) == (verb, on) for c in rule.then) and self.acts(rule.id)
        }

    def _met(self, condition: Condition) -> bool:
        for atom in condition.atoms:
            if self._value(atom.name) not in atom.values:
                return False
        return condition.any_of == () or any(self._met(branch) for branch in condition.any_of)

    def _value(self, name: str) -> str:
        if name in self.rulebook.findings:
            return "true" if self.true(name) else "false"
        return self.facts.get(name, "unknown")

    def _verdict(self, option: str) -> str:
        return next((verdict for verdict in VERDICTS if self._drawing(verdict, option)), "silent")
