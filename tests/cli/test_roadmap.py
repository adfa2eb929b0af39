"""`plenipo roadmap` on the command line."""

from __future__ import annotations

import json

import pytest

import plenipo
from plenipo.cli.main import main

SITUATION = "late-summer-2020"


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["roadmap", SITUATION, *arguments]) == code
    said = capsys.readouterr()
    return said.err if code else said.out


def test_it_prints_what_the_library_answers(capsys: pytest.CaptureFixture[str]) -> None:
    ahead = plenipo.roadmap(SITUATION, suppose={"offer_status": "accepted"}, depth=2)
    printed = told(capsys, "--suppose", "offer_status=accepted", "--depth", "2", "--width", "80")
    assert printed == plenipo.render(ahead, width=80)
    assert "supposed: joint US-South Korean offer: public, and accepted" in printed


def test_what_the_file_says_already_is_not_called_supposed(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(told(capsys, "--suppose", "offer_status=none", "--format", "json"))
    assert document["roadmap"]["supposed"] == {}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--suppose", "offer"], 2, "write `--suppose fact=value`"),
        (["--suppose", "offer_status=agreed"], 4, "--suppose offer_status=agreed: error[unknown-value]"),
        (["--suppose", "offer_status=unknown"], 2, "`--set offer_status=unknown` makes a fact unknown"),
        (["--suppose", "working_level=drafting", "--set", "negotiating_agenda=nothing"], 4, "error[impossible-facts]"),
        (["--depth", "9"], 2, "`9` is not between 1 and 8"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert said in told(capsys, *arguments, code=code)
