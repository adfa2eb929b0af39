"""Made-up rulebooks with constraints, and every way to complete a situation, worked out one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import product

import hypothesis
import pytest
from hypothesis import strategies as st

from plenipo.engines.bitset import truth_table
from plenipo.rulebook.model import UNKNOWN, Atom, Condition, Constraint, Rulebook
from tests.oracle import Oracle, allowed
from tests.strategies import rulebooks, situations

Facts = Mapping[str, str]

made_up = hypothesis.settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
#: Both ways in which inquiries are answered: by truth tables, and by the answer-set engine where tables would not do.
WAYS = ("tables", "answers")


def choose(way: str, patch: pytest.MonkeyPatch) -> None:
    """Have every question that follows answered in one of the ways."""
    patch.setattr(truth_table, "MOST_ROWS", 0 if way == "answers" else 1 << 18)


@st.composite
def books(draw: st.DrawFn) -> Rulebook:
    """A rulebook, often with a constraint or two, and at times with several that leave a fact no value."""
    return draw(constrained(draw(rulebooks())))


@st.composite
def constrained(draw: st.DrawFn, book: Rulebook) -> Rulebook:
    """A rulebook with constraints that allow something: any, chains from fact to fact, and facts left no value."""
    nevers = draw(st.lists(_nevers(book), max_size=draw(st.sampled_from((2, 2, 5)))))
    if draw(st.booleans()):
        nevers += draw(_leaving_no_value(book))
    constraints = tuple(Constraint(f"never-{number}", never) for number, never in enumerate(nevers))
    while not allowed(replace(book, constraints=constraints), {}):
        constraints = constraints[1:]
    return replace(book, constraints=constraints)


@st.composite
def _nevers(draw: st.DrawFn, book: Rulebook) -> Condition:
    names = draw(st.lists(st.sampled_from(sorted(book.facts)), min_size=1, max_size=3, unique=True))
    tests = [_test(draw, book, id) for id in names]
    if len(tests) == 3:
        return Condition((tests[0],), (Condition((tests[1],)), Condition((tests[2],))))
    return Condition(tuple(tests))


@st.composite
def _leaving_no_value(draw: st.DrawFn, book: Rulebook) -> list[Condition]:
    """For each value of a fact another one that rules it out, so that these leave it none."""
    left, *others = draw(st.permutations(sorted(book.facts)))
    values = book.facts[left].values
    return [Condition((Atom(left, (value,)), *_tests(draw, book, others))) for value in values]


def _tests(draw: st.DrawFn, book: Rulebook, among: list[str]) -> list[Atom]:
    return [_test(draw, book, draw(st.sampled_from(among)))] if among else []


def _test(draw: st.DrawFn, book: Rulebook, fact: str) -> Atom:
    values = sorted(book.facts[fact].values)
    return Atom(fact, tuple(sorted(draw(st.sets(st.sampled_from(values), min_size=1, max_size=2)))))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rulebook, dict[str, str]]:
    """A rulebook and facts that its constraints allow."""
    book = draw(books())
    facts = draw(situations(book))
    hypothesis.assume(allowed(book, facts))
    return book, facts


def verdict(book: Rulebook, facts: Facts, option: str) -> str:
    """Return a verdict as the oracle gives it."""
    return _verdicts(book, tuple(sorted(facts.items())))[option]


@lru_cache(maxsize=10_000)
def _verdicts(book: Rulebook, facts: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return Oracle(book, dict(facts)).verdicts


def completions(book: Rulebook, facts: Facts) -> Iterator[dict[str, str]]:
    """Yield every way of filling in what is unknown that the constraints allow."""
    unknown = [id for id in book.facts if facts.get(id, UNKNOWN) == UNKNOWN]
    for values in product(*(book.facts[id].values for id in unknown)):
        complete = {**facts, **dict(zip(unknown, values, strict=True))}
        if allowed(book, complete):
            yield complete
