"""
Rulebooks of any size, made up from a seed: the same size and seed always give the same rulebook.

They have the shape of a real one (findings several levels deep, alternatives, exceptions, overrides of overrides,
tests on unknown) and no circle: a rule reads only findings of lower levels, and overrides only rules that come later
in the order in which they are made. Ids are numbered at random, so that no order of ids gives the order of rules away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from plenipo.rulebook.model import (
    FALSE,
    TRUE,
    UNKNOWN,
    Atom,
    Basis,
    Conclusion,
    Condition,
    Constraint,
    Fact,
    Finding,
    Link,
    Option,
    Outcome,
    Party,
    Rule,
    Rulebook,
    Strength,
    Verb,
)

LEVELS = 4
OPTION_VERBS = tuple(verb for verb in Verb if verb is not Verb.FIND)


def rulebook(size: int, seed: int = 0) -> Rulebook:
    """Return a rulebook of `size` rules over 40 facts, 70 options and a finding for every five rules."""
    return _Author(size, Random(seed)).write()


def situation(book: Rulebook, seed: int = 0, unknown: float = 0.2) -> dict[str, str]:
    """Return facts drawn at random, each of which is unknown (absent) with the chance given."""
    random = Random(seed)
    return {id: random.choice(list(fact.values)) for id, fact in book.facts.items() if random.random() >= unknown}


def with_effects(book: Rulebook, seed: int = 0) -> Rulebook:
    """
    Return a rulebook with options that bring facts about, some as another party answers, and that arise and wait.

    A few facts exclude one another.
    """
    random = Random(seed)
    options = {id: _effective(option, book, random) for id, option in book.options.items()}
    never = tuple(
        Constraint(
            f"never-{n}", Condition(tuple(Atom(id, (random.choice(list(book.facts[id].values)),)) for id in pair)), ""
        )
        for n, pair in enumerate(random.sample(list(book.facts), 2) for _ in range(4))
    )
    parties = {"us": Party("us", "We", own=True), "them": Party("them", "They")}
    return replace(book, options=options, constraints=never, parties=parties)


def _effective(option: Option, book: Rulebook, random: Random) -> Option:
    outcomes = random.choice((0, 1, 1, 2, 3))
    by = "them" if outcomes > 1 else None
    return replace(
        option,
        by=random.choice((("us",), ("us", "them"))),
        brings=tuple(
            Outcome(_facts(book, random, random.randint(1, 3)), f"They give answer {n}" if by else "", by)
            for n in range(outcomes)
        ),
        arises_when=Condition(tuple(Atom(id, (value,)) for id, value in _facts(book, random, 1).items())),
        after={random.choice(list(book.options)): Link()} if random.random() < 0.3 else {},
    )


def _facts(book: Rulebook, random: Random, many: int) -> dict[str, str]:
    return {id: random.choice(list(book.facts[id].values)) for id in random.sample(list(book.facts), many)}


@dataclass
class _Author:
    size: int
    random: Random

    def write(self) -> Rulebook:
        self.facts = {f"fact_{n}": _fact(f"fact_{n}", 2 + n % 4) for n in range(40)}
        options = {f"option_{n}": Option(f"option_{n}", "options", f"Option {n}") for n in range(70)}
        findings = {
            f"finding_{n}": Finding(f"finding_{n}", f"Finding {n} holds.") for n in range(max(1, self.size // 5))
        }
        self.options, self.findings = list(options), list(findings)
        names = [f"rule-{n}" for n in range(self.size)]
        self.random.shuffle(names)
        rules = [self._rule(name, LEVELS * made // self.size) for made, name in enumerate(names)]
        rules = [self._override(rule, rules[made + 1 :]) for made, rule in enumerate(rules)]
        self.random.shuffle(rules)
        return Rulebook(self.facts, options, findings, {rule.id: rule for rule in rules})

    def _rule(self, name: str, level: int) -> Rule:
        found = self._findings(range(level, LEVELS)) if self.random.random() < 0.4 else []
        drawn = [Conclusion(Verb.FIND, self.random.choice(found))] if found else []
        if not drawn:
            drawn = [Conclusion(self.random.choice(OPTION_VERBS), self.random.choice(self.options))]
        unless = self._condition(level, 1, 0.1) if self.random.random() < 0.3 else None
        when = self._condition(level, self.random.randint(1, 3), 0.3)
        return Rule(name, "made-up", tuple(drawn), "", (), Basis.STATED, Strength.PLAIN, when, unless)

    def _override(self, rule: Rule, later: Sequence[Rule]) -> Rule:
        if not later or self.random.random() >= 0.15:
            return rule
        return replace(rule, overrides=(self.random.choice(later).id,))

    def _condition(self, level: int, size: int, alternatives: float) -> Condition:
        atoms = {atom.name: atom for atom in (self._atom(level) for _ in range(size))}
        branches: tuple[Condition, ...] = ()
        if self.random.random() < alternatives:
            branches = tuple(self._condition(level, 1, alternatives / 2) for _ in range(2))
        return Condition(tuple(atoms.values()), branches)

    def _atom(self, level: int) -> Atom:
        readable = self._findings(range(level))
        if readable and self.random.random() < 0.4:
            return Atom(self.random.choice(readable), (self.random.choice((TRUE, TRUE, FALSE)),))
        fact = self.random.choice(list(self.facts.values()))
        values = [*fact.values, UNKNOWN] if self.random.random() < 0.1 else list(fact.values)
        return Atom(fact.id, tuple(self.random.sample(values, self.random.randint(1, max(1, len(values) - 1)))))

    def _findings(self, levels: range) -> list[str]:
        """Return the findings of some levels; the number of a finding gives its level."""
        return [id for number, id in enumerate(self.findings) if number % LEVELS in levels]


def _fact(id: str, size: int) -> Fact:
    names = [TRUE, FALSE] if size == 2 else [f"value_{n}" for n in range(size)]
    return Fact(id, "facts", f"What about {id}?", {name: name for name in names})
