"""`plenipo trace` on the command line."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

import plenipo
from plenipo.cli.main import main

SITUATION = "late-summer-2020"


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["trace", SITUATION, *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    for not_fired in (False, True):
        text = plenipo.render(plenipo.trace(SITUATION, not_fired=not_fired), width=width)
        lines = text.splitlines()
        assert len(lines) > 100
        assert max(map(cell_len, lines)) <= width


def test_rules_are_grouped_by_subject_or_flat(capsys: pytest.CaptureFixture[str]) -> None:
    grouped, flat = told(capsys), told(capsys, "--flat")
    fired = len(plenipo.advise(SITUATION).trace)
    assert "Threat reduction ──" in grouped
    assert "Rules that fired ──" not in grouped
    assert f"── {fired}\n" in next(line + "\n" for line in flat.splitlines() if line.startswith("Rules that fired"))
    numbers = [int(line.split()[0]) for line in flat.splitlines() if line[:1] == " " and line[1:2].isdigit()]
    assert numbers == list(range(1, fired + 1))


def test_a_rule_that_did_not_fire_is_shown_with_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    shown = told(capsys, "--rule", "invite-a-counterpart,friction-is-growing")
    assert "friction-is-growing" in shown
    labels = plenipo.load_rulebook().facts["dprk_counterpart"].values
    lacks = shown[shown.index("\n ✗ ") :]
    now, needed = labels["no_answer"], labels["not_invited"]
    question = "lacks: Has Kim named a counterpart to the US negotiator?"
    assert f'{question} {now.capitalize()}. It would have to be "{needed}".' in " ".join(lacks.split())


def test_json_has_both_and_says_what_fired_by_what(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(told(capsys, "--option", "four_party_talks", "--format", "json"))
    assert (document["schema_version"], document["kind"]) == (2, "trace")
    fired = {each["rule"]: each for each in document["fired"]}
    assert fired["rivalry-defers-four-party"]["met"][0]["found_by"] == ["friction-is-growing", "friction-means-rivalry"]
    assert all(each["lacks"] or each["exception"] for each in document["not_fired"])
    assert document["not_fired"]


def test_markdown_lists_the_same_rules(capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "--format", "md", "--findings")
    findings = plenipo.trace(SITUATION, findings=True).fired
    assert findings
    assert all(f"- **{each.number}** " in page and f"`{each.node.rule.id}`" in page for each in findings)


def test_an_essay_alone_is_said_to_be_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert "source A alone" in told(capsys, "--source", "a", "--findings")


def test_a_rule_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", SITUATION, "--rule", "friction-is-growin"]) == 2
    assert "did you mean `friction-is-growing`" in capsys.readouterr().err
