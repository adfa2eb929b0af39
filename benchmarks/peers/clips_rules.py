"""CLIPS: one fact for the situation, a rule for each of ours, strata by salience; what came of it in two globals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.peers.rulebook import Plain, draws, finds
from plenipo.rulebook.model import FALSE, TRUE, Atom, Condition, Rule


def encode(plain: Plain) -> Sequence[str]:
    """Return the constructs; a situation gives every slot, as `unknown` where it is not known."""
    slots = " ".join(f"(slot {fact})" for fact in plain.book.facts)
    constructs = [f"(deftemplate s {slots})", '(defglobal ?*fired* = "" ?*drawn* = "")']
    return [*constructs, *_rules(plain)]


def _rules(plain: Plain) -> Iterator[str]:
    salience = 10_000
    options = {option: number for number, option in enumerate(plain.book.options)}
    for rules, _ in plain.levels():
        for rule in rules:
            fires = f'(bind ?*fired* (str-cat ?*fired* "{plain.names[rule.id][1:]} "))'
            drawn = " ".join([*_asserted(plain, rule), *_told(rule, options)])
            if rule.id not in plain.book.overriders:
                yield _rule(plain.names[rule.id], salience, _conditions(plain, rule), f"{fires} {drawn}")
                continue
            name = plain.names[rule.id]
            yield _rule(name, salience, _conditions(plain, rule), f"{fires} (assert ({name}))")
            free = " ".join(f"(not ({plain.acts(by)}))" for by in plain.book.overriders[rule.id])
            yield _rule(plain.acts(rule.id), salience - 1, f"({name}) {free}", drawn)
        salience -= 2


def _rule(name: str, salience: int, when: str, then: str) -> str:
    return f"(defrule rule-{name} (declare (salience {salience})) {when} => {then})"


def _asserted(plain: Plain, rule: Rule) -> Iterator[str]:
    if rule.overrides:
        yield f"(assert ({plain.acts(rule.id)}))"
    for finding in finds(rule):
        yield f"(assert ({plain.findings[finding]}))"


def _told(rule: Rule, options: dict[str, int]) -> Iterator[str]:
    if told := " ".join(f"{options[option]}:{verdict}" for option, verdict in draws(rule)):
        yield f'(bind ?*drawn* (str-cat ?*drawn* "{told} "))'


def _conditions(plain: Plain, rule: Rule) -> str:
    when = _holds(plain, rule.when)
    blocked = "" if rule.unless is None else f" (not {_joined('and', _parts(plain, rule.unless))})"
    # a condition that is always met still needs a fact to start from
    return f"(s){blocked}" if not when else f"{when}{blocked}"


def _holds(plain: Plain, condition: Condition) -> str:
    return " ".join(_parts(plain, condition))


def _parts(plain: Plain, condition: Condition) -> list[str]:
    slots = " ".join(f"({atom.name} {'|'.join(atom.values)})" for atom in condition.atoms if _fact(plain, atom))
    parts = [f"(s {slots})"] if slots else []
    parts += [_found(plain, atom) for atom in condition.atoms if not _fact(plain, atom)]
    if condition.any_of:
        parts.append(_joined("or", [_joined("and", _parts(plain, branch)) for branch in condition.any_of]))
    return parts


def _joined(word: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word} {' '.join(parts)})"


def _fact(plain: Plain, atom: Atom) -> bool:
    return atom.name not in plain.book.findings


def _found(plain: Plain, atom: Atom) -> str:
    found = f"({plain.findings[atom.name]})"
    if TRUE in atom.values:
        return "(s)" if FALSE in atom.values else found
    return f"(not {found})"
