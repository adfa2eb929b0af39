"""`plenipo ask` and the brief: where it starts, what an answer changes, how to see the brief early and at the end."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

import plenipo
from plenipo.counsel.shift import Shift
from plenipo.interview import branches
from plenipo.report import questionnaire
from plenipo.report.page import Page
from plenipo.rulebook import locations
from plenipo.rulebook.load import load_rulebook
from tests.cli import test_ask
from tests.cli.test_ask import READY, Ask, facts
from tests.conftest import write_rulebook

ask = test_ask.ask
boats = test_ask.boats


@pytest.mark.parametrize("plain", [True, False])
def test_it_offers_where_to_start_and_ends_with_the_brief(ask: Ask, tmp_path: Path, plain: bool) -> None:
    arguments, enter = (["--plain"], "\r") if plain else ([], "")
    terminal = ask("mine.yaml", *arguments, PLENIPO_RULEBOOK=str(locations.home()))
    terminal.wait("Where do you want to start?", "from nothing", "what the two essays take as given")
    terminal.child.send("2\r")
    terminal.wait("taken over from what-the-essays-take-as-given")
    terminal.press(f"n{enter}")
    terminal.wait("no, keep asking")
    terminal.child.send("y\r")
    terminal.press("s\r")
    code, shown = terminal.finish()
    assert code == 0
    assert "First, because of this situation" in shown
    assert "Beware" in shown
    assert "based_on" in (tmp_path / "mine.yaml").read_text()


def test_an_answer_says_what_it_changes_and_a_flag_leaves_out_the_start(ask: Ask) -> None:
    terminal = ask("mine.yaml", "--plain", "--from-nothing", PLENIPO_RULEBOOK=str(locations.home()))
    terminal.wait("0 asked · 0 facts known", "Where is the United States in its election cycle?")
    terminal.child.send("2\r")
    terminal.wait("Now first:", "1 asked · 1 fact known")
    code, shown = ask("--from-nothing", "--based-on", "late-summer-2020", columns=200).finish()
    assert code == 2
    assert "exclude each other" in shown


@pytest.mark.parametrize("plain", [True, False])
def test_enter_shows_the_brief_once_something_is_known(ask: Ask, plain: bool) -> None:
    terminal = ask("mine.yaml", *(["--plain"] if plain else []))
    terminal.press("2\r")
    terminal.wait("How strong is the wind?", READY)
    terminal.child.send("\r")
    terminal.wait("1 of 4 facts known", "could still change this brief", "─ How strong is the wind?")
    terminal.press("s\r" if plain else "s")
    code, shown = terminal.finish()
    assert code == 0
    assert "1 of 4 facts known" in shown[shown.rindex("─ How strong is the wind?") :]


@pytest.mark.parametrize("plain", [True, False])
def test_the_rest_is_not_known_once_that_is_confirmed(ask: Ask, boats: Path, tmp_path: Path, plain: bool) -> None:
    terminal = ask("mine.yaml", *(["--plain"] if plain else []))
    terminal.press("2\r", "n\r" if plain else "n")
    terminal.wait('Answer the 3 questions that are left with "not known"?', "no, keep asking")
    terminal.child.send("\r")
    terminal.wait("─ How strong is the wind?")
    terminal.press("n\r" if plain else "n")
    terminal.wait("no, keep asking")
    terminal.child.send("y\r")
    terminal.wait("This takes it that 3 things are not known")
    terminal.press("s\r")
    assert terminal.finish()[0] == 0
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy"}
    assert (tmp_path / "mine.yaml").read_text().count("# asked: not known") == 3


def test_a_situation_of_any_rulebook_is_a_start(ask: Ask, boats: Path, tmp_path: Path) -> None:
    kept = {str(path.relative_to(boats)): path.read_bytes() for path in boats.rglob("*.yaml")}
    given = b"title: The usual\nfacts: {sky: clear}\nnotes: {sky: '[A01] The sky is clear.'}\n"
    other = b"title: A storm\nfacts: {wind: storm, sky: dark}\nnotes: {sky: '[A01] It is late.'}\n"
    folder = write_rulebook(tmp_path / "book", {**kept, "facts/usual.yaml": given, "facts/storm.yaml": other})
    terminal = ask("mine.yaml", "--plain", "--rulebook", str(folder))
    terminal.wait(
        "1 from nothing", "2 The usual (1 fact)", "3 from a situation that comes with the rulebook (1 other situation)"
    )
    terminal.child.send("3\r")
    terminal.wait("From which situation?", "1 A storm (2 facts)")
    terminal.child.send("1\r")
    terminal.wait("2 facts are known already, 2 of them taken over from")
    terminal.press("g\r", "1\r", "s\r")
    code, shown = terminal.finish()
    assert code == 0
    assert f"plenipo advise mine.yaml --rulebook {folder}" in shown
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "dark", "wind": "storm", "tide": "true"}
    terminal = ask("other.yaml", "--plain", "--from-nothing", "--rulebook", str(folder))
    terminal.wait("a new file", "What is the sky like?")


def test_why_names_no_rule_that_the_answer_rules_out(boats: Path) -> None:
    interview = plenipo.interview(rulebook=load_rulebook(boats)).revisit("sky")
    rules = [*interview.rulebook.rules.values()]
    named = [
        replace(branch, because={"sail": rule}, shifts=(Shift("lead", new=("sail",)),), consequences=())
        for branch, rule in zip(branches(interview), rules, strict=False)
    ]
    assert len(named) == 3
    stream = io.StringIO()
    questionnaire.why(interview, named, Page(stream, 100))
    for branch in named:
        assert stream.getvalue().count(f"\n {interview.rulebook.facts['sky'].values[branch.value]}") == 1


@pytest.mark.parametrize("start", [{}, {"us_election_status": "pending"}, {"talks_status": "paused"}])
def test_every_reason_that_why_gives_holds_with_that_answer(start: dict[str, str]) -> None:
    interview = plenipo.interview(start)
    seen = 0
    for branch in branches(interview):
        after = interview.answer(branch.value).advice
        for id, rule in branch.because.items():
            seen += 1
            assert rule in after.options[id].decided_by
    assert seen


def test_an_answer_that_only_pushes_something_off_a_list_is_not_said_to_lift_it() -> None:
    start = plenipo.load_situation("biden-first-spring-2021")
    interview = plenipo.interview(start).revisit("china_backing")
    stream = io.StringIO()
    questionnaire.why(interview, branches(interview), Page(stream, 200))
    assert "the brief only names others under Not yet" in stream.getvalue()
    stream = io.StringIO()
    questionnaire.changed(interview, interview.answer("none"), Page(stream, 200))
    for said in ("no longer held", "no longer a warning", "not yet"):
        assert said not in stream.getvalue()


def test_an_answer_says_which_first_step_is_still_advised() -> None:
    interview = plenipo.interview(plenipo.load_situation("biden-first-spring-2021")).revisit("us_sanctions_stance")
    stream = io.StringIO()
    questionnaire.why(interview, branches(interview), Page(stream, 200))
    assert "Still advised, no longer among the first: Make a joint US-South Korean public offer." in stream.getvalue()
