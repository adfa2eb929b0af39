"""Change: the smallest sets of facts that give an option a verdict, and what prevents it where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product

import hypothesis
import pytest
from hypothesis import strategies as st

import plenipo
from plenipo.errors import UsageError
from plenipo.inquiry.bounds import MOST_CHOICES
from plenipo.inquiry.change import change
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise
from tests.made_up.constrained import WAYS, Facts, cases, choose, made_up, verdict
from tests.oracle import allowed


def brute(book: Rulebook, facts: Facts, option: str, wanted: str, free: list[str]) -> set[tuple[tuple[str, str], ...]]:
    """Every smallest choice of new values, tried one by one, those of fewer facts first."""
    for size in range(1, len(free) + 1):
        found = set()
        for ids in combinations(free, size):
            others = [[value for value in book.facts[id].values if value != facts.get(id)] for id in ids]
            for values in product(*others):
                changed = {**facts, **dict(zip(ids, values, strict=True))}
                if allowed(book, changed) and verdict(book, changed, option) == wanted:
                    found.add(tuple(sorted(zip(ids, values, strict=True))))
        if found:
            return found
    return set()


@pytest.mark.parametrize("way", WAYS)
@made_up
@hypothesis.given(case=cases(), wanted=st.sampled_from(list(Verdict)), data=st.data())
def test_it_finds_every_smallest_set(
    way: str, held: list[object], case: tuple[Rulebook, dict[str, str]], wanted: Verdict, data: st.DataObject
) -> None:
    book, facts = case
    fixed = data.draw(st.sets(st.sampled_from(sorted(book.facts))))
    book = replace(book, facts={id: replace(fact, movable=id not in fixed) for id, fact in book.facts.items()})
    advice = advise(book, facts)
    free = [id for id in book.facts if id not in fixed or facts.get(id, UNKNOWN) == UNKNOWN]
    for option in book.options:
        with pytest.MonkeyPatch.context() as patch:
            choose(way, patch)
            found = change(advice, option, wanted)
        if found.held:
            assert not found.ways
            continue
        choices = {tuple(sorted(choice.items())) for each in found.ways for choice in each.choices}
        assert choices == brute(book, facts, option, wanted, free)
        assert sum(len(each.choices) for each in found.ways) == len(choices)
        assert len({each.facts for each in found.ways}) == len(found.ways)
        held += found.ways
        for each in found.ways:
            assert set(each.learned) == {id for id in each.facts if facts.get(id, UNKNOWN) == UNKNOWN}


@pytest.mark.parametrize("way", WAYS)
@made_up
@hypothesis.given(case=cases(), wanted=st.sampled_from(list(Verdict)))
def test_what_prevents_it_is_the_same_in_both_ways(
    way: str, held: list[object], case: tuple[Rulebook, dict[str, str]], wanted: Verdict
) -> None:
    book, facts = case
    book = replace(book, facts={id: replace(fact, movable=False) for id, fact in book.facts.items()})
    advice = advise(book, facts)
    for option in book.options:
        with pytest.MonkeyPatch.context() as patch:
            choose(way, patch)
            found = change(advice, option, wanted)
        if found.held or found.ways:
            continue
        drawing = {
            id
            for id, rule in book.rules.items()
            if any((c.verb.value, c.on) == (wanted.value, option) for c in rule.then)
        }
        held += found.obstacles
        assert {obstacle.rule.id for obstacle in found.obstacles} == drawing
        assert all(obstacle.outranked_by for obstacle in found.obstacles if obstacle.can_act)
        assert bool(found.standing) == (wanted is Verdict.SILENT)


BOATS = """
- {id: no-wind-no-sail, when: {wind: calm}, then: {defer: sail}}
- {id: sail-by-full-moon, when: {moon: yes}, then: {recommend: sail}}
- {id: fish-if-you-like, then: {consider: fish}}
- {id: never-in-the-dark, when: {sky: dark}, then: {avoid: fish}}
- {id: done-by-full-moon, when: {moon: yes}, then: {done: mend}}
- {id: mend-by-full-moon, when: {moon: yes}, then: {recommend: mend}}
"""


def test_learning_is_not_changing(book: Callable[..., Rulebook]) -> None:
    found = change(advise(book(BOATS), {"wind": "calm"}), "sail", "recommend")
    assert [(way.facts, way.learned) for way in found.ways] == [(("wind", "moon"), ("moon",))]
    assert found.ways[0].values == {"wind": ("breeze", "storm"), "moon": ("true",)}
    assert found.ways[0].free
    assert found.always == ("wind", "moon")


def test_an_unmovable_fact_stays_unless_it_may_change(book: Callable[..., Rulebook]) -> None:
    advice = advise(book(BOATS), {"wind": "storm", "moon": "false"})
    fixed = change(advice, "sail", "recommend")
    assert not fixed.ways
    assert [way.facts for way in fixed.beyond] == [("moon",)]
    assert [(o.rule.id, o.can_act, o.fixed) for o in fixed.obstacles] == [("sail-by-full-moon", False, ("moon",))]
    assert [way.facts for way in change(advice, "sail", "recommend", may_change=["moon"]).ways] == [("moon",)]


def test_a_fact_that_fits_already_stands_in_nobodys_way(book: Callable[..., Rulebook]) -> None:
    rules = "- {id: go, when: {wind: calm, tide: yes, moon: yes}, then: {recommend: sail}}"
    advice = advise(book(rules), {"wind": "calm", "tide": "true", "moon": "false"})
    (obstacle,) = change(advice, "sail", "recommend", hold=["wind", "tide", "moon"]).obstacles
    assert obstacle.fixed == ("moon",)


def test_a_fact_that_is_held_is_not_even_learned(book: Callable[..., Rulebook]) -> None:
    assert not change(advise(book(BOATS), {"wind": "storm"}), "sail", "recommend", hold=["moon"]).ways


def test_rules_that_always_outrank_are_named(book: Callable[..., Rulebook]) -> None:
    found = change(advise(book(BOATS), {}), "mend", "recommend")
    (obstacle,) = found.obstacles
    assert obstacle.can_act
    assert [rule.id for rule in obstacle.outranked_by] == ["done-by-full-moon"]


@pytest.mark.parametrize("spoken", [0, 14])
def test_values_that_are_independent_are_one_way_however_many(book: Callable[..., Rulebook], spoken: int) -> None:
    asked = [f"f{number}" for number in range(14)]
    facts = "facts:\n  many:\n" + "".join(
        f"    {id}: {{ask: What is it?, values: {{a: A, b: B, c: C, d: D}}}}\n" for id in asked
    )
    when = ", ".join(f"{id}: [b, c, d]" for id in asked)
    rules = f"""
    - {{id: not-yet, then: {{defer: sail}}}}
    - {{id: go, when: {{{when}}}, then: {{recommend: sail}}, overrides: not-yet}}
    """
    advice = advise(book(rules, facts=facts), dict.fromkeys(asked[:spoken], "a"))
    found = change(advice, "sail", "recommend")
    (way,) = found.ways
    assert (way.facts, way.free, way.more, found.more) == (tuple(asked), True, True, False)
    assert way.values == dict.fromkeys(asked, ("b", "c", "d"))
    assert len(way.choices) == MOST_CHOICES
    (release,) = plenipo.outlook(advice).waits["sail"]
    assert {need.name: need.values for need in release.needs} == way.values


@pytest.mark.parametrize("way", WAYS)
def test_more_sets_than_are_looked_for_are_said_to_be_more(book: Callable[..., Rulebook], way: str) -> None:
    asked = [f"f{number}" for number in range(10)]
    facts = "facts:\n  many:\n" + "".join(f"    {id}: {{ask: Is it?, values: boolean}}\n" for id in asked)
    pairs = [f"any: [{{{one}: yes}}, {{{other}: yes}}]" for one, other in zip(asked[::2], asked[1::2], strict=True)]
    rules = "".join(
        f"- {{id: pair-{place}, then: {{defer: sail}}, unless: {{{pair}}}}}\n" for place, pair in enumerate(pairs)
    )
    advice = advise(book(rules + "- {id: go, then: {consider: sail}}", facts=facts), dict.fromkeys(asked, "false"))
    with pytest.MonkeyPatch.context() as patch:
        choose(way, patch)
        patch.setattr("plenipo.inquiry.change.MOST_SETS", 31)
        few = change(advice, "sail", "consider")
        assert plenipo.outlook(advice).waits_for_more == {"sail"}
        patch.setattr("plenipo.inquiry.change.MOST_SETS", 32)
        all_of_them = change(advice, "sail", "consider")
        assert not plenipo.outlook(advice).waits_for_more
    assert (len(few.ways), few.more) == (31, True)
    assert (len(all_of_them.ways), all_of_them.more) == (32, False)


def test_what_keeps_an_option_from_being_silent_is_named(book: Callable[..., Rulebook]) -> None:
    assert [rule.id for rule in change(advise(book(BOATS), {}), "fish", "silent").standing] == ["fish-if-you-like"]


def test_nothing_is_to_be_done_where_the_verdict_is_held(book: Callable[..., Rulebook]) -> None:
    found = change(advise(book(BOATS), {}), "fish", "consider")
    assert found.held
    assert not found.ways


@pytest.mark.parametrize(
    ("arguments", "named", "help"),
    [
        (("sial", "avoid"), "no option is called `sial`", "sail"),
        (("sail", "avid"), "no verdict is called `avid`", "avoid"),
        (("sail", "avoid", ["wnd"]), "no fact is called `wnd`", "wind"),
        (("sail", "avoid", ["wind"], ["wind"]), "fact `wind` is both", ""),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(
    book: Callable[..., Rulebook], arguments: tuple[str, ...], named: str, help: str
) -> None:
    option, wanted, *facts = arguments
    may, hold = [*facts, (), ()][:2]
    with pytest.raises(UsageError, match=named) as refused:
        change(advise(book(BOATS), {}), option, wanted, may_change=may, hold=hold)
    assert help in str(refused.value)


def test_each_smallest_change_of_the_bundled_rulebook_gives_the_verdict(held: list[object]) -> None:
    advice = plenipo.advise("late-summer-2020")
    for option in advice.options:
        for found in (plenipo.change(advice, option, wanted) for wanted in ("recommend", "avoid", "silent")):
            for choice in (choice for way in found.ways for choice in way.choices):
                held.append(choice)
                changed = plenipo.advise({**advice.situation.facts, **choice}, rulebook=advice.rulebook)
                assert changed.options[option].verdict is found.wanted
