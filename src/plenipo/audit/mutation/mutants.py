"""
Mutants: a rulebook with one small mistake put into one of its rules.

Every mistake of the same kind that can be made in a rule is made, in the order of the rulebook. Two that come to the
same rule are made once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from plenipo.rulebook.conditions import atom_text, condition_text, values_text
from plenipo.rulebook.model import FALSE, TRUE, Atom, Conclusion, Condition, Fact, Rule, Rulebook, Verb

#: The verbs that are verdicts: any of them may be mistaken for another.
VERDICT_VERBS = (Verb.DONE, Verb.AVOID, Verb.DEFER, Verb.RECOMMEND, Verb.CONSIDER)


class Mistake(StrEnum):
    """What kind of mistake a mutant has."""

    NO_RULE = "rule removed"
    NO_CONDITION = "condition dropped"
    OTHER_VALUE = "value flipped"
    NO_UNLESS = "unless dropped"
    NO_OVERRIDE = "override dropped"
    OTHER_VERB = "verb swapped"
    NO_CONCLUSION = "conclusion dropped"


@dataclass(frozen=True)
class Mutant:
    """A rule with a mistake in it, or None where the rule is gone; `change` says what was done, in a few words."""

    rule: str
    mistake: Mistake
    change: str
    mutated: Rule | None

    def rulebook(self, original: Rulebook) -> Rulebook:
        """Return the original with the mistake in it."""
        rules = dict(original.rules)
        if self.mutated is None:
            del rules[self.rule]
        else:
            rules[self.rule] = self.mutated
        return replace(original, rules=rules)


def mutants(rulebook: Rulebook, rule: Rule) -> Iterator[Mutant]:
    """Yield every mutant of a rule."""
    yield Mutant(rule.id, Mistake.NO_RULE, "", None)
    seen = {rule}
    for mutant in _every(rulebook.facts, rule):
        if mutant.mutated not in seen and mutant.mutated is not None and mutant.mutated.unless != Condition():
            seen.add(mutant.mutated)
            yield mutant


def _every(facts: Mapping[str, Fact], rule: Rule) -> Iterator[Mutant]:
    for mistake, change, when in _altered(facts, rule.when):
        yield Mutant(rule.id, mistake, f"when: {change}", replace(rule, when=when))
    if rule.unless is not None:
        yield Mutant(rule.id, Mistake.NO_UNLESS, condition_text(rule.unless), replace(rule, unless=None))
        for mistake, change, unless in _altered(facts, rule.unless):
            yield Mutant(rule.id, mistake, f"unless: {change}", replace(rule, unless=unless))
    for other in rule.overrides:
        left = tuple(id for id in rule.overrides if id != other)
        yield Mutant(rule.id, Mistake.NO_OVERRIDE, other, replace(rule, overrides=left))
    yield from _concluding_otherwise(rule)


def _concluding_otherwise(rule: Rule) -> Iterator[Mutant]:
    for place, drawn in enumerate(rule.then):
        before, after = rule.then[:place], rule.then[place + 1 :]
        for verb in VERDICT_VERBS if drawn.verb in VERDICT_VERBS else ():
            if verb is not drawn.verb:
                then = (*before, Conclusion(verb, drawn.on), *after)
                change = f"{drawn.verb} {drawn.on} -> {verb}"
                yield Mutant(rule.id, Mistake.OTHER_VERB, change, replace(rule, then=then))
        if before or after:
            change = f"{drawn.verb} {drawn.on}"
            yield Mutant(rule.id, Mistake.NO_CONCLUSION, change, replace(rule, then=(*before, *after)))


def _altered(facts: Mapping[str, Fact], condition: Condition) -> Iterator[tuple[Mistake, str, Condition]]:
    """Yield a condition with one comparison or alternative of it gone, or one value another."""
    for place, atom in enumerate(condition.atoms):
        before, after = condition.atoms[:place], condition.atoms[place + 1 :]
        yield Mistake.NO_CONDITION, atom_text(atom), _plain(replace(condition, atoms=(*before, *after)))
        for change, other in _flipped(facts, atom):
            yield Mistake.OTHER_VALUE, change, replace(condition, atoms=(*before, other, *after))
    for place, branch in enumerate(condition.any_of):
        first, last = condition.any_of[:place], condition.any_of[place + 1 :]
        yield Mistake.NO_CONDITION, f"any: {{{condition_text(branch)}}}", replace(condition, any_of=(*first, *last))
        for mistake, change, altered in _altered(facts, branch):
            yield mistake, change, _plain(replace(condition, any_of=(*first, altered, *last)))


def _flipped(facts: Mapping[str, Fact], atom: Atom) -> Iterator[tuple[str, Atom]]:
    """Yield a comparison with one of its values gone, if it has several, or in its stead one that it does not have."""
    known = tuple(facts[atom.name].values) if atom.name in facts else (TRUE, FALSE)
    for value in atom.values:
        left = tuple(other for other in atom.values if other != value)
        if left:
            yield f"{atom_text(atom)} -> {values_text(left)}", Atom(atom.name, left)
        for other in known:
            if other not in atom.values:
                values = tuple(other if each == value else each for each in atom.values)
                yield f"{atom_text(atom)} -> {values_text(values)}", Atom(atom.name, values)


def _plain(condition: Condition) -> Condition:
    """Return a condition without alternatives where one of them always holds."""
    return replace(condition, any_of=()) if Condition() in condition.any_of else condition
