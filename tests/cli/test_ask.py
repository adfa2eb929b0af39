"""`plenipo ask` on a real pseudo-terminal: lists and plain lines, interruption, resumption, and no terminal at all."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

import plenipo
from plenipo.report import questionnaire
from plenipo.report.page import Page
from plenipo.rulebook import locations
from plenipo.rulebook.load import load_rulebook
from tests.cli.conftest import RULES, process
from tests.conftest import FACTS, FINDINGS, OPTIONS, seed, write_rulebook

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][0-9A-Za-z]|[=>])")
DOWN = "\x1b[B"
READY = "save and stop"


class Terminal:
    """A running `plenipo ask` and what it has shown; waiting for words goes on from where they were last found."""

    def __init__(self, child: pexpect.spawn[str]) -> None:
        self.child = child
        self.raw = ""
        self._seen = 0

    @property
    def shown(self) -> str:
        """All that was shown so far, without colours and line ends."""
        return " ".join(ESCAPES.sub("", self.raw).split())

    def wait(self, *words: str) -> None:
        """Read until these words were shown, one after another."""
        for expected in words:
            deadline = time.monotonic() + 15
            while (place := self.shown.find(expected, self._seen)) < 0:
                assert time.monotonic() < deadline, f"never shown: {expected!r}\n{self.shown[self._seen :]}"
                try:
                    self.raw += self.child.read_nonblocking(4096, timeout=1)
                except pexpect.TIMEOUT:
                    continue
                except pexpect.EOF:
                    assert expected in self.shown[self._seen :], self.shown[self._seen :]
            self._seen = place + len(expected)

    def press(self, *keys: str) -> None:
        """Press keys, each when the prompt is there."""
        for key in keys:
            self.wait(READY)
            self.child.send(key)

    def finish(self) -> tuple[int | None, str]:
        """Wait for the end, and return the exit code with all that was shown."""
        while True:
            try:
                self.raw += self.child.read_nonblocking(4096, timeout=30)
            except pexpect.EOF:
                break
        self.child.close()
        return self.child.exitstatus, self.shown


Ask = Callable[..., Terminal]


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small rulebook in which sky and wind matter, tide and moon never do."""
    files: dict[str, str | bytes] = {
        "rules/facts.yaml": FACTS,
        "rules/options.yaml": OPTIONS,
        "rules/findings.yaml": FINDINGS,
        "rules/boats.yaml": RULES,
        "rules/constraints.yaml": (
            "constraints:\n  no-clear-breeze: {never: {sky: clear, wind: breeze}, because: The breeze brings clouds.}\n"
        ),
        "seeds/A.yaml": seed("A"),
        "seeds/B.yaml": seed("B"),
    }
    return write_rulebook(tmp_path_factory.mktemp("boats"), files)


@pytest.fixture
def ask(boats: Path, tmp_path: Path) -> Iterator[Ask]:
    """Return a function that starts `plenipo ask` in an empty folder, on a terminal 80 columns wide."""
    running: list[Terminal] = []

    def start(*arguments: str, columns: int = 80, **environment: str) -> Terminal:
        known = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "LINES"}}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "plenipo.cli.main", "ask", *arguments],
            cwd=str(tmp_path),
            env={**known, "TERM": "xterm", "PYTHONUTF8": "1", "PLENIPO_RULEBOOK": str(boats), **environment},
            dimensions=(50, columns),
            encoding="utf-8",
            codec_errors="replace",
        )
        running.append(Terminal(child))
        return running[-1]

    yield start
    for terminal in running:
        terminal.child.close(force=True)


def facts(boats: Path, path: Path) -> dict[str, str]:
    book = load_rulebook(boats)
    return dict(plenipo.load_situation(path, rulebook=book).facts)


def the_file(folder: Path) -> Path:
    (path,) = folder.glob("*.yaml")
    return path


def test_a_situation_is_named_and_dated(ask: Ask, boats: Path, tmp_path: Path) -> None:
    terminal = ask("mine.yaml", "--plain", "--title", "A fine\nday", "--as-of", "2026-05-01")
    terminal.wait("A fine day")
    terminal.press("1\r")
    terminal.wait("How strong is the wind?")
    terminal.press("a\r")
    terminal.wait("A fine day", "2026-05-01")
    terminal.press("s\r")
    assert "`title:` and `as_of:`" in terminal.finish()[1]
    told = plenipo.load_situation(tmp_path / "mine.yaml", rulebook=load_rulebook(boats))
    assert (told.title, told.as_of) == ("A fine day", "2026-05-01")
    code, shown = ask("mine.yaml", "--as-of", "31/08/2026").finish()
    assert code == 2
    assert "`--as-of` is `31/08/2026`, which is not a date, a month or a year" in " ".join(shown.split())
    terminal = ask("mine.yaml", "--plain", "--title", "Another")
    terminal.wait("The file keeps its own `title`; --title is not used.", "A fine day")


