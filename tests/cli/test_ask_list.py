"""The list of `plenipo ask` on terminals as they are: stopped, resized, pasted into, hung up, ended by a signal."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import test_ask
from tests.cli.screen import READY, Screen, questionnaire
from tests.cli.test_ask import facts
from tests.conftest import FACTS, write_rulebook

boats = test_ask.boats
SKY, WIND = "What is the sky like?", "How strong is the wind?"
NOISE: dict[str, str | bytes] = {
    "a bracketed paste": "\x1b[200~2\r3\nhello\r\n\x1b[201~",
    "a key without a meaning": "x",
    "an arrow to the side": "\x1b[C",
    "a function key": "\x1bOP",
    "escape": "\x1b",
    "half a letter": b"\xed\x95",
    "Latin-1": b"\xe9",
    "nothing": "\x00",
    "another width": "\uff10",
}


def start(folder: Path, boats: Path, *arguments: str, columns: int = 80) -> Screen:
    screen = questionnaire(folder, boats, "mine.yaml", *arguments, columns=columns)
    screen.see(SKY, READY)
    return screen


def test_what_means_nothing_leaves_nothing_behind(boats: Path, tmp_path: Path) -> None:
    screen = start(tmp_path, boats)
    before = screen.lines
    for keys in NOISE.values():
        screen.send(keys)
    # The last one is drawn, so whatever the others would have drawn is there.
    screen.send("\x1b[B")
    screen.until(lambda: any("▸ 2" in line for line in screen.lines), "the second choice")
    assert [line.replace("▸", " ") for line in screen.lines] == [line.replace("▸", " ") for line in before]
    assert list(tmp_path.iterdir()) == []
    screen.send("S")
    assert screen.finish() == 0


def test_capitals_and_full_width_keys_are_keys(boats: Path, tmp_path: Path) -> None:
    screen = start(tmp_path, boats)
    screen.send("\uff37")
    screen.see("What each answer would do", READY)
    screen.send("\uff12\r")
    screen.see(WIND, "cloudy", READY)
    screen.send("B")
    screen.see("Answered before: cloudy")
    screen.send("\uff2b")
    screen.see("1 asked")
    screen.send("U\n")
    screen.see("What now?")
    screen.send("\uff33\r")
    assert screen.finish() == 0
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy"}
    plain = questionnaire(tmp_path, boats, "other.yaml", "--plain")
    plain.see(SKY, READY)
    plain.send("\uff12\r")
    plain.see(WIND)
    plain.send("\uff33\r")
    assert plain.finish() == 0
    assert facts(boats, tmp_path / "other.yaml") == {"sky": "cloudy"}


ENDS: dict[str, tuple[str | signal.Signals, int]] = {
    "SIGTERM": (signal.SIGTERM, 143),
    "SIGHUP": (signal.SIGHUP, 129),
    "SIGQUIT": (signal.SIGQUIT, 131),
    "kill -INT": (signal.SIGINT, 130),
    "Ctrl-C": ("\x03", 130),
    "Ctrl-D": ("\x04", 130),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("plain", [True, False])
def test_however_it_ends_the_terminal_is_as_it_was(boats: Path, tmp_path: Path, how: str, plain: bool) -> None:
    end, code = ENDS[how]
    screen = start(tmp_path, boats, *(["--plain"] if plain else []))
    screen.send("2\r")
    screen.see(WIND)
    screen.until(lambda: screen.text.count(READY) == 1 + plain, "the second question")
    if isinstance(end, str):
        screen.send(end)
    else:
        screen.child.kill(end)
    assert screen.finish() == code
    assert screen.restored()
    assert "plenipo ask mine.yaml` goes on" in screen.text
    assert "Traceback" not in screen.text
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy"}


def test_a_signal_at_the_start_and_in_the_review(boats: Path, tmp_path: Path) -> None:
    kept = {str(path.relative_to(boats)): path.read_bytes() for path in boats.rglob("*.yaml")}
    usual = b"title: The usual\nfacts: {sky: clear}\n"
    folder = write_rulebook(tmp_path / "book", {**kept, "facts/usual.yaml": usual})
    screen = questionnaire(tmp_path, folder, "mine.yaml")
    screen.see("Where do you want to start?", "Enter choose")
    screen.child.kill(signal.SIGTERM)
    assert screen.finish() == 143
    assert "no file was made" in screen.text
    assert screen.restored()
    screen = questionnaire(tmp_path, folder, "mine.yaml", "--based-on", "book/facts/usual.yaml")
    screen.see(WIND, READY)
    screen.send("R")
    screen.see("Which answer do you want to change?", "keep them all")
    screen.child.kill(signal.SIGHUP)
    assert screen.finish() == 129
    assert screen.restored()


@pytest.mark.parametrize(("columns", "less"), [(60, 0), (60, 1), (50, 0), (40, 0)])
def test_a_question_that_fills_its_line_keeps_its_mark(boats: Path, tmp_path: Path, columns: int, less: int) -> None:
    kept = {str(path.relative_to(boats)): path.read_bytes() for path in boats.rglob("*.yaml")}
    ask = f"What is the sky like {'now and ' * 9}"[: columns - less - 1].rstrip().ljust(columns - less - 1, "n") + "?"
    folder = write_rulebook(tmp_path / "book", {**kept, "rules/facts.yaml": FACTS.replace(SKY, ask)})
    screen = questionnaire(tmp_path, folder, "mine.yaml", columns=columns)
    screen.see(ask, READY)
    screen.send("1\r")
    screen.see(f"{ask} clear", WIND, READY)


def test_a_terminal_that_gets_another_width(boats: Path, tmp_path: Path) -> None:
    screen = start(tmp_path, boats)
    screen.send("1\r")
    screen.see(WIND, "r review answers", READY)
    for columns in (50, 40, 110, 30, 80):
        screen.resize(columns)
        screen.child.kill(signal.SIGWINCH)
        screen.see(WIND, "not known", "? help", "r review answers", READY)
        assert max(map(len, screen.lines)) <= columns
    screen.resize(46)
    screen.send("?")
    screen.see("Not possible with your other answers", READY)
    assert "none" in screen.text, "what comes afterwards is as wide as the terminal is"
    screen.send("s")
    assert screen.finish() == 0


def shell(folder: Path, boats: Path) -> Screen:
    screen = Screen(
        ["bash", "--norc", "--noprofile", "-i"],
        folder,
        100,
        {"PS1": "ready: ", "PYTHONUTF8": "1", "PLENIPO_RULEBOOK": str(boats), "INPUTRC": os.devnull},
    )
    screen.see("ready:")
    return screen


def control_z(screen: Screen) -> None:
    screen.send("\x1a")


def kill_from_outside(screen: Screen) -> None:
    os.kill(os.tcgetpgrp(screen.child.child_fd), signal.SIGTSTP)


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("stop", [control_z, kill_from_outside])
def test_it_stops_and_comes_back(boats: Path, tmp_path: Path, plain: bool, stop: Callable[[Screen], None]) -> None:
    screen = shell(tmp_path, boats)
    screen.send(f"{sys.executable} -m plenipo ask mine.yaml{' --plain' if plain else ''}\n")
    screen.see(SKY, READY)
    stop(screen)
    screen.see("Stopped")
    screen.send("echo back$((40 + 2)) | cat\n")
    screen.see("back42")
    screen.send("clear\n")
    screen.until(lambda: SKY not in screen.text, "an empty screen")
    screen.send("fg\n")
    if not plain:
        screen.see(SKY, "▸ 1", READY)
    screen.send("2\r")
    screen.see(WIND, READY)
    screen.send("s\r" if plain else "s")
    screen.see("The answers are kept in mine.yaml")
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy"}
    screen.send("exit\n")
    assert screen.finish() == 0


@pytest.mark.parametrize("plain", [True, False])
def test_a_terminal_that_hangs_up_ends_it_quietly(boats: Path, tmp_path: Path, plain: bool) -> None:
    options = "--plain" if plain else ""
    line = f"trap '' HUP; {sys.executable} -m plenipo ask mine.yaml {options}; echo $? > code.part; mv code.part code"
    screen = Screen(["bash", "-c", line], tmp_path, 80, {"PYTHONUTF8": "1", "PLENIPO_RULEBOOK": str(boats)})
    screen.see(SKY, READY)
    screen.send("2\r")
    screen.see(WIND, READY)
    os.close(screen.child.child_fd)
    deadline = time.monotonic() + 30
    while not (tmp_path / "code").exists():
        assert time.monotonic() < deadline, "it goes on without a terminal"
        time.sleep(0.02)
    assert (tmp_path / "code").read_text() in {"129\n", "130\n"}
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy"}
