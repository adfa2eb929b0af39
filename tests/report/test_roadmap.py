"""A roadmap as somebody reads it, and as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from rich.cells import cell_len

import plenipo
from plenipo.counsel.roadmap import Roadmap, roadmap
from plenipo.rulebook.model import Rulebook
from tests.answers import advise
from tests.counsel.test_roadmap import FACTS, NONE, OPTIONS, PARTIES, RULES

TREE = """\
A situation without a name
none of 5 facts known, so this is only the advice that needs none

Now ────────────────────────────────────────────────────────────────────────────
 ● 1 Send an envoy                                                      The town
   recommended: So it is. [A ¶2]
 ● 2 Write a letter                                                     The town
   recommended: So it is. [A ¶2]

And then ───────────────────────────────────────────────────────────────────────
 If 1 is done and the islanders say yes
   ● 3 Talk                                              The town, The islanders
     recommended if so
   Once the two talk
     ● 4 Sign a treaty                                   The town, The islanders
       recommended if so
     Once 4 is done
       ○ 5 Hold a feast
         worth considering if so
 If instead the islanders do not reply or the islanders say no
   ○ 6 Write once more                                                  The town
     worth considering if so

"If" and "once" mean: only if that comes about. Nothing here says that it will.
"""


@pytest.fixture
def island(book: Callable[..., Rulebook]) -> Rulebook:
    return book(RULES, facts=FACTS, options=OPTIONS, findings=NONE, parties=PARTIES)


def tree(island: Rulebook, facts: Mapping[str, str], **chosen: Any) -> str:
    return plenipo.render(roadmap(advise(island, facts), **chosen), width=80)


def test_it_is_a_tree_that_says_who_acts_and_on_what_each_step_depends(island: Rulebook) -> None:
    assert tree(island, {}) == TREE


def test_it_says_where_it_was_cut_short(island: Rulebook) -> None:
    assert "Cut after 3 stages: `--depth 4`\n" in tree(island, {}, depth=3)
    assert [("Cut after" in tree(island, {}, depth=depth)) for depth in (1, 2, 4, 5)] == [True, True, False, False]
    asked = ("my file.yaml", "--set", "ferry=yes")
    text = plenipo.render(roadmap(advise(island, {}), depth=2), asked=asked)
    assert "Cut after 2 stages: `plenipo roadmap 'my file.yaml' --set ferry=yes --depth 3`\n" in text


def test_what_is_supposed_at_the_start_is_said(island: Rulebook) -> None:
    assert "supposed: envoy: yes; letter: no reply\n" in tree(
        island, {}, suppose={"envoy": "true", "letter": "unanswered"}
    )


def test_an_end_is_said(island: Rulebook) -> None:
    assert "Nothing new comes up once this is done." in tree(
        island, dict.fromkeys(("envoy", "talks", "treaty"), "true") | {"letter": "agreed"}
    )


def test_in_full_every_step_has_its_reason(island: Rulebook) -> None:
    made = roadmap(advise(island, {}))
    assert plenipo.render(made, full=True).count("So it is.") == 6


def test_markdown_is_a_nested_list(island: Rulebook) -> None:
    page = plenipo.render(roadmap(advise(island, {})), "md")
    assert "- **If 1 is done and the islanders say yes**\n\n  3. **Talk** (The town, The islanders)\n" in page
    assert "\n1. **Send an envoy** (The town)\n   - *recommended:* So it is. [A ¶2]\n2. **Write a letter**" in page


def test_data_has_every_stage_with_what_it_supposes(island: Rulebook) -> None:
    document = json.loads(plenipo.render(roadmap(advise(island, {})), "json"))
    assert (document["kind"], document["depth"], document["cut"]) == ("roadmap", 4, False)
    first = document["roadmap"]
    assert [step["option"] for step in first["steps"]] == ["send", "write"]
    talk = first["branches"][0]["stage"]
    assert talk["supposed"] == {"envoy": True, "letter": "agreed"}
    assert talk["steps"][0]["released_by"][1] == {
        "fact": "letter",
        "value": "agreed",
        "option": "write",
        "outcome": "the islanders say yes",
        "by": "they",
        "any_answer": False,
    }


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    text = plenipo.render(plenipo.roadmap("late-summer-2020", depth=8), width=width)
    assert max(map(cell_len, text.splitlines())) <= width


@cache
def bundled(name: str) -> Roadmap:
    return plenipo.roadmap(name)


def test_a_usual_roadmap_fits_on_a_page_or_two() -> None:
    lengths = sorted(plenipo.render(bundled(name), width=80).count("\n") for name in plenipo.situations())
    assert lengths[len(lengths) // 2] <= 40
    assert lengths[-1] <= 60


def test_every_step_after_the_first_stage_says_on_what_it_depends() -> None:
    steps = []
    for name in plenipo.situations():
        later = plenipo.render(bundled(name), width=1000).partition("And then ")[2].splitlines()
        steps += [(step, below) for step, below in pairwise(later) if step.lstrip()[:1] in {"●", "○", "·"}]
    assert steps
    depends = (" if ", " once ", "already advised; its turn comes next")
    assert [step for step, below in steps if not any(said in below for said in depends)] == []


def test_only_a_step_whose_verdict_changes_is_said_to_depend_on_something() -> None:
    already = 0
    for name in plenipo.situations():
        made = plenipo.roadmap(name, depth=2)
        for step in (step for branch in made.first.branches if branch.stage for step in branch.stage.steps):
            now = made.advice.options[step.option.id].verdict
            assert step.already == (now == step.verdict or (now.value, step.verdict.value) == ("recommend", "consider"))
            already += step.already
        lines = list(map(str.strip, plenipo.render(made, width=1000).partition("And then ")[2].splitlines()))
        for step in (step for branch in made.first.branches if branch.stage for step in branch.stage.steps):
            (place,) = (n for n, line in enumerate(lines) if f" {step.option.title}  " in line and line[0] in "●○·")
            assert (lines[place + 1] == "already advised; its turn comes next") == step.already
    assert already > 10


def test_what_a_step_brings_is_said_in_the_words_of_the_facts() -> None:
    text = plenipo.render(plenipo.roadmap("hypothetical-first-week"), width=120)
    assert " If a US negotiator is in office and Kim names a counterpart\n" in text
    assert "worth considering once a US negotiator is in office\n" in text
