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
from tests.oracle import Oracle
from tests.strategies import rulebooks, situations

Facts = Mapping[str, str]

made_up = hypothesis.settings(
    max_examples=30,
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
    """A rulebook, often with a constraint or two."""
    book = draw(rulebooks())
    constraints = draw(st.lists(_nevers(book), max_size=2))
    return replace(
        book, constraints=tuple(Constraint(f"never-{number}", never) for number, never in enumerate(constraints))
    )


@st.composite
def _nevers(draw: st.DrawFn, book: Rulebook) -> Condition:
    names = draw(
        st.lists(st.sampled_from(sorted(book.facts)), min_size=min(2, len(book.facts)), max_size=2, unique=True)
    )
    return Condition(tuple(Atom(id, (draw(st.sampled_from(sorted(book.facts[id].values))),)) for id in names))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rulebook, dict[str, str]]:
    """A rulebook and facts that its constraints allow."""
    book = draw(books())
    facts = draw(situations(book))
    hypothesis.assume(allowed(book, facts))
    return book, facts


def allowed(book: Rulebook, facts: Facts) -> bool:
    """Return whether no constraint rules the situation out."""
    return not any(constraint.never.holds(facts) for constraint in book.constraints)


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