def test_plain_lines_to_the_end(ask: Ask, boats: Path, tmp_path: Path) -> None:
    terminal = ask("--plain")
    terminal.wait("a new file", "0 asked · 0 facts known · 2 can still move the brief", "What is the sky like?")
    terminal.press("1\r", "none\r", "s\r")
    code, shown = terminal.finish()
    assert code == 0
    assert "No answer can change the verdict on any option any more" in shown
    assert "plenipo advise situation-" in shown
    path = the_file(tmp_path)
    assert facts(boats, path) == {"sky": "clear", "wind": "calm"}
    assert "# How strong is the wind?" in path.read_text()


def test_a_list_to_move_through(ask: Ask, boats: Path, tmp_path: Path) -> None:
    terminal = ask("mine.yaml")
    terminal.wait("What is the sky like?", "↑↓ 1-3 u point · Enter choose · w why")
    terminal.press(DOWN + "\r")
    terminal.wait("How strong is the wind?")
    terminal.press("2\r")
    terminal.wait("What now?")
    terminal.press("\r")
    code, shown = terminal.finish()
    assert code == 0
    assert "kept in mine.yaml" in shown
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy", "wind": "breeze"}


@pytest.mark.parametrize("plain", [True, False])
def test_everything_that_can_be_done_at_a_question(ask: Ask, boats: Path, tmp_path: Path, plain: bool) -> None:
    terminal = ask("mine.yaml", *(["--plain"] if plain else []))
    enter = "\r" if plain else ""
    terminal.press(f"?{enter}")
    terminal.wait("What is the sky like? sky", "clear cloudy", "─ What is the sky like?")
    terminal.press(f"w{enter}")
    terminal.wait(
        "What each answer would do",
        "In the dark nobody sees the rocks.",
        "[B ¶3",
    )
    terminal.press("1\r")
    terminal.wait("How strong is the wind?")
    terminal.press(f"b{enter}")
    terminal.wait("Answered before: clear", "keep this answer")
    terminal.press(f"k{enter}")
    terminal.wait("How strong is the wind?")
    terminal.press(f"a{enter}")
    terminal.wait("Find out", "1 question could still change this brief", "─ How strong is the wind?")
    terminal.press(f"?{enter}")
    terminal.wait("Not possible with your other answers: some", "The breeze brings clouds.")
    terminal.press(f"r{enter}")
    terminal.wait("Which answer do you want to change?", "sky: clear", "keep them all")
    terminal.child.send("1\r")
    terminal.wait("Answered before: clear")
    terminal.press("u\r")
    terminal.wait("How strong is the wind?")
    terminal.press("3\r")
    terminal.wait("What now?")
    terminal.press("s\r")
    assert terminal.finish()[0] == 0
    assert facts(boats, tmp_path / "mine.yaml") == {"wind": "storm"}
    assert "sky: unknown  # asked: not known" in (tmp_path / "mine.yaml").read_text()


def test_what_is_not_known_is_not_asked_again(ask: Ask, boats: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("# mine\nfacts:\n  wind: unknown\n  tide: yes  # I saw it\n")
    terminal = ask("mine.yaml", "--plain")
    terminal.press("u\r", "u\r", "s\r")
    assert terminal.finish()[0] == 0
    terminal = ask("mine.yaml", "--plain")
    terminal.wait("No answer can change", "This takes it that 2 things are not known")
    terminal.press("g\r", "2\r", "s\r")
    code, shown = terminal.finish()
    assert code == 0
    assert "Asked for completeness" in shown
    assert facts(boats, tmp_path / "mine.yaml") == {"tide": "true", "moon": "false"}
    text = (tmp_path / "mine.yaml").read_text()
    assert "# mine" in text
    assert "# I saw it" in text


@pytest.mark.parametrize("plain", [True, False])
def test_control_c_keeps_the_answers(ask: Ask, boats: Path, tmp_path: Path, plain: bool) -> None:
    terminal = ask("mine.yaml", *(["--plain"] if plain else []))
    terminal.press("2\r", "\x03")
    code, shown = terminal.finish()
    assert code == 130
    assert "plenipo ask mine.yaml" in shown
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy"}


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGHUP, None])
@pytest.mark.parametrize("plain", [True, False])
def test_a_sudden_end_loses_the_question_on_screen_alone(
    ask: Ask, boats: Path, tmp_path: Path, how: signal.Signals | None, plain: bool
) -> None:
    terminal = ask("mine.yaml", *(["--plain"] if plain else []))
    terminal.press("2\r")
    terminal.wait("How strong is the wind?", READY)
    if how is None:
        terminal.child.close(force=True)
    else:
        terminal.child.kill(how)
        terminal.finish()
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy"}
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
    terminal = ask("mine.yaml", "--plain")
    terminal.wait("1 fact is known already", "How strong is the wind?")
    terminal.press("1\r", "s\r")
    assert terminal.finish()[0] == 0
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "cloudy", "wind": "calm"}


