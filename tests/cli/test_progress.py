"""The progress bar: on every command that can take long, after a while, on a terminal only, and gone at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path

import pytest

from plenipo.cli import progress
from plenipo.cli.messages import Messages
from tests.cli.conftest import Run

SHOW_CURSOR, ERASE_LINE = "\x1b[?25h", "\x1b[2K"


class Terminal(StringIO):
    """What stands for a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Let stderr be a terminal for the rest of a test, and return it."""
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return stream


def seen(stream: StringIO, words: str) -> bool:
    """Wait until words are written, up to a deadline."""
    until = time.monotonic() + 20
    while words not in stream.getvalue() and time.monotonic() < until:
        time.sleep(0.01)
    return words in stream.getvalue()


def test_it_says_what_is_done_and_how_much_and_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with progress.progress("Weighing", "rows") as show:
        assert show is not None
        show(1234, 5000)
        assert seen(screen, "Weighing")
        assert seen(screen, "1,234 of 5,000 rows")
    end = screen.getvalue().rpartition("Weighing")[2]
    assert SHOW_CURSOR in end
    assert ERASE_LINE in end


def test_it_is_gone_after_a_fault_and_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    for fault in (ValueError, KeyboardInterrupt):
        with suppress(fault), progress.progress("Weighing"):
            assert seen(screen, "Weighing")
            raise fault
        assert SHOW_CURSOR in screen.getvalue().rpartition("Weighing")[2]


def test_what_is_done_soon_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with progress.progress("Weighing") as show:
        assert show is not None
    assert screen.getvalue() == ""


def test_nothing_is_shown_where_it_would_be_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with monkeypatch.context() as changed:
        changed.setenv("TERM", "dumb")
        with progress.progress("Weighing") as show:
            assert show is None
    with monkeypatch.context() as changed:
        changed.setattr(Messages, "as_json", True)
        with progress.progress("Weighing") as show:
            assert show is None
    with monkeypatch.context() as changed:
        changed.setattr("sys.stdout", Terminal())
        with progress.progress("Weighing", beside_stdout=True) as show:
            assert show is None
    with monkeypatch.context() as changed:
        changed.setattr("sys.stderr", StringIO())
        with progress.progress("Weighing") as show:
            assert show is None
    assert screen.getvalue() == ""


LONG = {
    "advise good.yaml good.yaml": ["Advising"],
    "outlook good.yaml": ["Looking at every answer"],
    "roadmap good.yaml": ["Looking ahead"],
    "robust good.yaml --equal tide": ["Weighing the likely situations"],
    "change good.yaml sail avoid": ["Looking for ways"],
    "sweep good.yaml --over tide": ["Advising on every case"],
    "compare good.yaml --set sky=dark": ["Comparing the situations"],
    "batch cases.csv": ["Advising"],
    "check": ["Checking the rulebook"],
    "test good.yaml --coverage --mutate": [
        "Testing",
        "Looking for what they leave out",
        "Putting mistakes into the rulebook",
    ],
    "test --generate made": ["Looking for situations"],
}


@pytest.mark.parametrize("line", LONG)
def test_every_command_that_can_take_long_has_one(
    run: Run, good: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str
) -> None:
    doing: list[str] = []

    @contextmanager
    def noted(what: str, unit: str = "", *, beside_stdout: bool = False) -> Iterator[None]:
        doing.append(what)
        yield None

    monkeypatch.setattr(progress, "progress", noted)
    (tmp_path / "cases.csv").write_text("sky\nclear\n")
    run(*line.split())
    assert doing == LONG[line]
