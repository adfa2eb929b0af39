"""`plenipo help`, and what the help of each command shows."""

from __future__ import annotations

import pytest

from plenipo.cli.app import COMMANDS
from tests.cli.conftest import Run


def test_help_shows_which_commands_there_are(run: Run) -> None:
    assert run("help").out == run("--help").out
    assert "plenipo ask " in run("help").out.partition("Examples:")[2]


@pytest.mark.parametrize("command", [*COMMANDS, "sources verify"])
def test_help_on_a_command_is_what_it_says_itself(run: Run, command: str) -> None:
    ran = run("help", *command.split())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.rstrip() == run(*command.split(), "--help").out.rstrip()
    assert f"Usage: plenipo {command} " in ran.out


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["advize"], "there is no command `advize`\n  help: did you mean `advise`?"),
        (["sources", "verfy"], "there is no command `verfy`\n  help: did you mean `verify`?"),
        (["nosuch"], "there is no command `nosuch`"),
        (["advise", "verify"], "`plenipo advise` has no command `verify`"),
    ],
)
def test_help_on_what_is_no_command_suggests_one(run: Run, names: list[str], said: str) -> None:
    ran = run("help", *names)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("word", ["four_party_talks", "us_china_friction", "recommend", "A42", "late-summer-2020"])
def test_help_on_a_name_points_to_what_shows_it(run: Run, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    ran = run("help", word)
    assert ran.code == 2
    assert f"there is no command `{word}`\n  help: `plenipo show {word}` says what it means\n" in ran.err
    assert run("show", word).code == 0
    assert "plenipo show" not in run("help", "nosuch").err


def test_the_subject_is_named_where_the_rulebook_that_comes_with_plenipo_is_meant(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "North Korea" not in run("--help").out
    assert "Decision support by rules." in run("help").out
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    assert "Decision support on North Korea policy." in run("--help").out
    assert run().out == run("help").out == run("-h").out
