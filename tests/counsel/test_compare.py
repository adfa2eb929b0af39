"""Comparing situations: which verdicts differ, and the smallest part of the difference that explains each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations

import hypothesis
import pytest
from hypothesis import strategies as st

import plenipo
from plenipo.counsel.choice import choose
from plenipo.counsel.compare import compare
from plenipo.counsel.salience import weigh
from plenipo.errors import UsageError
from plenipo.inquiry.waiting import Release, ahead
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, few
from tests.made_up.constrained import WAYS, books, cases, made_up, verdict
from tests.made_up.constrained import choose as answer_by
from tests.strategies import situations


@pytest.mark.parametrize("way", WAYS)
@made_up
@hypothesis.given(book=books(), data=st.data())
def test_every_smallest_part_of_the_difference_is_found(
    way: str, held: list[object], book: Rulebook, data: st.DataObject
) -> None:
    book = Rulebook(book.facts, book.options, book.findings, book.rules)
    old, new = data.draw(situations(book)), data.draw(situations(book))
    with pytest.MonkeyPatch.context() as patch:
        answer_by(way, patch)
        found = compare(advise(book, old), advise(book, new))
    turns = {turn.option.id: turn for turn in found.turns}
    held += found.turns
    for option in book.options:
        before, after = verdict(book, old, option), verdict(book, new, option)
        if before == after:
            assert option not in turns
            continue
        assert (turns[option].before, turns[option].after) == (before, after)
        parts = [
            part
            for size in range(1, len(found.facts) + 1)
            for part in combinations(found.facts, size)
            if verdict(book, {**old, **{id: new.get(id, UNKNOWN) for id in part}}, option) == after
        ]
        smallest = {part for part in parts if len(part) == len(parts[0])}
        assert set(turns[option].because) == smallest
        assert len(turns[option].because) == len(smallest)


@few
@hypothesis.given(case=cases(), data=st.data())
def test_what_is_said_to_differ_is_what_the_two_advices_differ_in(
    held: list[object], case: tuple[Rulebook, dict[str, str]], data: st.DataObject
) -> None:
    book, old = case
    new = data.draw(situations(book))
    before, after = advise(book, old), advise(book, new)
    found = compare(before, after)
    verdicts, reasons, cautions = set(), set(), set()
    for id in book.options:
        one, other = before.options[id], after.options[id]
        if one.verdict is not other.verdict:
            verdicts.add(id)
        elif {*one.decided_by} != {*other.decided_by}:
            reasons.add(id)
        cautions |= {(id, rule.id) for rule in {*one.cautions} ^ {*other.cautions}}
    held += [*verdicts, *reasons, *cautions]
    assert {*found.differences.verdicts} == verdicts == {turn.option.id for turn in found.turns}
    assert {*found.differences.reasons} == reasons
    assert {*found.differences.cautions} == cautions
    assert {*found.differences.findings} == before.findings ^ after.findings
    for advice, said in ((before, found.there), (after, found.here)):
        facts = {id: value for id, value in advice.situation.facts.items() if value != UNKNOWN}
        assert said.choice == choose(book, weigh(book, facts)[0], facts)
    waits = [
        {id: ahead(releases, book) for id, releases in plenipo.outlook(advice).waits.items()}
        for advice in (before, after)
    ]
    both = [id for id in waits[0] if id in waits[1]]
    assert {*found.waits} == {id for id in both if needs(waits[0][id]) != needs(waits[1][id])}


def needs(releases: Iterable[Release]) -> set[frozenset[tuple[str, tuple[str, ...]]]]:
    return {frozenset((need.name, need.values) for need in release.needs) for release in releases}


@few
@hypothesis.given(case=cases(), data=st.data())
def test_a_fact_that_differs_alone_is_idle_only_if_nothing_differs(
    case: tuple[Rulebook, dict[str, str]], data: st.DataObject
) -> None:
    book, old = case
    fact = data.draw(st.sampled_from(sorted(book.facts)))
    new = {**old, fact: data.draw(st.sampled_from(sorted(book.facts[fact].values)))}
    hypothesis.assume(old.get(fact) != new[fact])
    found = compare(advise(book, old), advise(book, new))
    same = found.there == found.here and not found.waits
    assert found.idle == ((fact,) if same else ())


def test_only_what_differs_is_listed(book: Callable[..., Rulebook]) -> None:
    boats = book()
    found = compare(advise(boats, {"wind": "calm", "tide": "true"}), advise(boats, {"wind": "calm", "sky": "dark"}))
    assert found.facts == {"sky": (UNKNOWN, "dark"), "tide": ("true", UNKNOWN)}
    (turn,) = found.turns
    assert (turn.option.id, turn.before, turn.after) == ("sail", Verdict.RECOMMEND, Verdict.AVOID)
    assert turn.because == (("sky",),)
    assert found.idle == ("tide",)


def test_different_rulebooks_cannot_be_compared(book: Callable[..., Rulebook]) -> None:
    with pytest.raises(UsageError, match="different rulebooks"):
        compare(advise(book(), {}), advise(book(), {}))


def test_a_situation_beside_itself_differs_in_nothing() -> None:
    found = plenipo.compare("late-summer-2020", "late-summer-2020")
    assert not found.facts
    assert not found.turns


def test_a_fact_that_changes_cautions_alone_is_not_said_to_do_nothing() -> None:
    willing = plenipo.load_situation("late-summer-2020", changes={"dprk_willing_to_talk": True})
    found = plenipo.compare("late-summer-2020", willing)
    assert not found.turns
    assert found.differences.cautions
    assert found.idle == ()
    text = plenipo.render(found, width=200)
    assert f"First, in another order: {found.after.rulebook.options[found.here.choice.lead[0]].title}; " in text
    assert "No verdict changes; 3 cautions and 1 finding do." in text
    assert "nothing changes because of it" not in text


def test_what_leads_anew_and_no_longer_is_said_first_in_a_line_each() -> None:
    found = plenipo.compare("late-summer-2020", "november-2020-transition")
    before, after = (
        [named.option.title for named in plenipo.brief(advice).lead] for advice in (found.before, found.after)
    )
    new = "; ".join(title for title in after if title not in before)
    still = "; ".join(title for title in before if title not in after)
    assert new
    assert still
    opening, leads, *_ = plenipo.render(found, width=120).split("\n\n")
    assert opening.startswith("Late summer 2020: the American campaign → November 2020")
    assert leads.split("\n")[:2] == [f"New first: {new}", f"Still advised, no longer among the first: {still}"]


def test_where_the_same_leads_in_another_order_only_that_is_said() -> None:
    same = plenipo.compare("late-summer-2020", "late-summer-2020")
    lead = same.here.choice.lead
    turned = replace(same, here=replace(same.here, choice=replace(same.here.choice, lead=lead[::-1])))
    titles = [same.before.rulebook.options[id].title for id in lead]
    assert f"First, as before: {'; '.join(titles)}" in plenipo.render(same, width=200)
    text = plenipo.render(turned, width=200)
    assert f"First, in another order: {'; '.join(titles[::-1])}" in text
    assert "ew first" not in text
    assert "onger first" not in text


def test_a_situation_and_a_variant_of_it_are_named_once_with_what_is_varied() -> None:
    campaign = plenipo.load_situation("late-summer-2020")
    willing = plenipo.load_situation("late-summer-2020", changes={"dprk_willing_to_talk": True})
    friction = plenipo.load_situation(
        "late-summer-2020", changes={"dprk_willing_to_talk": True, "us_china_friction": "low"}
    )
    title = "Late summer 2020: the American campaign"
    for other, said in (
        (campaign, ""),
        (willing, ", with Pyongyang's willingness to negotiate: no → yes"),
        (friction, ", with 2 facts changed"),
    ):
        assert plenipo.render(plenipo.compare(campaign, other), width=200).split("\n")[0] == f"{title}{said}"


def test_a_wait_names_nothing_that_lies_in_the_past() -> None:
    found = plenipo.compare("late-summer-2020", "november-2020-transition")
    book = found.before.rulebook
    for advice, place in ((found.before, 0), (found.after, 1)):
        calendar = [id for id, fact in book.facts.items() if fact.calendar and id in advice.situation.facts]
        needed = [need for waits in found.waits.values() for each in waits[place].releases for need in each.needs]
        for need in needed:
            if need.name in calendar:
                order = list(book.facts[need.name].values)
                assert all(order.index(value) > order.index(need.now) for value in need.values)
    text = " ".join(plenipo.render(found).split())
    assert "was waiting until Kim names a counterpart now waits until a new administration is in office and" in text
    assert "an American vote lies ahead, a new" not in text
