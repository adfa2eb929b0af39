"""Comparing situations: which verdicts differ, and the smallest part of the difference that explains each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import hypothesis
import pytest
from hypothesis import strategies as st

import plenipo
from plenipo.errors import UsageError
from plenipo.inquiry.compare import compare
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise
from tests.made_up.constrained import WAYS, books, choose, made_up, verdict
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
        choose(way, patch)
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
