"""`--seconds`: what is not settled while there is time to search is said, in words and in JSON, and is no error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import plenipo
from plenipo.cli.main import main
from plenipo.search_time import search_time, time_left
from tests.made_up.pigeons import pigeons

WITHOUT_TIME = ["--seconds", "0"]


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a rulebook that takes a search for ever."""
    return pigeons(tmp_path_factory.mktemp("hard"), 9)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """Return a fact file in which little is known, and something is deferred."""
    (tmp_path / "one.yaml").write_text("facts: {p1: h1}\n")
    return tmp_path / "one.yaml"


@pytest.mark.parametrize(
    ("command", "more", "code"),
    [
        ("advise", [], 0),
        ("advise", ["--full"], 0),
        ("outlook", [], 0),
        ("change", ["go", "recommend"], 1),
        ("check", [], 1),
    ],
)
def test_what_is_not_settled_in_time_is_said(  # noqa: PLR0917 - three of them say what is run
    hard: Path, one: Path, capsys: pytest.CaptureFixture[str], command: str, more: list[str], code: int
) -> None:
    file = [] if command == "check" else [str(one)]
    line = [command, *file, *more, "--rulebook", str(hard), *WITHOUT_TIME]
    assert main(line) == code
    said = capsys.readouterr().out
    assert "ot settled in time" in said or "time was up" in said
    assert main([*line, "--format", "json"]) == code
    document = json.loads(capsys.readouterr().out)
    assert document.get("undecided") or document["brief"]["undecided"]


def test_an_outlook_says_which_verdicts_it_does_not_know(hard: Path) -> None:
    book = plenipo.load_rulebook(hard)
    found = plenipo.outlook({}, rulebook=book, seconds=0)
    assert set(found.undecided) == {"go", "stay"}
    assert not any(prospect.settled for prospect in found.options.values())
    assert found.open == ()


def test_a_questionnaire_asks_on_and_says_what_it_does_not_know(hard: Path) -> None:
    book = plenipo.load_rulebook(hard)
    assert plenipo.interview(rulebook=book, seconds=0).question is not None
    about = plenipo.interview(rulebook=book, about=["go"], seconds=0)
    assert about.question is None or about.question.fact.id in book.facts
    assert json.loads(plenipo.render(about, "json", seconds=0))["undecided"] == list(about.undecided)


def test_what_needs_no_search_needs_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("advise", "outlook"):
        shown = []
        for more in ([], WITHOUT_TIME):
            assert main([command, "late-summer-2020", *more]) == 0
            shown.append(capsys.readouterr().out)
        assert shown[0] == shown[1]


def test_a_limit_within_another_ends_no_later() -> None:
    with search_time(0):
        with search_time(60):
            assert time_left() == 0
        with search_time(0):
            assert time_left() == 0
    assert time_left() > 0


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "soon"])
def test_seconds_are_a_number(capsys: pytest.CaptureFixture[str], value: str) -> None:
    for command in (["advise", "late-summer-2020"], ["check"], ["robust", "late-summer-2020"]):
        assert main([*command, "--seconds", value]) == 2
        assert "--seconds" in capsys.readouterr().err


def test_a_fact_of_very_many_values_is_checked_but_for_a_bound_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = pigeons(tmp_path, 3)
    values = ", ".join(f"v{number}: V" for number in range(8000))
    facts = (book / "rules" / "facts.yaml").read_text()
    (book / "rules" / "facts.yaml").write_text(f"{facts}    many: {{ask: Which?, values: {{h1: H, {values}}}}}\n")
    assert main(["check", "--rulebook", str(book)]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "not decided: idle-value, because the fact `many` has 8,001 values, and at most 200 are compared" in said
    assert main(["check", "--rulebook", str(book), "--format", "json"]) == 1
    assert set(json.loads(capsys.readouterr().out)["undecided_because"]) == {"idle-fact", "idle-value"}
