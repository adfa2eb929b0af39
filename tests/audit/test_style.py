"""The checks of style say just what their rulebooks draw, and only where they are asked for."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import plenipo
from plenipo.audit.style import CHARACTERS, STYLE_CHECKS, WORDS, examine_style
from plenipo.cli.main import main
from plenipo.rulebook.model import Fact, Rulebook
from tests.made_up.short import rule, rulebook

ROOT = Path(__file__).parents[2]
SOUND, DULL, PAGES = ROOT / "tests" / "faulty" / "sound", ROOT / "tests" / "style", ROOT / "docs" / "checks"


def dull(check: str, folder: Path) -> Path:
    """Make the rulebook that draws a remark: the sound one, with some files changed."""
    for layer in (SOUND, DULL / check):
        shutil.copytree(layer, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return folder


def said(book: Rulebook) -> list[str]:
    return [found.check for found in examine_style(book)]


def because(reason: str) -> Rulebook:
    return rulebook(replace(rule("a", "avoid sail"), because=reason))


def asking(**parts: str | dict[str, str]) -> Rulebook:
    fact = replace(Fact("sky", "", "What is the sky like?", {"clear": "clear", "dark": "dark"}), **parts)  # type: ignore[arg-type]
    return replace(rulebook(), facts={"sky": fact})


@pytest.mark.parametrize("check", STYLE_CHECKS)
def test_a_check_of_style_says_just_this(check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(dull(check, tmp_path / "book"))
    assert plenipo.check(".").diagnostics == ()
    found = plenipo.check(".", style=True)
    assert "\n".join(str(fault) for fault in found.diagnostics) + "\n" == (DULL / check / "expected.txt").read_text()
    assert {fault.check for fault in found.diagnostics} == {check}
    assert not found.passed


@pytest.mark.parametrize("check", STYLE_CHECKS)
def test_a_check_of_style_has_its_page(check: str) -> None:
    text = (PAGES / f"{check}.md").read_text()
    start = f"# {check} {STYLE_CHECKS[check]} A remark: only `plenipo check --style` shows it. "
    assert " ".join(text.split()).startswith(start)
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Avoid", "## Prefer", "## Why"]
    assert f"| [{check}]({check}.md) | style | {STYLE_CHECKS[check]} |\n" in (PAGES / "README.md").read_text()


def test_checks_of_style_and_their_rulebooks_are_the_same() -> None:
    assert sorted(path.name for path in DULL.iterdir()) == sorted(STYLE_CHECKS)


def test_nothing_can_be_said_against_the_style_of_the_sound_rulebook() -> None:
    assert plenipo.check(SOUND, style=True).passed


@pytest.mark.parametrize(
    ("reason", "long"),
    [
        (" ".join(["word"] * WORDS) + ".", False),
        (" ".join(["word"] * (WORDS + 1)) + ".", True),
        ("One thing. Another.", False),
        ("One thing? Another! A third", True),
        ("At 3.5 per cent, e.g. in 2017, approx. half of St Peter's.", False),
    ],
)
def test_a_reason_may_have_so_many_words_and_sentences(reason: str, *, long: bool) -> None:
    assert said(because(reason)) == ["long-reason"] * long


@pytest.mark.parametrize("key", ["ask", "help", "why"])
def test_a_question_and_its_explanations_may_have_so_many_characters(key: str) -> None:
    assert said(asking(**{key: "x" * CHARACTERS})) == []
    assert said(asking(**{key: "x" * (CHARACTERS + 1)})) == ["long-text"]


@pytest.mark.parametrize(
    ("label", "found"), [("No", 1), ("no, refused", 1), ("yes", 1), ("no relief yet", 0), ("none", 0), ("notes", 0)]
)
def test_a_label_that_only_begins_with_no_is_no_answer(label: str, found: int) -> None:
    assert said(asking(values={"clear": label, "dark": "dark"})) == ["yes-no-label"] * found
    assert said(asking(values={"true": "yes", "false": "no"})) == []


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_the_command_shows_it_where_it_is_asked_for(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(dull("title-period", tmp_path / "book"))
    assert main(["check", "--rulebook", ".", "--format", form]) == 0
    assert "title-period" not in capsys.readouterr().out
    assert main(["check", "--rulebook", ".", "--style", "--format", form]) == 1
    out = capsys.readouterr().out
    assert "title-period" in out
    if form == "json":
        [found] = json.loads(out)["findings"]
        assert (found["check"], found["severity"], found["line"]) == ("title-period", "remark", 3)
        assert found["help"] == ["leave the period out"]
