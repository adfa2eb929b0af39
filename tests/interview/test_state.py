"""The questionnaire without a screen: where answers lead, and that it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.counsel.brief import brief
from plenipo.errors import UsageError
from plenipo.interview import Interview, begin
from plenipo.interview import branches as branches_of
from plenipo.interview.next_question import telling
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.situations.constraints import possible_values
from plenipo.situations.edit import FactFileText, blank
from tests.strategies import rulebooks

BOOK = plenipo.load_rulebook()


def answered(interview: Interview, values: Callable[[tuple[str, ...]], str]) -> Interview:
    """Return a questionnaire answered to its end, each question with one of its values or `unknown`."""
    for _ in range(len(interview.rulebook.facts) + 2):
        question = interview.question
        if question is None:
            if interview.about or interview.refining or interview.thorough:
                return interview
            interview = interview.go_on()
            continue
        assert question.fact.id not in interview.answers
        interview = interview.answer(values((*question.values, UNKNOWN)))
    raise AssertionError("it does not end")


def told(text: FactFileText) -> dict[str, str]:
    """Return what a text says, "not known" included."""
    return {**dict.fromkeys(text.declined, UNKNOWN), **text.situation.facts}


@given(st.data())
@settings(max_examples=20)
def test_whatever_the_answers_the_last_advice_is_that_on_the_saved_file(data: st.DataObject) -> None:
    about = data.draw(st.lists(st.sampled_from(sorted(BOOK.options)), min_size=1, max_size=3, unique=True))
    interview = answered(begin(BOOK, about=about), lambda values: data.draw(st.sampled_from(values)))
    text = FactFileText(BOOK, blank("Made up", "2026-01-01")).with_answers(interview.answers)
    saved = plenipo.advise(text.situation, rulebook=BOOK)
    assert {id: said.verdict for id, said in saved.options.items()} == {
        id: said.verdict for id, said in interview.advice.options.items()
    }
    assert told(text) == interview.answers
    assert interview.asking.open == ()


@given(rulebooks(), st.data())
@settings(max_examples=25)
def test_random_walks_keep_every_answer_and_end(book: Rulebook, data: st.DataObject) -> None:
    interview, given_so_far = begin(book), dict[str, str]()
    text = FactFileText(book, blank("Walk", ""))
    for _ in range(data.draw(st.integers(0, 20))):
        step = data.draw(st.sampled_from(("answer", "answer", "answer", "back", "revisit", "forward", "go on")))
        question = interview.question
        if step == "answer" and question is not None:
            value = data.draw(st.sampled_from((*question.values, UNKNOWN)))
            given_so_far[question.fact.id] = value
            interview = interview.answer(value)
            text = text.with_answers(interview.answers)
        elif step == "back":
            interview = interview.back()
        elif step == "revisit":
            interview = interview.revisit(data.draw(st.sampled_from(sorted(book.facts))))
        elif step == "forward":
            interview = interview.forward()
        elif step == "go on":
            interview = interview.go_on()
        assert interview.answers == given_so_far
        assert told(text) == given_so_far
    end = answered(interview.forward(), lambda values: data.draw(st.sampled_from(values)))
    assert end.asking.open == ()
    assert not end.thorough or not end.left


@given(rulebooks(), st.data())
@settings(max_examples=20)
def test_what_was_not_asked_would_have_changed_nothing(book: Rulebook, data: st.DataObject) -> None:
    end = answered(begin(book), lambda values: data.draw(st.sampled_from(values)))
    more = {fact: data.draw(st.sampled_from((*book.facts[fact].values, UNKNOWN))) for fact in end.left}
    full = Interview(book, answers={**end.answers, **more})
    assert {id: said.verdict for id, said in full.advice.options.items()} == {
        id: said.verdict for id, said in end.advice.options.items()
    }


def test_back_goes_through_the_answers_and_keeps_them() -> None:
    interview = begin(BOOK)
    asked = []
    for _ in range(3):
        assert interview.question is not None
        asked.append(interview.question.fact.id)
        interview = interview.answer(next(iter(interview.question.values)))
    for fact in reversed(asked):
        interview = interview.back()
        assert interview.question is not None
        assert (interview.question.fact.id, interview.question.held) == (fact, interview.answers[fact])
    assert interview.back() is interview
    changed = interview.answer(UNKNOWN)
    assert list(changed.answers) == asked
    assert changed.answers[asked[0]] == UNKNOWN
    assert changed.question is not None
    assert changed.question.fact.id not in asked


def test_about_asks_only_what_bears_on_the_options() -> None:
    interview = begin(BOOK, about=["four_party_talks"])
    bearing = {"us_china_friction", "dprk_wants_china", "wider_format_appetite"}
    assert set(interview.asking.questions) <= bearing
    assert not interview.moving
    assert interview.go_on().left == tuple(fact for fact in BOOK.facts if fact in bearing)
    assert answered(interview, lambda values: values[0]).answers.keys() <= bearing


def test_going_on_asks_the_rest_for_completeness() -> None:
    begun = begin(BOOK, plenipo.load_situation("hypothetical-final-settlement"))
    end = answered(begun, lambda values: values[0])
    assert end.question is None
    whole = end.go_on() if end.left else end
    while (question := whole.question) is not None:
        assert question.idle
        whole = whole.answer(next(iter(question.values)))
    assert whole.answers.keys() == BOOK.facts.keys()


def answered_while_it_asks(interview: Interview, data: st.DataObject) -> Interview:
    """Return a questionnaire answered at random until it asks no more by itself."""
    while (question := interview.question) is not None:
        interview = interview.answer(data.draw(st.sampled_from((*question.values, UNKNOWN))))
    return interview


def with_orienting(book: Rulebook) -> Rulebook:
    """Return a rulebook in which every second fact places a situation."""
    facts = {id: replace(fact, orienting=place % 2 == 1) for place, (id, fact) in enumerate(book.facts.items())}
    return replace(book, facts=facts)


@given(rulebooks().map(with_orienting), st.data())
@settings(max_examples=25)
def test_where_the_main_advice_stands_no_single_answer_changes_it(book: Rulebook, data: st.DataObject) -> None:
    end = answered_while_it_asks(begin(book), data)
    assert end.stands
    now = brief(end.advice)
    assert len(end.left) + len(end.answers) == len(book.facts)
    for fact in end.left:
        for value in possible_values(book, end.known, fact):
            then = brief(plenipo.advise({**end.known, fact: value}, rulebook=book))
            for part in ("lead", "not_yet", "beware"):
                assert [each.option.id for each in getattr(then, part)] == [
                    each.option.id for each in getattr(now, part)
                ]


@given(rulebooks().map(with_orienting), st.data())
@settings(max_examples=25)
def test_what_places_a_situation_comes_first_in_the_order_of_the_rulebook(book: Rulebook, data: st.DataObject) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(book.facts))))
    begun = begin(book, declined=known)
    orienting = [id for id, fact in book.facts.items() if fact.orienting and id not in known]
    for fact in orienting:
        assert begun.question is not None
        assert begun.question.fact.id == fact
        begun = begun.answer(data.draw(st.sampled_from((*begun.question.values, UNKNOWN))))
    assert begun.question is None or begun.question.fact.id in begun.moving


@given(rulebooks(), st.data())
@settings(max_examples=15)
def test_going_back_and_changing_an_answer_is_like_giving_it_at_once(book: Rulebook, data: st.DataObject) -> None:
    end = answered_while_it_asks(begin(book), data)
    if not end.answers:
        end = end.rest_unknown()
    assert end.answers
    for fact in end.answers:
        looked = end.revisit(fact).question
        assert looked is not None
        value = data.draw(st.sampled_from((*looked.values, UNKNOWN)))
        changed = end.revisit(fact).answer(value)
        assert changed.choice == Interview(book, answers={**end.answers, fact: value}).choice
        assert set(changed.moving) == set(Interview(book, answers={**end.answers, fact: value}).moving)


def test_the_rest_is_not_known() -> None:
    interview = begin(BOOK, plenipo.load_situation({"us_china_friction": "high"})).rest_unknown()
    assert interview.question is None
    assert interview.known == {"us_china_friction": "high"}
    assert interview.answers.keys() == BOOK.facts.keys()


def test_it_stays_with_a_subject_while_that_is_nearly_as_telling() -> None:
    begun = Interview(BOOK, answers={id: UNKNOWN for id, fact in BOOK.facts.items() if fact.orienting})
    fixes = telling(BOOK, {}, {id: tuple(BOOK.facts[id].values) for id in begun.left})
    best = max(begun.moving, key=lambda fact: fixes[fact])
    groups = {fact.group for fact in BOOK.facts.values()}
    assert groups
    for group in groups:
        same = [fixes[id] for id in begun.moving if BOOK.facts[id].group == group]
        question = replace(begun, subject=group).question
        assert question is not None
        if same and max(same) >= 0.7 * fixes[best]:
            assert (question.fact.group, fixes[question.fact.id]) == (group, max(same))
        else:
            assert fixes[question.fact.id] == fixes[best]


def test_why_never_names_a_rule_that_the_answer_rules_out() -> None:
    facts_asked = list(BOOK.facts)[::15]
    assert facts_asked
    for asked in facts_asked:
        found = branches_of(begin(BOOK).revisit(asked))
        assert found
        for branch in found:
            facts = {} if branch.value == UNKNOWN else {asked: branch.value}
            advice = plenipo.advise(facts)
            named = {rule.id: id for id, rule in branch.because.items()}
            named |= {rule.id: each.option.id for each in branch.consequences for rule in each.rules}
            assert all(rule in [each.id for each in advice.options[id].decided_by] for rule, id in named.items())


def test_why_tells_what_each_answer_turns_and_settles() -> None:
    interview = begin(BOOK, about=["four_party_talks"]).revisit("us_china_friction")
    branches = {branch.value: branch.consequences for branch in branches_of(interview)}
    (high,) = branches["high"]
    assert (high.before, high.after, high.settled, high.turned) == ("silent", "defer", True, True)
    assert "rivalry-defers-four-party" in [rule.id for rule in high.rules]
    assert list(branches) == ["low", "moderate", "high", UNKNOWN]
    assert branches[UNKNOWN] == ()


def test_answers_that_cannot_be_given_are_refused() -> None:
    interview = begin(BOOK, plenipo.load_situation({"negotiating_agenda": "nothing"})).revisit("working_level")
    for text in ("drafting", "nonsense"):
        with pytest.raises(UsageError, match="is not an answer"):
            interview.answer(text)
    with pytest.raises(UsageError, match="did you mean `us_china_friction`"):
        interview.revisit("us_china_frictoin")
    with pytest.raises(UsageError, match="no option is called"):
        begin(BOOK, about=["four_party_talk"])
    with pytest.raises(UsageError, match="nothing is asked"):
        begin(BOOK).rest_unknown().answer(UNKNOWN)


def test_answers_that_exclude_one_another_end_the_asking() -> None:
    interview = Interview(BOOK, answers={"negotiating_agenda": "nothing", "working_level": "drafting"})
    assert interview.question is None
    assert interview.go_on().question is None
    assert [constraint.id for constraint in interview.broken] == ["text-has-a-subject"]
    mended = interview.revisit("working_level").answer("none")
    assert mended.broken == ()
    assert mended.question is not None


def test_the_library_call_goes_on_from_a_situation() -> None:
    interview = plenipo.interview("late-summer-2020", declined=["dprk_wants_china"], about=["us_dprk_talks"])
    assert interview.answers["dprk_wants_china"] == UNKNOWN
    assert interview.situation.title.startswith("Late summer 2020")
