"""The rulebook reads the essays as careful readers do."""

from __future__ import annotations

from tests.calibrate import ENOUGH, judgements


def test_the_rulebook_agrees_with_careful_readers() -> None:
    made = list(judgements())
    assert len(made) > 300
    assert sum(judged.agrees for judged in made) >= ENOUGH * len(made)
