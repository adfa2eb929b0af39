"""Robustness at scale: samples, held to the exact answer, and rulebooks with too many situations to list."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import prod

import hypothesis
import pytest
from benchmarks import synthetic
from hypothesis import strategies as st

import plenipo
from plenipo.advice.conclude import conclude
from plenipo.engines.bitset import diagrams
from plenipo.errors import UsageError
from plenipo.inquiry.robustness import Mover, Robustness, measure, robustness
from plenipo.inquiry.scope import scope
from plenipo.rulebook.model import (
    Atom,
    Basis,
    Conclusion,
    Condition,
    Fact,
    Option,
    Rule,
    Rulebook,
    Situation,
    Strength,
    Verb,
)
from plenipo.rulebook.verdict import Verdict
from tests.made_up.likely import Case, answered, few, uncertain
from tests.made_up.short import rule, rulebook


@few
@hypothesis.given(uncertain(), st.integers(0, 9))
def test_what_is_drawn_is_within_four_standard_errors(case: Case, seed: int) -> None:
    drawn = answered(case, samples=20_000, seed=seed)
    assert (drawn.drawn, drawn.seed) == (20_000, seed)
    assert drawn.counted == round(20_000 * (1 - drawn.excluded))
    hypothesis.assume(drawn.counted > 2000)
    hold_within(answered(case), drawn)


def hold_within(exact: Robustness, drawn: Robustness) -> None:
    """Hold shares, swings and survival of samples to the exact ones; rare things may be missed altogether."""
    few = 4 / drawn.counted
    for option, leaning in exact.options.items():
        sampled = drawn.options[option]
        for verdict, share in leaning.shares.items():
            assert abs(sampled.shares.get(verdict, 0) - share) <= 4 * drawn.error(share) + few
        for source, share in leaning.staying.items():
            assert abs(sampled.staying[source] - share) <= 4 * drawn.error(share) + few
        if sampled.held is leaning.held:
            moving = {mover.fact: mover.shares for mover in leaning.movers}
            for mover in sampled.movers:
                most, least = (
                    moving[mover.fact][value].get(sampled.held, 0) if mover.fact in moving else 0
                    for value in (mover.most, mover.least)
                )
                assert abs(mover.swing - (most - least)) <= 4 * mover.error + 20 * few
    for source, survival in exact.survival.items():
        found = drawn.survival[source]
        assert abs(found.every - survival.every) <= 4 * found.errors["every"] + few
        for name in ("spoken", "silenced", "turned"):
            assert abs(getattr(found, name) - getattr(survival, name)) <= 4 * found.errors[name] + few


@pytest.mark.parametrize("seed", range(8))
def test_bundled_samples_are_within_four_standard_errors(seed: int) -> None:
    exact = plenipo.robust("hypothetical-likely-worlds")
    drawn = plenipo.robust("hypothetical-likely-worlds", samples=5000, seed=seed)
    assert exact.exact
    assert not drawn.exact
    hold_within(exact, drawn)


def test_the_error_of_a_swing_is_that_of_a_difference_of_shares() -> None:
    drawn = plenipo.robust("hypothetical-likely-worlds", samples=4000, seed=5)
    (mover,) = (each for each in drawn.options["four_party_talks"].movers if each.fact == "us_china_friction")
    exact = plenipo.robust("hypothetical-likely-worlds").options["four_party_talks"]
    assert all(mover.error == 0 and mover.sure for mover in exact.movers)
    # Half of the situations have much friction, and none of these considers; of the others some 12 in 100 do.
    assert (mover.most, mover.least) in {("high", "moderate"), ("high", "low")}
    likely = {"moderate": 0.35, "low": 0.15}[mover.least]
    share = float(mover.shares[mover.least][Verdict.DEFER])
    assert mover.error == pytest.approx((share * (1 - share) / (4000 * likely)) ** 0.5, rel=0.1)


def test_a_change_that_chance_would_often_give_is_not_said_to_be_one() -> None:
    mover = Mover("moon", Fraction(1, 100), "true", "false", {}, 0.006)
    assert not mover.sure
    assert replace(mover, error=0.004).sure


def test_a_larger_rulebook_is_weighed_exactly_as_well() -> None:
    book = synthetic.rulebook(300)
    reached = scope(book)
    widest = sorted(book.options, key=lambda option: -len(reached.facts(option)))[:4]
    assert all(prod(len(book.facts[fact].values) for fact in reached.facts(option)) > 10**15 for option in widest)
    advice = conclude(book, Situation({}), ())
    exact = robustness(advice, equally=["unknown"], about=widest, exact=True)
    drawn = robustness(advice, equally=["unknown"], about=widest, samples=20_000)
    assert exact.exact
    hold_within(exact, drawn)


def test_what_takes_too_many_steps_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    as_ever = plenipo.robust({}, equally=["unknown"])
    monkeypatch.setattr(measure, "MOST_STEPS", 40)
    monkeypatch.setattr(measure, "USUAL_SAMPLES", 5000)
    drawn = plenipo.robust({}, equally=["unknown"])
    assert (drawn.drawn, drawn.exact, as_ever.exact) == (5000, False, True)
    assert any(leaning.sampled for leaning in drawn.options.values())
    hold_within(as_ever, drawn)


def test_a_seed_draws_the_same_samples_again() -> None:
    book = plenipo.load_rulebook()
    one, same, other = (plenipo.robust({}, equally=["unknown"], samples=500, seed=s, rulebook=book) for s in (1, 1, 2))
    assert one.options == same.options
    assert one.options != other.options


def test_samples_drawn_in_several_goes_are_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plenipo.inquiry.robustness.measure.SAMPLES_AT_ONCE", 300)
    found = plenipo.robust({}, equally=["us_china_friction"], samples=1000)
    assert (found.drawn, found.counted) == (1000, 1000)
    assert (
        found.options["six_party_talks"].shares.keys()
        == plenipo.robust({}, equally=["us_china_friction"]).options["six_party_talks"].shares.keys()
    )


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagrams, "CLOCK_STEPS", 1)
    with pytest.raises(UsageError, match=r"too many likely situations to look at every one in time: .* facts"):
        plenipo.robust({}, equally=["unknown"], exact=True, seconds=0)


def test_very_many_facts_are_too_many_and_no_fault() -> None:
    facts = {f"fact_{n}": Fact(f"fact_{n}", "facts", "Is it so?", {"true": "yes", "false": "no"}) for n in range(1500)}
    every = Condition(tuple(Atom(fact, ("true",)) for fact in facts))
    rule = Rule(
        "all-of-them", "r", (Conclusion(Verb.AVOID, "sail"),), "", (), Basis.STATED, Strength.PLAIN, every, None
    )
    book = Rulebook(facts, {"sail": Option("sail", "options", "Set sail")}, {}, {rule.id: rule})
    advice = conclude(book, Situation({}), ())
    with pytest.raises(UsageError, match="`sail` turns on 1500 facts that vary"):
        robustness(advice, equally=["unknown"], exact=True)
    assert robustness(advice, equally=["unknown"], samples=9).options["sail"].held is Verdict.SILENT


def test_a_seed_draws_what_it_has_always_drawn() -> None:
    book = rulebook(
        rule("dark", "avoid sail", when={"sky": ("dark",)}),
        rule("calm", "recommend sail", when={"sky": ("clear", "cloudy"), "wind": "calm"}),
        rule("storm", "defer sail", when={"wind": "storm"}),
    )
    likely = {
        "sky": {"clear": Fraction(1, 2), "cloudy": Fraction(3, 10), "dark": Fraction(1, 5)},
        "wind": {"calm": Fraction(2, 3), "storm": Fraction(1, 3)},
    }
    found = plenipo.robust(Situation(likely=likely), rulebook=book, samples=1000, seed=7).options["sail"]
    counted = {verdict.value: int(share * 1000) for verdict, share in found.shares.items()}
    assert counted == {"avoid": 216, "defer": 241, "recommend": 543}
