"""
experta imported, with our matcher for it: a Rete network wired for flat, ground productions.

experta's own wiring first brings every rule into disjunctive form, then shows every fact to every pattern, and after
each step looks for activations at every rule: with 1,000 rules, seconds to build and seconds to run. Here a symbol goes
straight to the productions that ask for it, equal tests on the situation are made once, and after a step only the
productions that something reached are looked at. The nodes themselves are experta's.

This is the only place that imports experta.
"""

from __future__ import annotations

import collections
import collections.abc
import logging
from collections.abc import Iterable
from typing import Any

from plenipo.errors import EngineError

__all__ = ["Matcher", "experta"]


def _import_experta() -> Any:
    """Import experta, which was written for Python 3.9, and undo what its import does to the process."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    aliased = hasattr(collections, "Mapping")
    if not aliased:
        collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    try:
        import experta  # noqa: PLC0415
    finally:
        if not aliased:
            del collections.Mapping  # type: ignore[attr-defined]
        for handler in [added for added in root.handlers if added not in handlers]:
            root.removeHandler(handler)
    # It logs every comparison; where a process logs everything, that would drown the rest.
    logging.getLogger("experta").setLevel(logging.WARNING)
    return experta


experta = _import_experta()
rete: Any = experta.matchers.rete
#: Whether two sides of a join agree on their variables: there are none, so they do.
AGREE = rete.check.SameContextCheck()


class _ConflictSet(rete.nodes.ConflictSetNode):  # type: ignore[misc]
    """Where the activations of one production arrive; it notes in `reached` that something did."""

    def __init__(self, rule: Any, reached: dict[_ConflictSet, None]) -> None:
        super().__init__(rule)
        self._reached = reached

    def _activate(self, token: Any) -> None:
        self._reached[self] = None
        super()._activate(token)


class Matcher(rete.ReteMatcher):  # type: ignore[misc]
    """
    The network for an engine whose facts are one situation and symbols (`found=...`).

    Every rule must be a flat list of patterns, the first of them positive, the others positive or a `NOT` of one.
    """

    def build_network(self) -> None:
        """Wire up every rule of the engine."""
        self._situation = rete.nodes.BusNode()
        self._symbols: dict[str, Any] = {}
        self._tested: dict[tuple[Any, Any], Any] = {}
        self._reached: dict[_ConflictSet, None] = {}
        for rule in self.engine.get_rules():
            self._wire(rule)

    def changes(self, adding: Iterable[Any] = (), deleting: Iterable[Any] = ()) -> tuple[list[Any], list[Any]]:
        """Take in the facts added, and return the activations that came and those that went."""
        if deleting:
            raise EngineError("nothing is ever retracted")
        for fact in adding:
            entry = self._symbols.get(fact["found"]) if "found" in fact else self._situation
            if entry is not None:
                entry.add(fact)
        changed = [conflict_set.get_activations() for conflict_set in self._reached]
        self._reached.clear()
        return [new for came, _ in changed for new in came], [old for _, went in changed for old in went]

    def reset(self) -> None:
        """Forget every fact."""
        for entry in (self._situation, *self._symbols.values()):
            entry.reset()

    def _wire(self, rule: Any) -> None:
        first, *others = rule
        node = self._matching(first)
        for pattern in others:
            negated = isinstance(pattern, experta.NOT)
            joint = (rete.nodes.NotNode if negated else rete.nodes.OrdinaryMatchNode)(AGREE)
            right = self._matching(pattern[0] if negated else pattern)
            node.add_child(joint, joint.activate_left)
            right.add_child(joint, joint.activate_right)
            node = joint
        last = _ConflictSet(rule, self._reached)
        node.add_child(last, last.activate)

    def _matching(self, pattern: Any) -> Any:
        """Return the node that is reached by the facts a pattern matches."""
        if "found" in pattern:
            return self._symbols.setdefault(pattern["found"], rete.nodes.BusNode())
        node = self._situation
        for name, constraint in pattern.items():
            check = rete.check.FeatureCheck(name, constraint)
            if (node, check) not in self._tested:
                tester = self._tested[node, check] = rete.nodes.FeatureTesterNode(check)
                node.add_child(tester, tester.activate)
            node = self._tested[node, check]
        return node
