"""What situations put to use, and situations made so that everything is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.audit.coverage import Coverage, coverage
from plenipo.audit.generate import generate
from plenipo.audit.goals import Goal, condition_parts, goals, prospects
from plenipo.audit.suite import hold_to_expectations
from plenipo.cli.main import main
from plenipo.report.answers.suite import SuiteReport
from plenipo.rulebook.model import FALSE, TRUE, Constraint, Rulebook
from plenipo.search_time import search_time
from tests.audit.test_mutation import everything
from tests.made_up.constrained import WAYS, Facts, books, choose, made_up
from tests.made_up.short import condition, rule, rulebook
from tests.oracle import Oracle, allowed
from tests.strategies import situations

EXAMPLES = {"tables": 25, "answers": 10}

WHOLE = Path(__file__).parents[1] / "bad" / "whole"


def shows(book: Rulebook, facts: Facts, goal: Goal) -> bool:
    """Return whether a situation reaches a goal, as the oracle sees it."""
    oracle = Oracle(book, facts)
    if goal.part is None:
        return goal.rule in oracle.fired
    findings = {id: TRUE if id in oracle.findings else FALSE for id in book.findings}
    return goal.part.condition.holds({**facts, **findings}) is goal.outcome


@st.composite
def suites(draw: st.DrawFn) -> tuple[Rulebook, list[Facts]]:
    """A rulebook of few facts, with some situations that its constraints allow."""
    book = draw(books().filter(lambda book: len(book.facts) < 4))
    return book, [facts for facts in draw(st.lists(situations(book), max_size=3)) if allowed(book, facts)]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_covered_and_what_cannot_be_is_so(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(way, monkeypatch)

    @settings(made_up, max_examples=EXAMPLES[way])
    @given(suites())
    def holds(case: tuple[Rulebook, list[Facts]]) -> None:
        book, given = case
        every = list(everything(book))
        found = coverage(book, given)
        possible = {goal for goal in goals(book) if any(shows(book, facts, goal) for facts in every)}
        shown = {goal for goal in goals(book) if any(shows(book, facts, goal) for facts in given)}
        rules = {goal.rule for goal in possible if goal.part is None}
        assert found.rules == len(rules)
        assert set(found.unfired) == rules - {goal.rule for goal in shown if goal.part is None}
        assert set(found.impossible) == set(goals(book)) - possible
        outcomes = {(goal.part, goal.outcome) for goal in possible}
        open_parts = {goal.part for goal in possible if goal.part and (goal.part, not goal.outcome) in outcomes}
        assert found.conditions == len(open_parts)
        missing = {(part, outcome) for part, outcomes in found.undecided for outcome in outcomes}
        assert missing == {(goal.part, goal.outcome) for goal in possible - shown if goal.part in open_parts}

    holds()


@pytest.mark.parametrize("way", WAYS)
def test_generated_situations_reach_all_that_can_be_reached(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(way, monkeypatch)

    @settings(made_up, max_examples=EXAMPLES[way])
    @given(books().filter(lambda book: len(book.facts) < 4))
    def holds(book: Rulebook) -> None:
        made = generate(book)
        every = list(everything(book))
        assert all(allowed(book, situation.facts) for situation in made.situations)
        reached = {goal for goal in goals(book) for situation in made.situations if shows(book, situation.facts, goal)}
        assert set(made.impossible) == set(goals(book)) - reached
        assert not any(shows(book, facts, goal) for facts in every for goal in made.impossible)
        assert (made.reached, made.undecided) == (len(reached), ())
        for left_out in made.situations:
            others = [situation.facts for situation in made.situations if situation is not left_out]
            assert not all(any(shows(book, facts, goal) for facts in others) for goal in reached)
        for situation in made.situations:
            assert situation.expect == Oracle(book, situation.facts).verdicts
        assert generate(book) == made

    holds()


@pytest.mark.parametrize("way", WAYS)
def test_a_goal_is_shown_by_as_few_facts_as_can_be(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(way, monkeypatch)
    book = rulebook(
        rule("calm", "find safe", when={"wind": "calm", "sky": "clear"}),
        rule("go", "recommend sail", when={"safe": "true"}, unless={"tide": "out"}),
        rule("stay", "avoid sail", when={"wind": "gale", "sky": "dark"}),
    )
    found = prospects(book, goals(book))
    assert (found.impossible, found.undecided) == (frozenset(), frozenset())
    shown = {
        (goal.rule, goal.part.place if goal.part else "", goal.outcome): facts for goal, facts in found.reached.items()
    }
    assert shown["go", "", True] == {"wind": "calm", "sky": "clear"}
    assert shown["go", "unless", True] == {"tide": "out"}
    assert shown["go", "when", False] == {}


def test_no_time_leaves_what_needs_a_search_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    choose("answers", monkeypatch)
    book = rulebook(rule("go", "recommend sail", when={"wind": "calm"}))
    with search_time(0):
        found = prospects(book, goals(book))
    assert {*found.reached, *found.impossible, *found.undecided} == set(goals(book))
    assert found.undecided
    assert found.impossible == frozenset()


def test_an_alternative_counts_beside_its_comparisons_and_alone_is_one() -> None:
    one = rule(
        "one", "avoid sail", when={"sky": "dark", "any": [{"wind": "gale"}, {"tide": "out", "any": [{"crew": "ill"}]}]}
    )
    assert [(part.place, next(part.condition.every_atom()).name) for part in condition_parts(one)] == [
        ("when", "sky"),
        ("when, alternative 1", "wind"),
        ("when, alternative 2", "tide"),
        ("when, alternative 2", "tide"),
        ("when, alternative 2, alternative 1", "crew"),
    ]


def covered(book: Rulebook, *given: Facts) -> Coverage:
    return coverage(book, given)


def test_what_is_missing_is_named_rule_by_rule(
    book: Callable[..., Rulebook],
) -> None:
    made = book()
    found = covered(made, {"wind": "calm"}, {"wind": "storm"})
    assert found.unfired == ("no-sailing-in-the-dark",)
    assert (found.conditions, len(found.undecided)) == (3, 1)
    assert (round(found.fired, 2), round(found.decided, 2)) == (0.67, 0.67)
    assert (found.reaches(0.66), found.reaches(0.67)) == (True, False)
    report = SuiteReport(hold_to_expectations(made, []), found, least=0.9)
    out = plenipo.render(report, width=80)
    assert "2 of 3 conditions are decided both ways; these are not:\n  no-sailing-in-the-dark\n" in out
    assert "    when: sky: dark: never true\n" in out
    document = json.loads(plenipo.render(report, "json"))["conditions"]
    assert document["passed"] is False
    assert document["undecided"] == [
        {"rule": "no-sailing-in-the-dark", "place": "when", "condition": "sky: dark", "never": ["true"]}
    ]


def test_what_no_situation_shows_is_set_apart(
    book: Callable[..., Rulebook],
) -> None:
    made = book()
    never = Constraint("no-night", condition({"sky": "dark"}))
    found = covered(replace(made, constraints=(never,)), {"wind": "calm"}, {"wind": "storm"})
    assert (found.rules, found.unfired, found.undecided) == (2, (), ())
    assert found.reaches(1.0)
    out = plenipo.render(SuiteReport(hold_to_expectations(made, []), found, least=1.0), width=80)
    assert "  no-sailing-in-the-dark: never fires\n" in out
    assert "  no-sailing-in-the-dark: when: sky: dark: never true\n" in out


def test_the_bundled_situations_put_nearly_everything_to_use() -> None:
    assert plenipo.coverage().reaches(0.97)


def test_the_command_exits_by_the_coverage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clear, dark = tmp_path / "clear.yaml", tmp_path / "dark.yaml"
    clear.write_text("facts: {sky: clear, tide: yes}\nexpect: {sail: recommend}\n")
    dark.write_text("facts: {sky: dark}\n")
    asked = ["test", "--rulebook", str(WHOLE), "--coverage", str(clear)]
    assert main(asked) == 1
    assert "0 of 3 conditions are decided both ways; these are not:" in capsys.readouterr().out
    assert main([*asked, "--min", "0"]) == 0
    assert main([*asked, str(dark), "--min", "1"]) == 0
    capsys.readouterr()
    assert main([*asked, "--format", "json"]) == 1
    conditions = json.loads(capsys.readouterr().out)["conditions"]
    assert (conditions["passed"], conditions["rules_fired"], conditions["decided"]) == (False, 1.0, 0.0)
    assert len(conditions["undecided"]) == conditions["total"] == 3


def test_generated_files_pass_their_own_test_and_can_be_advised_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "cases"
    assert main(["test", "--generate", str(folder)]) == 0
    files = sorted(folder.glob("*.yaml"))
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.endswith(".yaml")] == [file.name for file in files]
    assert len(files) <= 10
    assert main(["test", *map(str, files), "--coverage", "--min", "1"]) == 0
    assert main(["advise", str(files[0])]) == 0
    assert files[0].read_text(encoding="utf-8").startswith("# Generated by `plenipo test --generate`")


def test_nothing_is_written_over_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "generated-02.yaml"
    mine.write_text("mine")
    assert main(["test", "--rulebook", str(WHOLE), "--generate", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"plenipo: `{mine}` already exists\n  help: --force overwrites it\n"
    assert [path.name for path in tmp_path.iterdir()] == ["generated-02.yaml"]
    assert mine.read_text() == "mine"
    assert main(["test", "--rulebook", str(WHOLE), "--generate", str(tmp_path), "--force", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert str(mine) in document["files"]
    assert mine.read_text() != "mine"


@pytest.mark.parametrize("more", [["late-summer-2020"], ["--coverage"], ["--mutate"]])
def test_generating_goes_with_nothing_else(more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", *more, "--generate", str(tmp_path)]) == 2
    assert "goes with no file" in capsys.readouterr().err


def test_an_empty_rulebook_needs_no_situation() -> None:
    empty = Rulebook({}, {}, {}, {})
    made = generate(empty)
    assert made.situations == ()
    assert coverage(empty, []).reaches(1.0)
