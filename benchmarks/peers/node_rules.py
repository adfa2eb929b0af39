"""json-rules-engine: a rule for each of ours, strata by priority, findings as facts that are added on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.peers.rulebook import Plain, draws, finds
from plenipo.rulebook.model import FALSE, TRUE, Atom, Condition, Rule

Node = dict[str, object]


def encode(plain: Plain) -> str:
    """Return the rules as JSON, and the facts that are false until a rule says otherwise."""
    acting = [plain.acts(id) for id in plain.names if plain.book.rules[id].overrides or id in plain.book.overriders]
    start = dict.fromkeys(
        [*plain.findings.values(), *acting, *(plain.names[id] for id in plain.book.overriders)], False
    )
    return json.dumps({"rules": list(_rules(plain)), "start": start, "options": len(plain.book.options)})


def _rules(plain: Plain) -> Iterator[Node]:
    priority = 10_000
    options = {option: number for number, option in enumerate(plain.book.options)}
    for rules, _ in plain.levels():
        for rule in rules:
            name = plain.names[rule.id]
            finding = [plain.findings[found] for found in finds(rule)]
            drawn = {"add": finding, "drawn": [[options[option], verdict] for option, verdict in draws(rule)]}
            number = int(name[1:])
            if rule.id not in plain.book.overriders:
                drawn["add"] = [*finding, *([name] if rule.overrides else [])]
                yield _rule(name, priority, _conditions(plain, rule), {"fired": number, **drawn})
                continue
            yield _rule(name, priority, _conditions(plain, rule), {"fired": number, "add": [name], "drawn": []})
            free = [_is(name, True), *(_is(plain.acts(by), False) for by in plain.book.overriders[rule.id])]
            drawn["add"] = [*finding, plain.acts(rule.id)]
            yield _rule(plain.acts(rule.id), priority - 1, {"all": free}, drawn)
        priority -= 2


def _rule(name: str, priority: int, conditions: Node, params: Node) -> Node:
    return {"name": name, "priority": priority, "conditions": conditions, "event": {"type": name, "params": params}}


def _conditions(plain: Plain, rule: Rule) -> Node:
    when = _parts(plain, rule.when)
    return {"all": when if rule.unless is None else [*when, {"not": {"all": _parts(plain, rule.unless)}}]}


def _parts(plain: Plain, condition: Condition) -> list[Node]:
    parts = [_met(plain, atom) for atom in condition.atoms]
    if condition.any_of:
        parts.append({"any": [{"all": _parts(plain, branch)} for branch in condition.any_of]})
    return parts


def _met(plain: Plain, atom: Atom) -> Node:
    if atom.name in plain.book.findings:
        wanted = [word == TRUE for word in (TRUE, FALSE) if word in atom.values]
        return {"fact": plain.findings[atom.name], "operator": "in", "value": wanted}
    return {"fact": atom.name, "operator": "in", "value": list(atom.values)}


def _is(name: str, value: bool) -> Node:
    return {"fact": name, "operator": "equal", "value": value}
