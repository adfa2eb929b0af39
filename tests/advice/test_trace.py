"""The trace: which rules fired, in which order, by what, and why the others did not."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis
import pytest

from plenipo.advice.conclude import Advice
from plenipo.advice.explain import FactNode
from plenipo.advice.trace import Trace, trace
from plenipo.errors import UsageError
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from tests.answers import advise, advised, few
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES, STORM

Book = Callable[..., Rulebook]
NOTED = Situation(STORM, notes={"wind": "The church has lost its roof."})


@pytest.fixture
def storm(book: Book) -> Advice:
    return advise(book(RULES, options=OPTIONS, findings=FINDINGS), NOTED)


def fired(found: Trace) -> list[str]:
    return [each.node.rule.id for each in found.fired]


def unfired(found: Trace) -> dict[str, object]:
    return {each.node.rule.id: each for each in found.unfired}


@few
@hypothesis.given(advised())
def test_every_rule_is_in_it_once_and_after_what_it_waits_for(advice: Advice) -> None:
    found = trace(advice)
    assert fired(found) == [firing.rule.id for firing in advice.trace]
    assert [each.number for each in found.fired] == list(range(1, len(advice.trace) + 1))
    assert sorted([*fired(found), *unfired(found)]) == sorted(advice.rulebook.rules)
    for each in found.fired:
        by = [other.rule.id for other in each.node.overridden_by]
        by += [rule.rule.id for met in each.met if not isinstance(met, FactNode) for rule in met.finders if rule.acts]
        assert all(found.numbers[id] < each.number for id in by)


@few
@hypothesis.given(advised())
def test_a_rule_is_met_by_what_holds_and_lacks_what_does_not(advice: Advice) -> None:
    found = trace(advice)
    assert all(met.holds for each in found.fired for met in each.met)
    for each in found.unfired:
        if each.lacks is None:
            assert each.node.when.holds
            assert each.node.unless is not None
            assert all(met.holds for met in each.exception)
        else:
            assert not each.lacks.holds
            assert not each.node.when.holds


def test_facts_come_with_their_notes_and_findings_with_their_finders(storm: Advice) -> None:
    by_id = {each.node.rule.id: each for each in trace(storm).fired}
    (wind,) = by_id["storm-is-rough"].met
    assert isinstance(wind, FactNode)
    assert (wind.fact.id, wind.value, wind.note) == ("wind", "storm", "The church has lost its roof.")
    (rough,) = by_id["wait-out-the-storm"].met
    assert not isinstance(rough, FactNode)
    assert [finder.rule.id for finder in rough.finders if finder.acts] == ["storm-is-rough"]


def test_what_gave_way_names_what_it_gave_way_to(storm: Advice) -> None:
    by_id = {each.node.rule.id: each for each in trace(storm).fired}
    (sail,) = by_id["sail-anyway"].drew
    assert [rule.id for rule in sail.outranked_by] == ["wait-out-the-storm"]
    assert by_id["wait-out-the-storm"].drew[0].outranked_by == ()
    assert by_id["rest-now"].drew == ()
    assert [by.rule.id for by in by_id["rest-now"].node.overridden_by] == ["rested"]


def test_what_did_not_fire_says_what_it_lacks_first(storm: Advice) -> None:
    others = {each.node.rule.id: each for each in trace(storm).unfired}
    calm = others["calm-is-safe"].lacks
    assert isinstance(calm, FactNode)
    assert (calm.fact.id, calm.wanted, calm.value) == ("wind", ("calm", "breeze"), "storm")
    tide = others["across-on-the-tide"].lacks
    assert isinstance(tide, FactNode)
    assert (tide.fact.id, tide.value) == ("tide", "false")


def test_an_exception_and_alternatives_are_named(book: Book) -> None:
    rules = """\
- {id: sail-by-day, when: {wind: calm}, unless: {sky: dark}, then: {recommend: sail}, because: It is day.}
- {id: sail-some-day, when: {any: [{wind: storm}, {moon: true}]}, then: {consider: sail}, because: Some day.}
"""
    found = trace(advise(book(rules), {"wind": "calm", "sky": "dark"}))
    blocked, neither = found.unfired
    assert blocked.lacks is None
    assert [term.value for term in blocked.exception] == ["dark"]
    assert neither.alternatives
    assert isinstance(neither.lacks, FactNode)
    assert (neither.lacks.fact.id, neither.lacks.value) == ("wind", "calm")


def test_it_is_narrowed_to_rules_options_and_findings(storm: Advice) -> None:
    assert fired(trace(storm, rules=["sail-anyway", "calm-is-safe"])) == ["sail-anyway"]
    assert list(unfired(trace(storm, rules=["sail-anyway", "calm-is-safe"]))) == ["calm-is-safe"]
    assert set(fired(trace(storm, options=["sail"]))) == {"sail-anyway", "wait-out-the-storm", "mind-the-reef"}
    assert fired(trace(storm, findings=True)) == ["storm-is-rough"]
    assert trace(storm, findings=True, options=["sail"]).fired == ()
    whole, narrow = trace(storm), trace(storm, options=["sail"])
    assert all(each.number == whole.numbers[each.node.rule.id] for each in narrow.fired)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rules": ["sail-anywy"]}, "did you mean `sail-anyway`"),
        ({"rules": ["wind"]}, "it is a fact"),
        ({"options": ["sale"]}, "did you mean `sail`"),
    ],
)
def test_names_that_are_not_there_are_refused(storm: Advice, asked: dict[str, list[str]], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        trace(storm, **asked)  # type: ignore[arg-type]


def test_an_unknown_fact_is_lacking_as_unknown(book: Book) -> None:
    found = trace(advise(book(RULES, options=OPTIONS, findings=FINDINGS), {}))
    lacks = {each.node.rule.id: each.lacks for each in found.unfired}["calm-is-safe"]
    assert isinstance(lacks, FactNode)
    assert (lacks.value, lacks.known) == (UNKNOWN, False)
