"""`plenipo explain` as it is read: sentences, and commands that go on from there."""

from __future__ import annotations

import re
import shlex

import pytest

import plenipo
from tests.cli.conftest import Run

BOOK = plenipo.load_rulebook()
#: What no reader takes for a sentence.
RIDDLES = re.compile(
    r"\bunless (?:Has|Have|Where|How|What|Does|Is|Are|Which|May)\b|: not so|wanted:|Might have been|Not found:"
    r"|its exception holds|\? [a-z]"
)


@pytest.mark.parametrize("name", ["late-summer-2020", "hypothetical-breakthrough"])
def test_every_explanation_is_put_in_sentences(name: str) -> None:
    advice = plenipo.advise(plenipo.load_situation(name, rulebook=BOOK), rulebook=BOOK)
    said = []
    for option in BOOK.options:
        for why_not in (None, "recommend"):
            text = plenipo.render(plenipo.explain(advice, option, why_not=why_not), width=100)
            said.append(" ".join(text.split()))
    assert len(said) == 2 * len(BOOK.options)
    assert not [found[0] for text in said if (found := RIDDLES.search(text))]
    assert any("there would be an exception." in text for text in said)
    assert any("It would have to be" in text for text in said)


def test_an_explanation_ends_with_what_to_type_for_each_other_verdict(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    monkeypatch.setenv("COLUMNS", "120")
    asked = ["late-summer-2020", "joint_public_offer"]
    ran = run("explain", *asked, "--set", "talks_stage=opening", "--source", "A")
    assert "In other circumstances the verdict could be done or defer." in ran.out
    found = re.findall(r"^Why not (\w+):?(?: {3,}|\n)(plenipo explain .*)$", ran.out, re.MULTILINE)
    assert [verdict for verdict, _ in found] == ["done", "defer"]
    for verdict, command in found:
        words = shlex.split(command)
        assert words[2:] == [*asked, "--why-not", verdict, "--source", "A", "--set", "talks_stage=opening"]
        assert f"Why not {verdict}" in run(*words[1:]).out


@pytest.mark.parametrize(("asked", "ends"), [(["--why-not", "done"], 0), ([], 1)])
def test_what_was_asked_for_is_not_pointed_to(run: Run, good: str, asked: list[str], ends: int) -> None:
    assert run("explain", good, "sail", *asked).out.count("plenipo explain") == ends


def test_of_the_verdict_that_it_has_it_says_that_it_has_it(run: Run, good: str) -> None:
    said = " ".join(run("explain", good, "sail", "--why-not", "recommend").out.split())
    assert re.search(r"Why not recommend ─+ It is recommend, as shown above\.", said)
