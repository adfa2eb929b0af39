"""The answers to inquiries as somebody reads them, in every format."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import plenipo
from plenipo.counsel.compare import compare
from plenipo.counsel.find_out import questions
from plenipo.counsel.plan import plan
from plenipo.inquiry.change import change
from plenipo.inquiry.outlook import outlook
from plenipo.report import render
from plenipo.rulebook.model import Rulebook, Situation
from tests.answers import advise

GOLDEN = Path(__file__).parents[1] / "golden"
UPDATE = "PLENIPO_UPDATE_GOLDEN" in os.environ
Book = Callable[..., Rulebook]
RULES = """\
- {id: calm-is-safe, when: {wind: [calm, breeze]}, then: {find: safe}, because: Little wind moves little water.}
- {id: sail-when-safe, when: {safe: true}, then: {recommend: sail}, because: A safe sea is a sea to be on.}
- {id: not-in-the-dark, when: {sky: dark}, then: {avoid: sail}, because: Rocks are dark as well., cite: [B02]}
- {id: fish-at-any-tide, when: {tide: [yes, no]}, then: {consider: fish}, because: Fish do not mind.}
- {id: wait-for-the-moon, when: {moon: no}, then: {defer: wait}, because: Nobody waits without a moon.}
- {id: wait-by-moonlight, when: {moon: yes, tide: yes}, then: {recommend: wait}, because: It is a fine sight.}
- {id: paint-when-calm, when: {wind: calm}, then: {recommend: paint}, because: Paint wants still air.}
- {id: painted-when-calm, when: {wind: calm}, then: {done: paint}, because: It was painted in the last calm.}
"""
HARBOUR = Situation({"wind": "storm", "moon": "false"}, name="harbour", title="The harbour", as_of="1851-11-14")
CALM = Situation({"wind": "calm", "moon": "true", "tide": "true"}, name="calm", title="A calm day")


@pytest.fixture
def answers(book: Book) -> dict[str, Any]:
    harbour = book(RULES)
    advice = advise(harbour, HARBOUR)
    return {
        "advice-open": plan(advice),
        "outlook": outlook(advice),
        "change": change(advice, "sail", "recommend"),
        "change-beyond": change(advice, "wait", "recommend"),
        "change-outranked": change(advice, "paint", "recommend"),
        "change-silent": change(advise(harbour, CALM), "wait", "silent", hold=["tide"]),
        "change-never": change(advice, "mend", "avoid"),
        "change-held": change(advice, "wait", "defer"),
        "comparison": compare(advice, advise(harbour, CALM)),
    }


NAMES = (
    "advice-open",
    "outlook",
    "change",
    "change-beyond",
    "change-outranked",
    "change-silent",
    "change-never",
    "change-held",
    "comparison",
)


def written(answer: object, form: str = "text", *, width: int = 80, full: bool = False) -> str:
    return render(answer, form, width=width, full=full)


def hold_to(golden: str, text: str) -> None:
    path = GOLDEN / golden
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_text_and_markdown_are_as_ever(answers: dict[str, Any], name: str) -> None:
    answer = answers[name]
    hold_to(f"{name}-80.txt", written(answer))
    hold_to(f"{name}.md", written(answer, "md"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_page(answers: dict[str, Any], name: str, width: int, full: bool) -> None:
    assert max(cell_len(line) for line in written(answers[name], width=width, full=full).splitlines()) <= width


@pytest.mark.parametrize("name", NAMES)
def test_json_says_its_version_and_kind(answers: dict[str, Any], name: str) -> None:
    document = json.loads(written(answers[name], "json"))
    assert document["schema_version"] == 2
    assert document["kind"] == answers[name].kind


def test_every_verdict_of_some_advice_has_its_outlook() -> None:
    document = json.loads(written(plenipo.plan(plenipo.advise("late-summer-2020")), "json"))
    outlooks = {id: option["outlook"] for id, option in document["options"].items()}
    assert outlooks["empower_negotiators"] == {
        "settled": False,
        "possible": ["done", "recommend"],
        "turns_on": ["negotiator_mandate"],
        "undecided": False,
    }
    assert outlooks["symbolic_summit"] == {"settled": True, "possible": ["avoid"], "turns_on": [], "undecided": False}


def test_full_advice_tells_what_a_silent_option_may_become(answers: dict[str, Any]) -> None:
    assert 'will be "consider"' in " ".join(written(answers["advice-open"], full=True).split())


def test_json_of_a_change_has_every_choice(answers: dict[str, Any]) -> None:
    document = json.loads(written(answers["change"], "json"))
    (way,) = document["ways"]
    assert way["facts"] == {"wind": {"values": ["calm", "breeze"], "now": "storm", "learned": False}}
    assert way["choices"] == [{"wind": "calm"}, {"wind": "breeze"}]


def test_json_of_a_comparison_names_facts_and_verdicts(answers: dict[str, Any]) -> None:
    document = json.loads(written(answers["comparison"], "json"))
    assert document["facts"]["tide"] == {"before": "unknown", "after": True}
    assert document["options"]["sail"]["because"] == [["wind"]]
    assert document["options"]["wait"]["because"] == [["tide", "moon"]]


def test_an_outlook_says_first_what_to_find_out_from_whom_and_what_it_would_do() -> None:
    text = " ".join(written(plenipo.outlook("after-hanoi-2019"), width=120).split())
    assert text.index("What to find out") < text.index("Could still change") < text.index("May be done already")
    assert "Has Kim named a counterpart to the US negotiator? dprk_counterpart you may know; if" in text
    assert "dprk_willing_to_talk from Pyongyang; if no, new first: Make a joint US-South Korean public offer" in text


def test_an_outlook_ranks_what_to_find_out_as_the_brief_does() -> None:
    found = plenipo.outlook("hypothetical-first-week")
    document = json.loads(written(found, "json"))
    asked = [each["fact"] for each in document["find_out"]]
    brief = plenipo.brief(found.advice)
    assert asked[:3] == [each.fact.id for each in brief.find_out]
    facts = found.advice.situation.facts
    assert asked == [each.fact for each in questions(found.advice.rulebook, facts) if each.moves]
    renaming = [
        any(effect.choice.named != brief.choice.named for effect in each.effects)
        for each in questions(found.advice.rulebook, facts)
        if each.moves
    ]
    assert renaming == sorted(renaming, reverse=True)
    assert document["open"] == [id for id in document["options"] if not document["options"][id]["outlook"]["settled"]]
    assert {*document["could_change"], *document["maybe_done"]} == {*document["open"]}


def test_an_outlook_does_not_describe_a_mere_change_of_order_and_puts_it_last() -> None:
    found = plenipo.outlook("november-2020-transition")
    brief = plenipo.brief(found.advice)
    reordering = [each.telling.choice.named == brief.choice.named for each in brief.moving]
    assert {True, False} == {*reordering}
    assert reordering == sorted(reordering)
    section = written(found, width=200, full=True).partition("What to find out")[2].partition("\n\n")[0]
    said = [line for line in section.split("\n") if "; if " in line]
    assert [line.endswith(", only the order would change") for line in said] == reordering
    assert "than before" not in section
