"""Made-up rulebooks whose rules cite two essays, what is likely in them, and every likely situation one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import hypothesis
from hypothesis import strategies as st

from plenipo.inquiry.robustness import Robustness, robustness
from plenipo.rulebook.model import UNKNOWN, Proposition, Rulebook, Situation, Source, Strength
from tests.answers import advise
from tests.made_up.constrained import books, made_up, verdict
from tests.oracle import allowed

Case = tuple[Rulebook, Situation]
#: Each case is worked out situation by situation.
few = hypothesis.settings(made_up, max_examples=15)
Weights = Mapping[str, Mapping[str, Fraction]]
PROPOSITIONS = {
    source: {
        id: Proposition(id, source, 1, "premise", Strength.PLAIN, "So it is.") for id in (f"{source}01", f"{source}02")
    }
    for source in ("A", "B")
}
IDS = [id for said in PROPOSITIONS.values() for id in said]


@st.composite
def cited(draw: st.DrawFn) -> Rulebook:
    """A rulebook, often with a constraint, each rule of which cites one essay or both."""
    book = draw(books())
    cites = st.lists(st.sampled_from(IDS), min_size=1, max_size=2, unique=True).map(tuple)
    rules = {
        id: replace(rule, cite=draw(cites), jointly=draw(st.integers(0, 3)) == 0) for id, rule in book.rules.items()
    }
    sources = {id: Source(id, "Somebody", f"{id}.txt", (), said) for id, said in PROPOSITIONS.items()}
    return replace(book, rules=rules, sources=sources)


@st.composite
def uncertain(draw: st.DrawFn) -> tuple[Rulebook, Situation]:
    """A rulebook, and a situation in which something is likely and at least one situation is possible."""
    book = draw(cited())
    known: dict[str, str] = {}
    likely: dict[str, dict[str, Fraction]] = {}
    for id, fact in book.facts.items():
        kind = draw(st.sampled_from(("likely", "likely", "known", "unknown")))
        if kind == "likely":
            chosen = draw(st.lists(st.sampled_from([*fact.values, UNKNOWN]), min_size=1, unique=True))
            weights = [draw(st.integers(1, 5)) for _ in chosen]
            likely[id] = {value: Fraction(weight, sum(weights)) for value, weight in zip(chosen, weights, strict=True)}
        elif kind == "known":
            known[id] = draw(st.sampled_from(sorted(fact.values)))
    situation = Situation(known, likely=likely)
    hypothesis.assume(any(len(weights) > 1 for weights in likely.values()))
    hypothesis.assume(allowed(book, known) and any(True for _ in likely_situations(book, situation)))
    return book, situation


def likely_situations(book: Rulebook, situation: Situation) -> Iterator[tuple[dict[str, str], Fraction]]:
    """Yield every likely situation that the constraints allow, as its facts, with its weight."""
    for values in product(*(weights.items() for weights in situation.likely.values())):
        drawn = dict(zip(situation.likely, (value for value, _ in values), strict=True))
        facts = {**situation.facts, **{id: value for id, value in drawn.items() if value != UNKNOWN}}
        if allowed(book, facts):
            weight = Fraction(1)
            for _, share in values:
                weight *= share
            yield facts, weight


def shares(book: Rulebook, found: list[tuple[dict[str, str], Fraction]], option: str) -> dict[str, Fraction]:
    """Return the share of each verdict over some weighted situations."""
    total = sum(weight for _, weight in found)
    counted: dict[str, Fraction] = {}
    for facts, weight in found:
        said = verdict(book, facts, option)
        counted[said] = counted.get(said, Fraction(0)) + weight / total
    return counted


def answered(case: Case, **how: object) -> Robustness:
    """Return the robustness of advice on a situation."""
    book, situation = case
    advice = replace(advise(book, situation.facts), situation=situation)
    return robustness(advice, **how)  # type: ignore[arg-type]
