"""
Small rulebooks in a line or two, made without a file: any id will do, and nothing is checked.

    rulebook(rule("a", "find calm", when={"wind": "none"}), rule("b", "avoid sail", unless={"calm": "true"}))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plenipo.rulebook.model import (
    UNKNOWN,
    Atom,
    Basis,
    Conclusion,
    Condition,
    Fact,
    Finding,
    Option,
    Rule,
    Rulebook,
    Strength,
    Verb,
)


def condition(tests: Mapping[str, Any]) -> Condition:
    """Read a condition as a rulebook file has it, with every value in its one spelling."""
    atoms = [(id, (values,) if isinstance(values, str) else values) for id, values in tests.items() if id != "any"]
    return Condition(
        tuple(Atom(id, tuple(values)) for id, values in atoms),
        tuple(condition(branch) for branch in tests.get("any", ())),
    )


def rule(
    id: str,
    *then: str,
    when: Mapping[str, Any] | None = None,
    unless: Mapping[str, Any] | None = None,
    overrides: tuple[str, ...] = (),
    basis: Basis = Basis.STATED,
    strength: Strength = Strength.PLAIN,
) -> Rule:
    """Return a rule; each of `then` is a verb and an id, as in `recommend sail`."""
    drawn = [conclusion.split(maxsplit=1) for conclusion in then]
    return Rule(
        id,
        track="small",
        then=tuple(Conclusion(Verb(verb), on) for verb, on in drawn),
        because="",
        cite=(),
        basis=basis,
        strength=strength,
        when=condition(when or {}),
        unless=None if unless is None else condition(unless),
        overrides=overrides,
    )


def rulebook(*rules: Rule) -> Rulebook:
    """Return a rulebook with the rules, the findings and options they draw, and the facts they test."""
    drawn = [conclusion for rule in rules for conclusion in rule.then]
    findings = {conclusion.on: Finding(conclusion.on, "") for conclusion in drawn if conclusion.verb is Verb.FIND}
    options = {conclusion.on: Option(conclusion.on, "", "") for conclusion in drawn if conclusion.verb is not Verb.FIND}
    values: dict[str, dict[str, str]] = {}
    for atom in (atom for rule in rules for atom in rule.every_atom() if atom.name not in findings):
        values.setdefault(atom.name, {}).update({value: value for value in atom.values if value != UNKNOWN})
    facts = {id: Fact(id, "", "", known) for id, known in values.items()}
    return Rulebook(facts, options, findings, {rule.id: rule for rule in rules})
