"""GoRules ZEN: a decision graph with an expression node for each stratum, and a last one that tells what came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from benchmarks.peers.rulebook import Plain
from plenipo.rulebook.model import FALSE, TRUE, Atom, Condition, Rule


def encode(plain: Plain) -> str:
    """Return the graph as JSON; a situation gives every fact, as `unknown` where it is not known."""
    nodes: list[list[tuple[str, str]]] = []
    for rules, settled in plain.levels():
        nodes.append([(plain.names[rule.id], _rule(plain, rule)) for rule in rules])
        acting = [(plain.acts(rule.id), _acts(plain, rule)) for rule in rules if rule.id in plain.book.overriders]
        found = [(plain.findings[id], _any(plain, plain.finders[id])) for id in settled]
        nodes += [part for part in (acting, found) if part]
    told = [("fired", "[" + ", ".join(plain.names.values()) + "]")]
    told += [(f"v{number}", _verdict(plain, option)) for number, option in enumerate(plain.book.options)]
    return json.dumps(_graph([*nodes, told]))


def _graph(nodes: Sequence[Sequence[tuple[str, str]]]) -> dict[str, object]:
    graph: list[dict[str, object]] = [{"id": "in", "type": "inputNode", "name": "in"}]
    for number, expressions in enumerate(nodes):
        listed = [{"id": f"{number}-{key}", "key": key, "value": value} for key, value in expressions]
        content = {"expressions": listed, "passThrough": number < len(nodes) - 1}
        graph.append({"id": f"n{number}", "type": "expressionNode", "name": f"n{number}", "content": content})
    graph.append({"id": "out", "type": "outputNode", "name": "out"})
    edges = [
        {"id": f"e{number}", "type": "edge", "sourceId": one["id"], "targetId": other["id"]}
        for number, (one, other) in enumerate(pairwise(graph))
    ]
    return {"nodes": graph, "edges": edges}


def _rule(plain: Plain, rule: Rule) -> str:
    when = _holds(plain, rule.when)
    return when if rule.unless is None else f"({when}) and not ({_holds(plain, rule.unless)})"


def _acts(plain: Plain, rule: Rule) -> str:
    return f"{plain.names[rule.id]} and not ({_any(plain, plain.book.overriders[rule.id])})"


def _holds(plain: Plain, condition: Condition) -> str:
    parts = [_met(plain, atom) for atom in condition.atoms]
    if condition.any_of:
        parts.append("(" + " or ".join(f"({_holds(plain, branch)})" for branch in condition.any_of) + ")")
    return " and ".join(parts) or "true"


def _met(plain: Plain, atom: Atom) -> str:
    if atom.name in plain.book.findings:
        found = plain.findings[atom.name]
        wanted = TRUE in atom.values, FALSE in atom.values
        return {(True, True): "true", (True, False): found, (False, True): f"not {found}"}.get(wanted, "false")
    if len(atom.values) == 1:
        return f"{atom.name} == '{atom.values[0]}'"
    return f"{atom.name} in [{', '.join(repr(value) for value in atom.values)}]"


def _any(plain: Plain, rules: Sequence[str]) -> str:
    return " or ".join(plain.acts(id) for id in rules) or "false"


def _verdict(plain: Plain, option: str) -> str:
    said = "".join(f"({_any(plain, rules)}) ? '{verdict}' : " for verdict, rules in plain.drawers(option))
    return f"{said}'silent'"