def test_answers_beforehand_and_only_what_bears_on_an_option(ask: Ask, boats: Path, tmp_path: Path) -> None:
    terminal = ask("mine.yaml", "--plain", "--set", "sky=clear", "--about", "sail")
    terminal.wait("1 of 1 verdict open · at most 1 to ask", "How strong")
    terminal.press("s\r")
    assert terminal.finish()[0] == 0
    assert facts(boats, tmp_path / "mine.yaml") == {"sky": "clear"}
    terminal = ask("mine.yaml", "--plain", "--about", "paint")
    terminal.wait("0 of 1 verdict open")
    terminal.press("s\r")
    assert terminal.finish()[0] == 0


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}])
def test_a_terminal_that_shows_little_gets_plain_lines(ask: Ask, environment: dict[str, str]) -> None:
    terminal = ask(**environment)
    terminal.press("what?\r")
    terminal.wait("Please type one of")
    terminal.child.send("s\r")
    code, shown = terminal.finish()
    assert code == 0
    assert "no file was made" in shown


@pytest.mark.parametrize("plain", [True, False])
def test_colour_is_left_out_where_nobody_wants_it(ask: Ask, plain: bool) -> None:
    terminal = ask(*(["--plain"] if plain else []), NO_COLOR="1")
    terminal.wait(READY)
    assert not re.search(r"\x1b\[(?:\d+;)*[39][0-7]m", terminal.raw)


def test_a_situation_that_comes_with_it_is_copied(ask: Ask, tmp_path: Path) -> None:
    terminal = ask("late-summer-2020", "--plain", PLENIPO_RULEBOOK=str(locations.home()))
    terminal.wait("facts are known already. Every answer is kept at once in late-summer-2020.yaml, a new file")
    terminal.press("1\r", "s\r")
    assert terminal.finish()[0] == 0
    kept = plenipo.load_situation(tmp_path / "late-summer-2020.yaml")
    assert kept.notes == plenipo.load_situation("late-summer-2020").notes


@pytest.mark.parametrize("plain", [True, False])
def test_nothing_in_a_rulebook_commands_the_terminal(ask: Ask, boats: Path, tmp_path: Path, plain: bool) -> None:
    hostile = FACTS.replace("What is the sky like?", '"What \\u202e[bold]is\\u200b the sky?"')
    kept = {str(path.relative_to(boats)): path.read_bytes() for path in boats.rglob("*.yaml")}
    folder = write_rulebook(tmp_path / "book", {**kept, "rules/facts.yaml": hostile})
    terminal = ask(*(["--plain"] if plain else []), "--rulebook", str(folder))
    terminal.wait("What \\u202e[bold]is\\u200b the sky?", READY)


def test_without_a_terminal_it_names_the_way_to_go(tmp_path: Path) -> None:
    ran = process("ask", cwd=str(tmp_path), stdin=-3)
    assert ran.returncode == 2
    assert b"`ask` needs a terminal" in ran.stderr
    assert b"plenipo template" in ran.stderr
    assert b"--set fact=value" in ran.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-"], 2, "answers cannot be kept on stdin"),
        (["absent/mine.yaml"], 2, "there is no folder"),
        (["bad.yaml"], 4, "unknown-fact"),
        (["late-sumer-2020"], 2, "no situation of this rulebook"),
        (["--about", "sial"], 2, "did you mean `sail`"),
        (["--set", "sky=pink"], 4, "is not a value of the fact"),
        (["--set", "sky=clear", "--set", "wind=breeze"], 4, "exclude one another"),
    ],
)
def test_what_is_wrong_comes_before_any_question(
    ask: Ask, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    (tmp_path / "bad.yaml").write_text("facts: {wnid: calm}\n")
    ended, shown = ask(*arguments, columns=200).finish()
    assert said in shown
    assert ended == code
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


@pytest.mark.parametrize("width", [24, 60, 80, 120])
def test_a_long_heading_is_cut_and_keeps_its_counter(width: int) -> None:
    book = plenipo.load_rulebook()
    longest = max(book.facts.values(), key=lambda fact: len(fact.name))
    interview = plenipo.interview(rulebook=book, about=["cwc_invitation"]).revisit(longest.id)
    assert interview.question is not None
    stream = io.StringIO()
    questionnaire.question(interview, interview.question, Page(stream, width))
    lines = stream.getvalue().splitlines()
    assert "open" in stream.getvalue()
    assert "to ask" in " ".join(lines)
    assert max(map(len, lines)) <= width


def test_help_sets_values_and_their_meanings_in_columns(boats: Path) -> None:
    interview = plenipo.interview(rulebook=load_rulebook(boats)).revisit("wind")
    assert interview.question is not None
    stream = io.StringIO()
    questionnaire.help(interview, interview.question, Page(stream, 80))
    assert stream.getvalue().splitlines()[-3:] == ["  calm     none", "  breeze   some", "  storm    much"]
