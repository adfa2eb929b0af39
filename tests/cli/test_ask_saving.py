"""`plenipo ask` where the file changes under it: others who write, answers that move, and a folder that vanishes."""

from __future__ import annotations

import os
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


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("kept", ["cloudy", "dark"])
def test_an_answer_of_somebody_else_is_told_and_may_stand(
    ask: Ask, boats: Path, tmp_path: Path, plain: bool, kept: str
) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("facts:\n")
    first, second = ask("m.yaml", "--plain"), ask("m.yaml", *(["--plain"] if plain else []))
    second.wait("What is the sky like?", READY)
    first.press("2\r")
    first.wait("How strong is the wind?", READY)
    second.child.send("3\r")
    second.wait("somebody else has changed in m.yaml", "cloudy; your answer: dark", "keep what is there", "write my")
    assert facts(boats, path) == {"sky": "cloudy"}
    second.child.send("k\r" if kept == "cloudy" else "m\r")
    second.wait("How strong" if kept == "cloudy" else "Done", READY)
    assert facts(boats, path) == {"sky": kept}
    second.child.send("s\r" if plain or kept == "dark" else "s")
    code, shown = second.finish()
    assert code == 0
    assert "taken as it is now" not in shown
    first.child.send("1\r")
    first.wait("Done", READY)
    first.child.send("s\r")
    assert first.finish()[0] == 0
    assert facts(boats, path) == {"sky": kept, "wind": "calm"}


CHANGES = {
    "facts:\n  tide: yes\n": "sky: the answer was taken out; your answer: cloudy",
    "facts:\n  sky: unknown  # asked: not known\n  tide: yes\n": "sky: not known; your answer: cloudy",
    "title: Theirs\nnotes: {tide: seen}\nfacts:\n  sky: clear\n  tide: yes\n": "taken as it is now: `title`, `notes`",
    None: "m.yaml was gone, and has been made again with all answers",
}


@pytest.mark.parametrize("theirs", CHANGES)
def test_whatever_becomes_of_the_file_is_told(ask: Ask, boats: Path, tmp_path: Path, theirs: str | None) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("facts:\n  sky: clear\n  tide: yes\n")
    terminal = ask("m.yaml", "--plain", columns=200)
    terminal.press("r\r")
    terminal.wait("Which answer")
    terminal.child.send("1\r")
    terminal.wait("Answered before: clear", READY)
    if theirs is None:
        path.unlink()
    else:
        path.write_text(theirs)
    terminal.child.send("2\r")
    terminal.wait(CHANGES[theirs])
    if "your answer" in CHANGES[theirs]:
        terminal.child.send("\r")
    terminal.press("s\r")
    assert terminal.finish()[0] == 0
    mine = {} if "your answer" in CHANGES[theirs] else {"sky": "cloudy"}
    assert facts(boats, path) == {**mine, "tide": "true"}


@pytest.mark.parametrize("plain", [True, False])
def test_a_file_that_may_not_be_written_is_refused_before_the_first_question(
    ask: Ask, boats: Path, tmp_path: Path, plain: bool
) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("facts:\n  sky: clear\n")
    path.chmod(0o444)
    code, shown = ask("m.yaml", *(["--plain"] if plain else []), columns=200).finish()
    assert code == 2
    assert "answers cannot be written to `m.yaml`: it may not be written" in shown
    assert "`plenipo ask m-2.yaml --based-on m.yaml`" in shown
    assert "What is" not in shown
    terminal = ask("m-2.yaml", "--based-on", "m.yaml", "--plain")
    terminal.press("1\r", "s\r")
    assert terminal.finish()[0] == 0
    assert facts(boats, tmp_path / "m-2.yaml") == {"sky": "clear", "wind": "calm"}
    assert path.read_text() == "facts:\n  sky: clear\n"


NO_ANSWERS = {
    "Latin-1": b"\xe9\r",
    "half a letter": b"\xed\x95\r",
    "zero": b"\x00\r",
    "zero behind an answer": b"1\x00\r",
    "a lone surrogate": b"\xed\xa0\x80\r",
    "control bytes": b"\x01\x1b[A\x07\x0c\r",
    "a pasted line": b"\x1b[200~1\x1b[201~\r",
    "a long line": b"x" * 3000 + b"\r",
    "another script": "\u314c\u314c".encode() + b"\r",
}
TERMINALS: list[dict[str, str]] = [
    {"PYTHONIOENCODING": "utf-8:strict"},
    {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    {"TERM": "dumb", "PYTHONIOENCODING": "latin-1:strict", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("environment", TERMINALS)
def test_bytes_that_are_no_answer_are_asked_about_again(
    ask: Ask, boats: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "m.yaml").write_text("title: \uac00\nfacts:\n  tide: yes\n")
    terminal = ask("m.yaml", "--plain", **environment)
    terminal.wait("What is the sky like?", READY)
    for keys in NO_ANSWERS.values():
        os.write(terminal.child.child_fd, keys)
        terminal.wait("Please type one of 1, 2, 3, u")
    terminal.child.send("r\r")
    terminal.wait("Which answer do you want to change?")
    os.write(terminal.child.child_fd, NO_ANSWERS["half a letter"])
    terminal.wait("Please type one of 1, k")
    terminal.child.send("k\r")
    terminal.press("2\r", "s\r")
    code, shown = terminal.finish()
    assert code == 0
    assert "error" not in shown
    assert facts(boats, tmp_path / "m.yaml")["sky"] == "cloudy"
