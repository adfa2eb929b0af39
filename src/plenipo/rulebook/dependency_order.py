"""
The dependency order: which rules must be settled before which, and the circles that would make that impossible.

A rule waits for the findings it tests and for the rules that override it; a finding waits for the rules that find it.
Where nothing waits for itself there is an order in which every name is settled before anybody reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plenipo.rulebook.model import Rule

#: A node of the graph: ("rule", id) or ("finding", id).
RuleOrFinding = tuple[str, str]


def dependencies(rules: Iterable[Rule], findings: Iterable[str]) -> Mapping[RuleOrFinding, frozenset[RuleOrFinding]]:
    """
    Return, for each rule and finding, the rules and findings that must be settled first.

    A rule or finding that is named but not there waits for nothing and nothing waits for it: a rulebook cut down to
    one source still names the rules it lost.
    """
    rules = list(rules)
    waits: dict[RuleOrFinding, set[RuleOrFinding]] = {("finding", id): set() for id in findings}
    waits |= {("rule", rule.id): set() for rule in rules}
    for rule in rules:
        me = ("rule", rule.id)
        waits[me] |= {("finding", atom.name) for atom in rule.every_atom()} & waits.keys()
        held_up = [("rule", target) for target in rule.overrides]
        held_up += [("finding", drawn.on) for drawn in rule.then if drawn.verb == "find"]
        for node in held_up:
            if node in waits:
                waits[node].add(me)
    return {node: frozenset(first) for node, first in waits.items()}


def circle(waits: Mapping[RuleOrFinding, frozenset[RuleOrFinding]]) -> tuple[RuleOrFinding, ...] | None:
    """
    Return one circle, each node waiting for the one that follows and the first named again at the end, or None.

    The circle starts at its smallest node, so that the same rulebook always gets the same message.
    """
    try:
        TopologicalSorter({node: sorted(waits[node]) for node in sorted(waits)}).prepare()
    except CycleError as found:
        nodes: list[RuleOrFinding] = list(reversed(found.args[1][:-1]))
        start = nodes.index(min(nodes))
        around = nodes[start:] + nodes[:start]
        return (*around, around[0])
    return None


def strata(waits: Mapping[RuleOrFinding, frozenset[RuleOrFinding]]) -> tuple[tuple[str, ...], ...]:
    """
    Return the ids of the rules in layers: each rule one layer above the highest it waits for, ids in order inside.

    Within a layer the order cannot matter. The layers depend on what the rules say and never on where they are.

    Raises:
        graphlib.CycleError: something waits for itself; a loaded rulebook never does.
    """
    height: dict[RuleOrFinding, int] = {}
    for node in TopologicalSorter(waits).static_order():
        below = max((height[first] for first in waits.get(node, ())), default=-1)
        height[node] = below + (1 if node[0] == "rule" else 0)
    layers: dict[int, list[str]] = {}
    for (kind, id), level in height.items():
        if kind == "rule":
            layers.setdefault(level, []).append(id)
    return tuple(tuple(sorted(layers[level])) for level in sorted(layers))
