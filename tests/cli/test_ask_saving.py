"""`plenipo ask` where the file changes under it: others who write, answers that move, and a folder that vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import test_ask
from tests.cli.test_ask import READY, Ask, facts

ask = test_ask.ask
boats = test_ask.boats


def test_what_others_write_is_named_and_stays(ask: Ask, boats: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("facts:\n  tide: yes\n")
    terminal = ask("m.yaml", "--plain")
    terminal.press("2\r")
    terminal.wait("How strong is the wind?", READY)
    path.write_text(path.read_text().replace("tide: yes", "tide: no"))
    terminal.child.send("1\r")
    terminal.wait("m.yaml was changed by somebody else, and is taken as it is now: tide.", READY)
    assert facts(boats, path) == {"sky": "cloudy", "wind": "calm", "tide": "false"}
    terminal.child.send("s\r")
    assert terminal.finish()[0] == 0


def test_another_file_is_announced_where_it_comes(ask: Ask, boats: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    terminal = ask("m.yaml", "--plain")
    terminal.press("2\r")
    terminal.wait("How strong is the wind?", READY)
    path.write_text("no fact file\n")
    terminal.child.send("1\r")
    terminal.wait("cannot be written into m.yaml without risk", "kept in m-2.yaml from here on", READY)
    terminal.child.send("s\r")
    assert terminal.finish()[0] == 0
    assert facts(boats, tmp_path / "m-2.yaml") == {"sky": "cloudy", "wind": "calm"}
    assert path.read_text() == "no fact file\n"


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("stop", ["s", "\x03"])
def test_a_folder_that_vanishes_loses_nothing_on_screen(
    ask: Ask, boats: Path, tmp_path: Path, plain: bool, stop: str
) -> None:
    folder, away = tmp_path / "d", tmp_path / "e"
    folder.mkdir()
    enter = "\r" if stop == "s" else ""
    terminal = ask("d/m.yaml", *(["--plain"] if plain else []), columns=200)
    terminal.press("2\r")
    terminal.wait("How strong is the wind?", READY)
    folder.rename(away)
    terminal.child.send("1\r")
    terminal.wait(
        "cannot be written to d/m.yaml: no such file", "In no file:", "sky: cloudy", "wind: calm", "try again"
    )
    terminal.child.send("t\r")
    terminal.wait("cannot be written to d/m.yaml", "try again", "stop")
    terminal.child.send(stop + enter)
    code, shown = terminal.finish()
    assert code == 2
    assert "`d/m.yaml` cannot be written to (no such file or directory)" in shown
    assert "plenipo ask d/m.yaml --set sky=cloudy --set wind=calm" in shown
    assert "~" not in shown
    assert facts(boats, away / "m.yaml") == {"sky": "cloudy"}


def test_an_answer_that_could_not_be_kept_is_tried_again(ask: Ask, boats: Path, tmp_path: Path) -> None:
    folder, away = tmp_path / "d", tmp_path / "e"
    folder.mkdir()
    terminal = ask("d/m.yaml", "--plain")
    terminal.press("2\r")
    terminal.wait("How strong is the wind?", READY)
    folder.rename(away)
    terminal.child.send("1\r")
    terminal.wait("In no file:", "try again")
    away.rename(folder)
    terminal.child.send("\r")
    terminal.wait("No answer can change", READY)
    terminal.child.send("s\r")
    assert terminal.finish()[0] == 0
    assert facts(boats, folder / "m.yaml") == {"sky": "cloudy", "wind": "calm"}


def test_a_questionnaire_on_top_of_another_situation(ask: Ask, boats: Path, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("facts: {sky: clear}\n")
    terminal = ask("mine.yaml", "--plain", "--based-on", "base", "--set", "wind=calm")
    terminal.wait("2 facts are known already, 1 of them taken over from base.", "No answer can change")
    terminal.press("r\r")
    terminal.wait("(taken over from base)", "keep them all")
    terminal.child.send("k\r")
    terminal.press("s\r")
    assert terminal.finish()[0] == 0
    text = (tmp_path / "mine.yaml").read_text()
    assert 'based_on: "base"' in text
    assert "wind: calm" in text
    assert "sky:" not in text, "only answers are written"
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "clear", "wind": "calm"}
    ended, shown = ask("other.yaml", "--based-on", "bose", columns=200).finish()
    assert ended == 4
    assert "unknown-situation" in shown
    assert "did you mean `base`?" in shown
