"""Every engine, and the advice, against the oracle, on rulebooks and situations that hypothesis makes up."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Protocol

import hypothesis
import pytest
from hypothesis import strategies as st

from plenipo.advice.conclude import Advice, conclude
from plenipo.engines.answers import AnswerEngine
from plenipo.engines.production import ProductionEngine
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Rulebook, Situation, Verb
from tests.oracle import Oracle
from tests.strategies import rulebooks, situations

#: How many rulebooks to try; with PLENIPO_FUZZ set, others every time.
BOOKS = int(os.environ.get("PLENIPO_FUZZ", "40"))

thoroughly = hypothesis.settings(
    max_examples=BOOKS,
    derandomize="PLENIPO_FUZZ" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


class Engine(Protocol):
    """What every engine does."""

    def fires(self, facts: Mapping[str, str]) -> frozenset[str]:
        """Say which rules fire."""


#: A rulebook and situations for it.
Case = tuple[Rulebook, list[dict[str, str]]]


def cases(books: st.SearchStrategy[Rulebook]) -> st.SearchStrategy[Case]:
    """Make up five situations for each of the rulebooks."""
    return books.flatmap(lambda book: st.tuples(st.just(book), st.lists(situations(book), min_size=5, max_size=5)))


def check_advice(advice: Advice, oracle: Oracle) -> None:
    """Compare the whole of what was concluded with what the oracle says."""
    assert oracle.fired == set(advice.fired)
    assert oracle.overridden == {firing.rule.id for firing in advice.trace if firing.overridden_by}
    assert oracle.findings == advice.findings
    assert oracle.verdicts == {id: option.verdict for id, option in advice.options.items()}
    assert oracle.cautions == {id: {rule.id for rule in option.cautions} for id, option in advice.options.items()}


def check_order(advice: Advice) -> None:
    """All that met a rule was given, or settled by rules earlier in the trace, as were its overriders."""
    facts = advice.situation.facts
    settled: set[str] = set()
    past: set[str] = set()
    for firing in advice.trace:
        for atom in firing.met:
            finding = TRUE if atom.name in settled else FALSE
            value = finding if atom.name in advice.rulebook.findings else facts.get(atom.name, UNKNOWN)
            assert value in atom.values
        assert past.issuperset(firing.overridden_by)
        past.add(firing.rule.id)
        settled |= {drawn.on for drawn in firing.drew if drawn.verb is Verb.FIND}


def check_replay(advice: Advice) -> None:
    """What the trace says was drawn is all it takes to find the findings and the verdicts again."""
    drawn = {(conclusion.verb.value, conclusion.on) for firing in advice.trace for conclusion in firing.drew}
    assert advice.findings == {on for verb, on in drawn if verb == "find"}
    for id, option in advice.options.items():
        verdicts = [verb for verb in ("done", "avoid", "defer", "recommend", "consider") if (verb, id) in drawn]
        assert option.verdict == (verdicts or ["silent"])[0]


@pytest.mark.parametrize("engine_of", [ProductionEngine, AnswerEngine])
@thoroughly
@hypothesis.given(case=cases(rulebooks()))
def test_engine_and_advice_agree_with_the_oracle(engine_of: Callable[[Rulebook], Engine], case: Case) -> None:
    book, some = case
    engine = engine_of(book)
    for facts in some:
        fired = engine.fires(facts)
        advice = conclude(book, Situation(facts), fired)
        check_advice(advice, Oracle(book, facts))
        check_order(advice)
        check_replay(advice)
