"""Releases: what a deferred option waits for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import hypothesis
import pytest

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.inquiry.change import change
from plenipo.inquiry.waiting import waiting
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import ENCOURAGING
from tests.answers import advise, advised, few
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES, STORM

Book = Callable[..., Rulebook]


@pytest.fixture
def harbour(book: Book) -> Rulebook:
    return book(RULES, options=OPTIONS, findings=FINDINGS)


def test_a_deferred_option_tells_which_answers_it_waits_for(harbour: Rulebook) -> None:
    (release,) = waiting("sail", advise(harbour, STORM)).releases
    assert [(need.name, need.values, need.now) for need in release.needs] == [("wind", ("calm", "breeze"), "storm")]


def test_a_way_out_of_one_deferral_into_another_is_no_way_out(harbour: Rulebook) -> None:
    found = waiting("cross", advise(harbour, {**STORM, "moon": "false"})).releases
    assert [{need.name for need in release.needs} for release in found] == [{"moon", "tide", "wind"}]


def test_it_waits_for_all_that_makes_it_worth_doing(book: Book) -> None:
    rules = """
    - {id: no-moon, when: {moon: no}, then: {defer: fish}}
    - {id: by-moonlight, when: {moon: yes, tide: yes}, then: {recommend: fish}}
    """
    (release,) = waiting("fish", advise(book(rules), {"moon": "false"})).releases
    assert [need.name for need in release.needs] == ["tide", "moon"]


def test_what_is_always_deferred_waits_for_nothing(book: Book) -> None:
    assert waiting("paint", advise(book("- {id: never, then: {defer: paint}}"), {})).releases == ()


@hypothesis.settings(few, max_examples=80)
@hypothesis.given(advised())
def test_every_release_has_the_option_advised_or_considered(held: list[object], advice: Advice) -> None:
    for option, waits in plenipo.outlook(advice).waits.items():
        for release in waits:
            held.append(release)
            assert all(advice.situation.facts.get(need.name, UNKNOWN) == need.now for need in release.needs)
            for answers in product(*(need.values for need in release.needs)):
                changed = dict(zip((need.name for need in release.needs), answers, strict=True))
                after = advise(advice.rulebook, {**advice.situation.facts, **changed})
                assert after.options[option].verdict in ENCOURAGING


def test_it_waits_for_what_diplomacy_can_work_on(book: Book) -> None:
    facts = """
    facts:
      sea:
        moon: {ask: Is there a moon?, values: boolean, movable: false}
        tide: {ask: Is it high?, values: boolean}
        afloat: {ask: Is she afloat?, values: boolean}
    """
    rules = """
    - {id: floats, when: {afloat: yes}, then: {done: sail}}
    - {id: aground, when: {tide: no, moon: no}, unless: {afloat: yes}, then: {defer: sail}}
    - {id: high-tide, unless: {afloat: yes}, then: {consider: sail}}
    """
    (release,) = waiting("sail", advise(book(rules, facts=facts), {"moon": "false", "tide": "false"})).releases
    assert [(need.name, need.values) for need in release.needs] == [("tide", ("true",))]


def test_it_waits_for_the_calendar_where_nothing_else_would_do(book: Book) -> None:
    facts = "facts: {sea: {moon: {ask: Is there a moon?, values: boolean, movable: false, calendar: true}}}"
    rules = """
    - {id: dark, when: {moon: no}, then: {defer: fish}}
    - {id: fine, then: {consider: fish}}
    """
    (release,) = waiting("fish", advise(book(rules, facts=facts), {"moon": "false"})).releases
    assert [(need.name, need.values) for need in release.needs] == [("moon", ("true",))]


def test_it_waits_for_nothing_that_neither_diplomacy_nor_time_brings(book: Book) -> None:
    facts = "facts: {sea: {moon: {ask: Is there a moon?, values: boolean, movable: false}}}"
    rules = """
    - {id: dark, when: {moon: no}, then: {defer: fish}}
    - {id: fine, then: {consider: fish}}
    """
    assert waiting("fish", advise(book(rules, facts=facts), {"moon": "false"})).releases == ()


def test_k15_nobody_is_advised_to_wait_for_a_move_of_kims() -> None:
    needed = {
        need.name
        for situation in plenipo.situations()
        for waits in plenipo.outlook(plenipo.advise(situation)).waits.values()
        for release in waits
        for need in release.needs
    }
    assert needed
    assert "kim_initiative" not in needed


def test_it_is_what_a_change_within_reach_would_take() -> None:
    advice = plenipo.advise("late-summer-2020")
    waits = plenipo.outlook(advice).waits["working_level_talks"]
    ways = [
        way
        for verdict in ENCOURAGING
        for way in change(advice, "working_level_talks", verdict, hold=["working_level"]).ways
    ]
    least = min(len(way.facts) for way in ways)
    assert {frozenset(way.facts) for way in ways if len(way.facts) == least} == {
        frozenset(need.name for need in release.needs) for release in waits
    }
