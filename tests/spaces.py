"""Small rulebooks with constraints and citations, made up by hypothesis, and all situations that they allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from hypothesis import strategies as st

from plenipo.rulebook.model import UNKNOWN, Basis, Rulebook
from tests.made_up.constrained import constrained
from tests.oracle import Oracle, allowed
from tests.strategies import rulebooks

#: As many situations as a brute search over a rulebook should have to look at.
MOST = 48
PROPOSITIONS = ("A01", "A02", "A03")


@st.composite
def spaces(draw: st.DrawFn) -> Rulebook:
    """A rulebook that allows few situations; its rules cite, and sometimes facts exclude one another."""
    book = draw(rulebooks().filter(lambda book: prod(len(fact.values) + 1 for fact in book.facts.values()) <= MOST))
    cited = st.lists(st.sampled_from(PROPOSITIONS), max_size=2, unique=True).map(tuple)
    rules = {id: replace(rule, cite=draw(cited)) for id, rule in book.rules.items()}
    return draw(constrained(replace(book, rules=rules)))


def situations(book: Rulebook) -> Iterator[dict[str, str]]:
    """Yield every situation that a rulebook allows, facts that are unknown left out."""
    for values in product(*((*fact.values, UNKNOWN) for fact in book.facts.values())):
        facts = {id: value for id, value in zip(book.facts, values, strict=True) if value != UNKNOWN}
        if allowed(book, facts):
            yield facts


@dataclass(frozen=True)
class Answer:
    """The answer to a situation, down to the grounds of each verdict and finding."""

    verdicts: Mapping[str, str]
    findings: frozenset[str]
    grounds: frozenset[tuple[str, str, Basis]]
    cautions: frozenset[tuple[str, str]]


def answer(book: Rulebook, facts: Mapping[str, str]) -> Answer:
    """Return the answer that the oracle gives."""
    found = Oracle(book, facts)
    deciding = {
        (drawn.on, id)
        for id in found.acting
        for drawn in book.rules[id].then
        if drawn.verb == "find" or drawn.verb == found.verdicts.get(drawn.on)
    }
    grounds = {(on, cited, basis) for on, id in deciding for cited in book.rules[id].cite for basis in _given(book, id)}
    cautions = {(option, id) for option, ids in found.cautions.items() for id in ids}
    return Answer(found.verdicts, frozenset(found.findings), frozenset(grounds), frozenset(cautions))


def without(book: Rulebook, id: str) -> Rulebook:
    """Return a rulebook without one of its rules."""
    rules = {other: rule for other, rule in book.rules.items() if other != id}
    return replace(
        book,
        rules={
            other: replace(rule, overrides=tuple(each for each in rule.overrides if each != id))
            for other, rule in rules.items()
        },
    )


def _given(book: Rulebook, id: str) -> tuple[Basis, ...]:
    return (Basis.STATED, Basis.INFERRED) if book.rules[id].basis is Basis.STATED else (Basis.INFERRED,)
