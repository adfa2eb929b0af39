"""
Well-formed rulebooks and situations, made up by hypothesis.

No circle can arise: rules and findings have levels, a rule reads only findings below its level and finds only those
at or above it, and overrides only rules that come after it when sorted by level. Names are drawn apart from levels, so
no order of names or of rules tells the order of dependence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from plenipo.rulebook.model import (
    FALSE,
    TRUE,
    UNKNOWN,
    Atom,
    Basis,
    Conclusion,
    Condition,
    Fact,
    Finding,
    Option,
    Rule,
    Rulebook,
    Strength,
    Verb,
)

LEVELS = 4
BOOLEAN = (TRUE, FALSE)
SCALE = ("none", "low", "high")
OPTION_VERBS = tuple(verb for verb in Verb if verb is not Verb.FIND)

#: Ids that mean something else to Python, experta, clingo, SQL or a batch, and ids that differ in a sign alone.
AWKWARD = (
    *("class", "not", "def", "lambda", "none", "self", "import", "in", "is", "or"),
    *("and", "if", "else", "as", "with", "match", "print", "fact", "rule", "findall"),
    *("exists", "forall", "test", "salience", "get", "copy", "items", "keys", "declare", "run"),
    *("fired", "fired_0", "fired_1", "case", "key", "file", "row", "line", "count", "len"),
    *("index", "literal", "column", "name", "select", "from", "group", "order", "table", "null_"),
    *("a-b", "a_b", "a--b", "a__b", "x", "v", "f", "x__", "x0", "show"),
    *("const", "include", "inf", "sup", "external", "holds", "unless", "recommend", "silent", "find"),
)

#: The names a condition may speak of (likelier ones several times), each with the values to compare it with.
Names = Sequence[tuple[str, Sequence[str]]]


@st.composite
def rulebooks(draw: st.DrawFn, fewest: Sequence[int] = (1, 6, 10), most: int = 14) -> Rulebook:
    """A rulebook of `most` rules at most, in which findings stand on findings and exceptions have exceptions."""
    call = draw(_callings())
    facts = {call(f"f{n}"): draw(st.sampled_from((BOOLEAN, SCALE))) for n in range(draw(st.integers(1, 4)))}
    findings = {call(f"s{n}"): n % LEVELS for n in range(draw(st.sampled_from((4, 6, 0))))}
    options = [call(f"o{n}") for n in range(draw(st.integers(1, 3)))]
    levels = sorted(draw(st.lists(st.integers(0, LEVELS), min_size=draw(st.sampled_from(fewest)), max_size=most)))
    names = draw(st.permutations([call(f"r{n}") for n in range(len(levels))]))
    rules: list[Rule] = []
    for name, level in zip(names, levels, strict=True):
        found = {drawn.on for rule in rules for drawn in rule.then}
        readable = [(id, BOOLEAN) for id, height in findings.items() if height < level]
        likely = [(id, values) for id, values in readable if id in found] * 6
        comparable = [(id, (*values, UNKNOWN)) for id, values in facts.items()] + readable + likely
        conclusions = _conclusions([id for id, height in findings.items() if height >= level], options)
        rules.append(draw(_rules(name, comparable, conclusions)))
    rules = [replace(rule, overrides=draw(_targets(rules[place + 1 :]))) for place, rule in enumerate(rules)]
    return Rulebook(
        {id: Fact(id, "facts", "What about it?", {value: value for value in values}) for id, values in facts.items()},
        {id: Option(id, "options", f"Option {n}") for n, id in enumerate(options)},
        {id: Finding(id, f"Finding {n} holds.") for n, id in enumerate(findings)},
        {rule.id: rule for rule in draw(st.permutations(rules))},
    )


def _callings() -> st.SearchStrategy[Callable[[str], str]]:
    """Ways to call things: by their plain ids, or by awkward ones for as long as there are any."""
    awkward = st.integers(0, len(AWKWARD) - 1).map(lambda turn: iter(AWKWARD[turn:] + AWKWARD[:turn]))
    return st.one_of(st.just(iter(())), awkward).map(lambda ids: lambda plain: next(ids, plain))


def large_rulebooks() -> st.SearchStrategy[Rulebook]:
    """Rulebooks of 33 to 70 rules: more than one integer of 32 bits can tell of."""
    return rulebooks(fewest=(33, 33, 60), most=70)


def situations(rulebook: Rulebook) -> st.SearchStrategy[dict[str, str]]:
    """Facts for a rulebook, each given a value, called unknown, or left out."""
    values = {id: st.sampled_from([*fact.values, *fact.values, UNKNOWN]) for id, fact in rulebook.facts.items()}
    return st.fixed_dictionaries({}, optional=values)


def _conclusions(findings: Sequence[str], options: Sequence[str]) -> st.SearchStrategy[Conclusion]:
    on_option = st.builds(Conclusion, st.sampled_from(OPTION_VERBS), st.sampled_from(options))
    if not findings:
        return on_option
    found = st.builds(Conclusion, st.just(Verb.FIND), st.sampled_from(findings))
    return st.one_of(found, found, on_option)


def _targets(rules: Sequence[Rule]) -> st.SearchStrategy[tuple[str, ...]]:
    """Rules to override, likelier those that find something: that has the furthest consequences."""
    if not rules:
        return st.just(())
    finding = [rule.id for rule in rules if any(drawn.verb is Verb.FIND for drawn in rule.then)]
    likely = st.sampled_from(finding * 3 + [rule.id for rule in rules])
    return st.one_of(st.just(()), st.lists(likely, min_size=1, max_size=2, unique=True).map(tuple))


@st.composite
def _rules(draw: st.DrawFn, name: str, comparable: Names, conclusions: st.SearchStrategy[Conclusion]) -> Rule:
    then = draw(st.lists(conclusions, min_size=1, max_size=2, unique=True))
    when = draw(_conditions(comparable))
    unless = draw(st.one_of(st.none(), st.none(), _conditions(comparable)))
    basis, strength = draw(st.sampled_from(Basis)), draw(st.sampled_from(Strength))
    return Rule(name, "made-up", tuple(then), "", (), basis, strength, when, unless)


@st.composite
def _conditions(draw: st.DrawFn, comparable: Names, depth: int = 2) -> Condition:
    chosen = draw(st.lists(st.sampled_from(comparable), max_size=2, unique_by=lambda pair: pair[0]))
    atoms = tuple(Atom(id, draw(_values(values))) for id, values in chosen)
    branching = depth > 0 and draw(st.integers(0, 3)) == 0
    branches = draw(st.lists(_conditions(comparable, depth - 1), min_size=1, max_size=3)) if branching else []
    return Condition(atoms, tuple(branches))


def _values(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    one = st.sampled_from(values).map(lambda value: (value,))
    return st.one_of(one, one, st.lists(st.sampled_from(values), min_size=2, max_size=2, unique=True).map(tuple))
