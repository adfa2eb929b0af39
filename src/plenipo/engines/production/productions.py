"""
A rulebook as flat productions: tests on facts, symbols that must be present, symbols that must be absent.

A symbol says what is established on the way: a finding, one of an `any`, a rule that fired, a rule that is overridden.
Each alternative becomes a separate production that draws the same symbol, so nesting costs one production for each
alternative and never a product of them. A rule that is overridden by others and draws something that others read
becomes two: it fires, and it acts unless it is overridden. Productions come in dependency order: those that draw a
symbol come before those that ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Condition, Rule, Rulebook, Verb


@dataclass
class Production:
    """
    When every fact has a value that its test lets pass, `rule` fires and `draws` are drawn.

    All of `present` must be there besides, and none of `absent`.
    """

    tests: dict[str, frozenset[str]] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    draws: tuple[str, ...] = ()
    rule: str | None = None

    @property
    def possible(self) -> bool:
        """Whether it can fire at all, as far as it shows by itself."""
        return not self.present & self.absent and all(self.tests.values())


def flatten(rulebook: Rulebook) -> tuple[Production, ...]:
    """Return the productions of a rulebook, those that can never fire left out, in dependency order."""
    return tuple(production for production in _Flattening(rulebook).productions if production.possible)


class _Flattening:
    """The productions made so far, with the symbols of alternatives that have one already."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.productions: list[Production] = []
        self.symbols: dict[tuple[Condition, ...], str] = {}
        self.relied_on = _relied_on(rulebook)
        for id in rulebook.order:
            self._add_rule(rulebook.rules[id])

    def _add_rule(self, rule: Rule) -> None:
        fires = Production(rule=rule.id)
        self._require(fires, rule.when)
        if rule.unless is not None:
            self._refuse(fires, rule.unless)
        self.productions.append(fires)
        found = [_found(drawn.on) for drawn in rule.then if drawn.verb is Verb.FIND]
        draws = (*found, *(_overridden(target) for target in rule.overrides if target in self.relied_on))
        if draws and rule.id in self.rulebook.overriders:
            fires.draws = (f"fired {rule.id}",)
            self.productions.append(Production(present={*fires.draws}, absent={_overridden(rule.id)}, draws=draws))
        else:
            fires.draws = draws

    def _require(self, production: Production, condition: Condition) -> None:
        for atom in condition.atoms:
            self._compare(production, atom.name, frozenset(atom.values), wanted=True)
        if condition.any_of:
            production.present.add(self._any(condition.any_of))

    def _refuse(self, production: Production, condition: Condition) -> None:
        if len(condition.atoms) == 1 and not condition.any_of:
            atom = condition.atoms[0]
            self._compare(production, atom.name, frozenset(atom.values), wanted=False)
        elif condition.any_of and not condition.atoms:
            production.absent.add(self._any(condition.any_of))
        else:
            production.absent.add(self._any((condition,)))

    def _compare(self, production: Production, name: str, values: frozenset[str], *, wanted: bool) -> None:
        if name not in self.rulebook.findings:
            passing = production.tests.get(name, frozenset((*self.rulebook.facts[name].values, UNKNOWN)))
            production.tests[name] = passing & values if wanted else passing - values
            return
        if (TRUE in values) is not wanted:
            production.absent.add(_found(name))
        if (FALSE in values) is not wanted:
            production.present.add(_found(name))

    def _any(self, alternatives: tuple[Condition, ...]) -> str:
        """Return the symbol that is drawn when one of the alternatives holds."""
        if alternatives not in self.symbols:
            symbol = f"any {len(self.symbols)}"
            self.symbols[alternatives] = symbol
            for branch in alternatives:
                production = Production(draws=(symbol,))
                self._require(production, branch)
                self.productions.append(production)
        return self.symbols[alternatives]


def _relied_on(rulebook: Rulebook) -> frozenset[str]:
    """Return the rules whose acting others depend on: they find something, or override such a rule."""
    found: set[str] = set()
    for id in reversed(rulebook.order):
        rule = rulebook.rules[id]
        if any(drawn.verb is Verb.FIND for drawn in rule.then) or not found.isdisjoint(rule.overrides):
            found.add(id)
    return frozenset(found)


def _found(finding: str) -> str:
    return f"found {finding}"


def _overridden(rule: str) -> str:
    return f"overridden {rule}"
