"""Where `plenipo ask` starts, what it says that an answer changes, and the brief at its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from plenipo.rulebook import locations
from tests.cli import test_ask
from tests.cli.test_ask import Ask

ask = test_ask.ask
boats = test_ask.boats


@pytest.mark.parametrize("plain", [True, False])
def test_it_offers_where_to_start_and_ends_with_the_brief(ask: Ask, tmp_path: Path, plain: bool) -> None:
    arguments, enter = (["--plain"], "\r") if plain else ([], "")
    terminal = ask("mine.yaml", *arguments, PLENIPO_RULEBOOK=str(locations.home()))
    terminal.wait("Where do you want to start?", "from nothing", "what the essays take as given")
    terminal.child.send("2\r")
    terminal.wait("taken over from what-the-essays-take-as-given")
    terminal.press(f"n{enter}")
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
