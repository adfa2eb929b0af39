"""The rulebook reads the essays as careful readers do, and its brief says what they would say."""

from __future__ import annotations

import pytest

from tests.calibrate import ENOUGH, ENOUGH_OF, Part, judgements, parts, shares


def test_the_rulebook_agrees_with_careful_readers() -> None:
    made = list(judgements())
    assert len(made) > 300
    assert sum(judged.agrees for judged in made) >= ENOUGH * len(made)


@pytest.fixture(scope="module")
def scored() -> list[Part]:
    return list(parts())


@pytest.mark.parametrize("part", ENOUGH_OF)
def test_the_brief_has_what_careful_readers_would_put_on_one_screen(scored: list[Part], part: str) -> None:
    has, wanted = shares(scored)[part]
    assert wanted >= 3
    assert has >= ENOUGH_OF[part] * wanted
