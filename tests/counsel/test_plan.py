"""The plan: what is said first, in which order, and what waits for what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import hypothesis
import pytest

from plenipo.advice.conclude import Advice
from plenipo.counsel.plan import Plan, PlanEntry, plan
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, advised, few
from tests.made_up.harbour import CALM, FINDINGS, OPTIONS, RULES, STORM

GROUPS = ("first", "now", "then", "consider", "hold", "avoid", "done")
Book = Callable[..., Rulebook]


@pytest.fixture
def harbour(book: Book) -> Rulebook:
    return book(RULES, options=OPTIONS, findings=FINDINGS)


def ids(entries: tuple[PlanEntry, ...]) -> list[str]:
    return [entry.option.id for entry in entries]


def everywhere(entries: tuple[PlanEntry, ...]) -> Iterator[PlanEntry]:
    for entry in entries:
        yield entry
        yield from everywhere(entry.parts)


def told(made: Plan) -> list[PlanEntry]:
    return [entry for name in GROUPS for entry in everywhere(getattr(made, name))]


def test_what_others_wait_for_comes_first_and_they_come_then(harbour: Rulebook) -> None:
    made = plan(advise(harbour, CALM))
    assert ids(made.first) == ["crew"]
    assert ids(made.then) == ["sail"]
    assert [tie.option.id for tie in made.then[0].after] == ["crew"]


def test_what_goes_together_stands_together_and_says_so_on_both_sides(harbour: Rulebook) -> None:
    made = plan(advise(harbour, CALM))
    mend, paint = (entry for entry in made.now if entry.option.id in {"mend", "paint"})
    assert {mend.beside[0].option.id, paint.beside[0].option.id} == {"mend", "paint"}
    assert abs(made.now.index(mend) - made.now.index(paint)) == 1


def test_elements_stand_under_the_option_they_are_part_of_with_their_own_verdict(harbour: Rulebook) -> None:
    sail = plan(advise(harbour, CALM)).then[0]
    assert {part.option.id: part.verdict.value for part in sail.parts} == {"net": "consider", "dynamite": "avoid"}


def test_elements_of_what_is_held_are_held_with_it_unless_they_are_advised_against(harbour: Rulebook) -> None:
    made = plan(advise(harbour, STORM))
    (sail,) = (entry for entry in made.hold if entry.option.id == "sail")
    assert ids(sail.parts) == ["net"]
    assert "net" not in ids(made.consider)
    assert "dynamite" in ids(made.avoid)


def test_a_step_that_is_done_holds_nothing_up(book: Book) -> None:
    rules = RULES + "- {id: hired, when: {moon: true}, then: {done: crew}}\n"
    made = plan(advise(book(rules, options=OPTIONS, findings=FINDINGS), {**CALM, "moon": "true"}))
    assert "sail" in ids(made.now)
    assert made.now[ids(made.now).index("sail")].after == ()


def test_what_is_advised_against_follows_nothing(book: Book) -> None:
    options = "options:\n  sea:\n    a: {title: A}\n    b: {title: B, after: [a]}\n"
    rules = "- {id: r-a, then: {recommend: a}}\n- {id: r-b, then: {avoid: b}}\n"
    (entry,) = plan(advise(book(rules, options=options), {})).avoid
    assert (entry.option.id, entry.after) == ("b", ())


@few
@hypothesis.given(advised())
def test_an_entry_gives_the_word_of_the_rule_that_decides_first(held: list[object], advice: Advice) -> None:
    for entry in told(plan(advice)):
        first, *others = advice.options[entry.option.id].decided_by
        held.append(entry)
        assert entry.reason is first
        assert entry.others == tuple(others)


def test_options_under_discussion_are_told_first_whatever_their_verdict(harbour: Rulebook) -> None:
    situation = Situation(CALM, considering=("sell", "sing", "sail"))
    assert ids(plan(advise(harbour, situation)).considering) == ["sell", "sing", "sail"]


def test_a_stronger_word_comes_before_a_weaker_one(book: Book) -> None:
    rules = """\
- {id: r1, then: {recommend: mend}, strength: might}
- {id: r2, then: {recommend: paint}, strength: must}
"""
    assert ids(plan(advise(book(rules), {})).now) == ["paint", "mend"]


def test_entries_come_by_what_waits_for_them_then_strength_then_basis_then_id(book: Book) -> None:
    options = """\
options:
  sea:
    a: {title: A}
    b: {title: B}
    c: {title: C, after: [b]}
    d: {title: D, after: [a]}
    e: {title: E, after: [b]}
    p: {title: P}
    q: {title: Q}
    r: {title: R}
    s: {title: S}
"""
    words = {
        "a": "must, basis: stated",
        "b": "might, basis: inferred",
        "p": "plain, basis: inferred",
        "q": "should, basis: inferred",
        "r": "plain, basis: stated",
        "s": "plain, basis: inferred",
    }
    rules = [f"- {{id: r-{id}, then: {{recommend: {id}}}, strength: {how}}}" for id, how in words.items()]
    rules += [f"- {{id: r-{id}, then: {{recommend: {id}}}}}" for id in "cde"]
    made = plan(advise(book("\n".join(rules) + "\n", options=options), {}))
    assert ids(made.first) == ["b", "a"]
    assert ids(made.now) == ["q", "r", "p", "s"]


def test_reasons_come_from_the_strongest_rule_and_citations_from_all(book: Book) -> None:
    rules = """\
- {id: a, then: {recommend: paint}, because: Weak., strength: might, cite: [B02]}
- {id: b, then: {recommend: paint}, because: Strong., strength: must, cite: [A01]}
"""
    (entry,) = plan(advise(book(rules), {})).now
    assert entry.reason is not None
    assert (entry.reason.because, entry.reason.cite, entry.reason.strength) == ("Strong.", ("A01",), "must")


@few
@hypothesis.given(advised())
def test_every_option_has_one_place(advice: Advice) -> None:
    made = plan(advice)
    placed = [entry.option.id for entry in told(made)] + [option.id for option in made.silent]
    assert sorted(placed) == sorted(advice.rulebook.options)
    assert all(entry.verdict is advice.options[entry.option.id].verdict for entry in told(made))


@few
@hypothesis.given(advised())
def test_groups_hold_what_their_names_say(advice: Advice) -> None:
    made = plan(advice)
    live = {Verdict.RECOMMEND, Verdict.CONSIDER, Verdict.DEFER}
    for entry in (*made.first, *made.now, *made.then):
        assert entry.verdict is Verdict.RECOMMEND
    for entry in (*made.first, *made.now):
        assert not entry.after
    awaited = {tie.option.id for entry in told(made) for tie in entry.after}
    assert set(ids(made.first)) <= awaited
    assert not set(ids(made.now)) & awaited
    for entry in made.then:
        assert {advice.options[tie.option.id].verdict for tie in entry.after} <= live
        assert entry.after


@few
@hypothesis.given(advised())
def test_the_plan_never_depends_on_the_order_of_the_rulebook(advice: Advice) -> None:
    book = advice.rulebook
    turned = Rulebook(_turned(book.facts), _turned(book.options), _turned(book.findings), _turned(book.rules))
    again = plan(advise(turned, advice.situation))
    for name in GROUPS:
        assert getattr(again, name) == getattr(plan(advice), name)


def _turned(part: Mapping[str, Any]) -> dict[str, Any]:
    return dict(reversed(list(part.items())))
