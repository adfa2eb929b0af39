"""
Productions in experta's terms, kept to what experta gets right.

One Fact class, strings only, ground conditions, `NOT` of a single fact, nothing ever retracted or modified, and a
different salience for every production, earlier ones first: so what a `NOT` asks about is settled before its production
can fire, and no two activations compete. The productions are not attributes of the engine (where experta would look for
them), so no name that an author gives can replace one of experta's, and no two networks share any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from plenipo.engines.production.experta_matcher import Matcher, experta
from plenipo.engines.production.productions import Production
from plenipo.errors import EngineError
from plenipo.rulebook.model import UNKNOWN


class Element(experta.Fact):  # type: ignore[misc]
    """The situation (`kind="situation"` with a field for each fact) or a symbol that was drawn (`found=...`)."""


class _Rule(experta.Rule):  # type: ignore[misc]
    """
    A production as one of experta's rules, which says itself what to do when it fires.

    experta would decorate a function with it, and look into that function's signature: a third of the time to build.
    """

    __hash__ = object.__hash__
    __eq__ = object.__eq__

    def __new__(cls, production: Production, patterns: Sequence[Any], salience: int) -> _Rule:
        rule: _Rule = super().__new__(cls, *patterns, salience=salience)
        rule.production = production
        rule.__name__ = f"rule_{salience:04}"
        return rule

    def __call__(self, network: Network, **_: object) -> None:
        if self.production.rule is not None:
            network.fired.add(self.production.rule)
        if self.production.draws:
            network.declare(*(Element(found=symbol) for symbol in self.production.draws))


class _Strategy(experta.strategies.DepthStrategy):  # type: ignore[misc]
    """
    What fires next: the highest salience, which no two productions share.

    experta's own strategy keeps the last activations of every engine, and with them the engines.
    """

    def get_key(self, activation: Any) -> int:
        """Return what an activation is sorted by, highest last."""
        salience: int = activation.rule.salience
        return salience


class Network(experta.KnowledgeEngine):  # type: ignore[misc]
    """
    Productions compiled once, to be run on one situation after another.

    One that raised may be left in any state: it must not be used again.
    """

    __matcher__ = Matcher
    __strategy__ = _Strategy

    def __init__(self, productions: Sequence[Production]) -> None:
        tested = sorted({fact for production in productions for fact in production.tests})
        # Fields go by number: an author's id may be anything, and in experta a name with `__` in it has a meaning.
        self._fields = {fact: f"fact_{number:04}" for number, fact in enumerate(tested, start=1)}
        last = len(productions)
        self._rules = [self._rule(production, last - before) for before, production in enumerate(productions)]
        self._given: Mapping[str, str] = {}
        self.fired: set[str] = set()
        super().__init__()

    def answer(self, facts: Mapping[str, str], *, steps: int) -> frozenset[str]:
        """
        Return the rules that fire on these facts (fact -> value, absent means unknown).

        Raises:
            EngineError: productions were still waiting to fire after `steps` of them had.
        """
        self._given = facts
        self.fired = set()
        self.reset()
        self.run(steps)
        if self.agenda.activations:
            raise EngineError(f"the production engine did not come to an end within {steps} steps")
        return frozenset(self.fired)

    def get_rules(self) -> list[_Rule]:
        """Return the productions as experta's rules."""
        return self._rules

    def get_deffacts(self) -> list[Callable[[], Iterator[Element]]]:
        """Return what yields the facts that a reset starts from: the situation."""
        return [self._situation]

    def _situation(self) -> Iterator[Element]:
        values = {field: self._given.get(fact, UNKNOWN) for fact, field in self._fields.items()}
        yield Element(kind="situation", **values)

    def _rule(self, production: Production, salience: int) -> _Rule:
        tests = {self._fields[fact]: _test(passing) for fact, passing in sorted(production.tests.items())}
        present = [Element(found=symbol) for symbol in sorted(production.present)]
        absent = [experta.NOT(Element(found=symbol)) for symbol in sorted(production.absent)]
        situation = [Element(kind="situation", **tests)] if tests or not present else []
        return _Rule(production, [*situation, *present, *absent], salience)


def _test(passing: frozenset[str]) -> Any:
    return experta.L(*passing) if len(passing) == 1 else experta.P(_one_of(passing))


# experta keeps every predicate it has ever seen, so equal ones must be one and the same.
@cache
def _one_of(values: frozenset[str]) -> Callable[[object], bool]:
    return values.__contains__
