"""SWI-Prolog: a situation is one term, a rule a clause that reads its arguments, a verdict tried in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import starmap

from benchmarks.peers.rulebook import Plain
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Atom, Condition, Rule


def encode(plain: Plain) -> str:
    """Return the program: `answer(S, Fired, Verdicts)` answers one situation."""
    return "\n".join([":- style_check(-singleton).", ":- style_check(-discontiguous).", *_clauses(plain), ""])


def situations(plain: Plain, cases: Sequence[Mapping[str, str]]) -> str:
    """Return the situations, a clause each."""
    terms = (", ".join(_text(case.get(fact, UNKNOWN)) for fact in plain.book.facts) for case in cases)
    return "".join(f"situation({number}, s({term})).\n" for number, term in enumerate(terms))


def _clauses(plain: Plain) -> Iterator[str]:
    for id, name in plain.names.items():
        rule = plain.book.rules[id]
        yield f"{name}(S) :- {_rule(plain, rule)}."
        if id in plain.book.overriders:
            yield f"{plain.acts(id)}(S) :- {name}(S), \\+ {_any(plain, plain.book.overriders[id])}."
    for finding, name in plain.findings.items():
        yield f"{name}(S) :- {_any(plain, plain.finders[finding])}."
    for number, option in enumerate(plain.book.options):
        tried = [f"{_any(plain, rules)} -> V = {verdict}" for verdict, rules in plain.drawers(option)]
        yield f"v{number}(S, V) :- ( {' ; '.join([*tried, 'V = silent'])} )."
    count = len(plain.names)
    yield f"fires(S, N) :- between(0, {count - 1}, N), rule(N, S)."
    yield from starmap("rule({0}, S) :- {1}(S), !.".format, enumerate(plain.names.values()))
    verdicts = [f"V{number}" for number in range(len(plain.book.options))]
    asked = ", ".join(f"v{number}(S, {name})" for number, name in enumerate(verdicts))
    yield f"answer(S, Fired, [{', '.join(verdicts)}]) :- findall(N, fires(S, N), Fired), {asked}."


def _rule(plain: Plain, rule: Rule) -> str:
    when = _holds(plain, rule.when)
    return when if rule.unless is None else f"{when}, \\+ ({_holds(plain, rule.unless)})"


def _holds(plain: Plain, condition: Condition) -> str:
    parts = [_met(plain, atom) for atom in condition.atoms]
    if condition.any_of:
        parts.append("( " + " ; ".join(f"({_holds(plain, branch)})" for branch in condition.any_of) + " )")
    return ", ".join(parts) or "true"


def _met(plain: Plain, atom: Atom) -> str:
    if atom.name in plain.book.findings:
        found = f"{plain.findings[atom.name]}(S)"
        wanted = TRUE in atom.values, FALSE in atom.values
        return {(True, True): "true", (True, False): found, (False, True): f"\\+ {found}"}.get(wanted, "fail")
    place = list(plain.book.facts).index(atom.name) + 1
    if len(atom.values) == 1:
        return f"arg({place}, S, {_text(atom.values[0])})"
    variable = f"X{place}"
    tests = " ; ".join(f"{variable} == {_text(value)}" for value in atom.values)
    return f"\\+ \\+ (arg({place}, S, {variable}), ({tests}))"


def _any(plain: Plain, rules: Sequence[str]) -> str:
    return "( " + (" ; ".join(f"{plain.acts(id)}(S)" for id in rules) or "fail") + " )"


def _text(value: str) -> str:
    return f"'{value}'"
