"""Advice by source: what each essay says alone, and how they stand to one another."""

from __future__ import annotations

from collections.abc import Callable

from plenipo.essays import Agreement, BySource, by_source
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
