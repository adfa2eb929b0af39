"""The outlook: which verdicts are settled, what the others may become, and on which facts that turns."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis
import pytest

import plenipo
from plenipo.engines.bitset import truth_table
from plenipo.inquiry import samples
from plenipo.inquiry.outlook import outlook
from plenipo.rulebook.model import UNKNOWN, Atom, Condition, Constraint, Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise
from tests.made_up.constrained import WAYS, cases, choose, completions, made_up, verdict


@pytest.mark.parametrize("way", WAYS)
@made_up
@hypothesis.given(case=cases())
def test_it_says_what_all_completions_say(way: str, case: tuple[Rulebook, dict[str, str]]) -> None:
    book, facts = case
    with pytest.MonkeyPatch.context() as patch:
        choose(way, patch)
        patch.setattr(samples, "SAMPLE_SIZE", 4)
        found = outlook(advise(book, facts))
    assert found.options.keys() == book.options.keys()
    every = list(completions(book, facts))
    for option, prospect in found.options.items():
        verdicts = [verdict(book, complete, option) for complete in every]
        assert set(verdicts) == set(prospect.possible) or not every
        assert prospect.settled == ({verdict(book, facts, option)} >= set(verdicts))
        pivotal = {
            id
            for one, first in zip(every, verdicts, strict=True)
            for other, second in zip(every, verdicts, strict=True)
            for id in book.facts
            if first != second and {**one, id: other[id]} == other
        }
        assert pivotal == set(prospect.turns_on)


@made_up
@hypothesis.given(case=cases())
def test_what_is_open_could_change_or_may_be_done(case: tuple[Rulebook, dict[str, str]]) -> None:
    found = outlook(advise(*case))
    assert sorted(each.option for each in (*found.could_change, *found.maybe_done)) == sorted(
        each.option for each in found.open
    )
    for each in found.options.values():
        only_done = {*each.possible} | {each.verdict} == {each.verdict, Verdict.DONE} and not each.settled
        assert (each in found.maybe_done) == only_done


def test_nothing_is_open_when_everything_is_known() -> None:
    book = plenipo.load_rulebook()
    known = {id: next(iter(fact.values)) for id, fact in book.facts.items()}
    assert not plenipo.outlook(plenipo.advise(known, rulebook=book)).open


def test_both_ways_agree_on_the_bundled_rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    advice = plenipo.advise("late-summer-2020")
    tabled = plenipo.outlook(advice).options
    monkeypatch.setattr(truth_table, "MOST_ROWS", 0)
    assert plenipo.outlook(advice).options == tabled


def test_a_fact_may_decide_with_any_value(book: Callable[..., Rulebook]) -> None:
    rules = "[{id: tide-known, when: {tide: [yes, no]}, then: {recommend: fish}}]"
    prospect = outlook(advise(book(rules), {})).options["fish"]
    assert (prospect.verdict, prospect.possible, prospect.turns_on) == (Verdict.SILENT, (Verdict.RECOMMEND,), ())
    assert not prospect.settled


def test_a_constraint_can_settle_a_verdict(book: Callable[..., Rulebook]) -> None:
    plain = book()
    never = Condition((Atom("sky", ("dark",)), Atom("tide", ("true",))))
    bound = Rulebook(
        plain.facts, plain.options, plain.findings, plain.rules, constraints=(Constraint("dark-tides", never),)
    )
    facts = {"wind": "calm", "tide": "true"}
    assert outlook(advise(plain, facts)).options["sail"].becoming == (Verdict.AVOID,)
    assert outlook(advise(bound, facts)).options["sail"].settled


def test_a_fact_called_unknown_is_as_unknown_as_one_left_out() -> None:
    book = plenipo.load_rulebook()
    said = plenipo.advise(Situation({"us_china_friction": UNKNOWN}), rulebook=book)
    assert plenipo.outlook(said).options == plenipo.outlook(plenipo.advise({}, rulebook=book)).options


def test_facts_on_which_most_turns_come_first() -> None:
    turning = plenipo.outlook(plenipo.advise({})).turns_on
    assert [len(options) for options in turning.values()] == sorted(map(len, turning.values()), reverse=True)
