"""Advice by source: what each essay says alone, and whether they agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import plenipo
from plenipo.advice.by_source import Agreement, BySource, by_source
from plenipo.rulebook.model import Rulebook, Situation
from tests.answers import advise, shown

RULES = """\
- {id: both, then: {recommend: sail}, cite: [A01, B01]}
- {id: from-a, then: {recommend: wait}, cite: [A02]}
- {id: from-b, then: {avoid: wait}, cite: [B02]}
- {id: only-b, then: {consider: mend}, cite: [B03]}
- {id: jointly, then: {defer: paint}, cite: [A04, B04], jointly: true}
"""
Book = Callable[..., Rulebook]


def compared(book: Book) -> BySource:
    return by_source(book(RULES), Situation(), advise)


def test_each_option_is_put_where_it_belongs(book: Book) -> None:
    assert {found.option.id: found.agreement for found in compared(book).options} == {
        "sail": Agreement.AGREE,
        "wait": Agreement.DIFFER,
        "mend": Agreement.ONE_SPEAKS,
        "paint": Agreement.TOGETHER,
        "fish": Agreement.SILENT,
    }


def test_verdicts_alone_and_together_are_kept(book: Book) -> None:
    wait = next(found for found in compared(book).options if found.option.id == "wait")
    assert {source: verdict.value for source, verdict in wait.alone.items()} == {"A": "recommend", "B": "avoid"}
    assert wait.together == "avoid"


def test_all_is_advised_once_and_each_essay_once(book: Book) -> None:
    asked: list[int] = []

    def counting(rulebook: Rulebook, situation: Situation):  # type: ignore[no-untyped-def]
        asked.append(len(rulebook.rules))
        return advise(rulebook, situation)

    by_source(book(RULES), Situation(), counting)
    assert sorted(asked) == [2, 3, 5]


def test_where_they_differ_both_verdicts_are_shown(book: Book) -> None:
    text = shown(compared(book))
    assert "A: recommend B: avoid together: avoid" in text
    assert "together: defer" not in text
    assert "defer  Paint the boat" in text
    assert "Go fishing" not in text
    assert "Go fishing" in shown(compared(book), full=True)


def test_markdown_sets_them_side_by_side(book: Book) -> None:
    assert "| Wait in port `wait` | recommend | avoid | avoid |" in shown(compared(book), "md")


@pytest.mark.parametrize("source", ["A", "B"])
def test_the_advice_of_one_essay_cites_that_essay_alone(source: str) -> None:
    book, situations = plenipo.load_rulebook(), plenipo.situations()
    assert situations
    for situation in situations:
        trace = plenipo.advise(situation, source=source, rulebook=book).trace
        assert trace
        for firing in trace:
            assert {id[0] for id in firing.rule.cite} == {source}


def test_t20_may_be_too_narrow_stays_so_in_the_essay_that_says_it() -> None:
    facts = {"negotiating_agenda": "denuclearization_for_sanctions"}
    reasons = {
        source: " ".join(rule.because for rule in plenipo.advise(facts, source=source).options[option].decided_by)
        for source, option in (("A", "broadened_approach"), ("B", "broadened_approach"))
    }
    assert "may be too narrow" in reasons["A"]
    assert "always too narrow" not in reasons["A"]
    assert "always too narrow" in reasons["B"]


def test_one_essay_is_not_made_to_speak_of_what_only_the_other_does() -> None:
    alone = plenipo.advise({"offer_status": "rejected"}, source="B").options
    assert alone["keep_offer_open"].verdict == "silent"
    assert alone["early_security_guarantees"].verdict == "silent"
