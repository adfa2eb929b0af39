"""
The oracle: what a rulebook means (docs/meaning.md), written down as plainly as it can be, to hold the engines to.

It shares nothing with what it checks: neither the dependency order nor the advice nor the conditions' own `holds`.
Whatever is asked is worked out by asking what it depends on; that ends because nothing depends on itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from plenipo.rulebook.model import Condition, Rulebook

VERDICTS = ("done", "avoid", "defer", "recommend", "consider")


class Oracle:
    """Everything that follows from one rulebook and one situation's facts (fact -> value; absent means unknown)."""

    def __init__(self, rulebook: Rulebook, facts: Mapping[str, str]) -> None:
        self.rulebook = rulebook
        self.facts = facts
        self.overriders, self.drawers = index(rulebook)
        self.fires = cache(self._fires)
        self.acts = cache(self._acts)
        self.value = cache(self._value)
        self.fired = {id for id in rulebook.rules if self.fires(id)}
        self.acting = {id for id in self.fired if self.acts(id)}
        self.overridden = self.fired - self.acting
        self.findings = {id for id in rulebook.findings if self._drawing("find", id)}
        self.verdicts = {id: self._verdict(id) for id in rulebook.options}
        self.cautions = {id: self._drawing("caution", id) for id in rulebook.options}

    def _fires(self, id: str) -> bool:
        rule = self.rulebook.rules[id]
        return self._met(rule.when) and not (rule.unless is not None and self._met(rule.unless))

    def _acts(self, id: str) -> bool:
        return self.fires(id) and not any(self.acts(other) for other in self.overriders[id])

    def _drawing(self, verb: str, on: str) -> set[str]:
        return {id for id in self.drawers[verb, on] if self.acts(id)}

    def _met(self, condition: Condition) -> bool:
        for atom in condition.atoms:
            if self.value(atom.name) not in atom.values:
                return False
        return condition.any_of == () or any(self._met(branch) for branch in condition.any_of)

    def _value(self, name: str) -> str:
        if name in self.rulebook.findings:
            return "true" if self._drawing("find", name) else "false"
        return self.facts.get(name, "unknown")

    def _verdict(self, option: str) -> str:
        drawn = (verdict for verdict in VERDICTS if any(map(self.acts, self.drawers[verdict, option])))
        return next(drawn, "silent")


def allowed(rulebook: Rulebook, facts: Mapping[str, str]) -> bool:
    """Return whether some way of filling in what is unknown breaks no constraint."""
    return _allowed(rulebook, frozenset((id, value) for id, value in facts.items() if value != "unknown"))


@lru_cache(maxsize=100_000)
def _allowed(rulebook: Rulebook, known: frozenset[tuple[str, str]]) -> bool:
    facts = dict(known)
    # what is broken stays so, whatever else becomes known
    if any(_broken(constraint.never, facts) for constraint in rulebook.constraints):
        return False
    unknown = next((id for id in rulebook.facts if id not in facts), None)
    return unknown is None or any(
        _allowed(rulebook, known | {(unknown, value)}) for value in rulebook.facts[unknown].values
    )


def _broken(never: Condition, facts: Mapping[str, str]) -> bool:
    met = [facts.get(atom.name) in atom.values for atom in never.atoms]
    return all(met) and (never.any_of == () or any(_broken(branch, facts) for branch in never.any_of))


@lru_cache(maxsize=8)
def index(rulebook: Rulebook) -> tuple[Mapping[str, set[str]], Mapping[tuple[str, str], set[str]]]:
    """Return, as the rules say it, who overrides each rule, and who draws what (verb, finding or option)."""
    overriders, drawers = defaultdict[str, set[str]](set), defaultdict[tuple[str, str], set[str]](set)
    for rule in rulebook.rules.values():
        for target in rule.overrides:
            overriders[target].add(rule.id)
        for drawn in rule.then:
            drawers[drawn.verb, drawn.on].add(rule.id)
    return overriders, drawers
