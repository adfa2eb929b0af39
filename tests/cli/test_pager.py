"""The pager: for what is longer than the screen, on a terminal, unless one wants none."""

from __future__ import annotations

import os
import re
import sys

import pexpect
import pytest

from tests.cli.conftest import process

PAGER = "sh -c 'echo PAGED; cat; echo END'"


def on_a_terminal(*arguments: str, rows: int = 20, **environment: str) -> str:
    known = {name: value for name, value in os.environ.items() if name not in {"PAGER", "LINES", "COLUMNS", "LESS"}}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "plenipo.cli.main", *arguments],
        env={**known, "TERM": "xterm", "NO_COLOR": "1", "PYTHONUTF8": "1", **environment},
        dimensions=(rows, 80),
        encoding="utf-8",
    )
    child.expect(pexpect.EOF, timeout=60)
    child.close()
    assert child.exitstatus == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", child.before.replace("\r\n", "\n"))


def test_what_is_longer_than_the_screen_is_paged() -> None:
    said = on_a_terminal("advise", "late-summer-2020", PLENIPO_PAGER=PAGER, PAGER="false")
    assert said.startswith("PAGED\nLate summer 2020")
    assert said.endswith("END\n")
    assert "\nFind out" in said


def test_pager_is_used_without_one_of_our_own() -> None:
    assert on_a_terminal("show", "options", PAGER=PAGER).startswith("PAGED\n")


def test_what_fits_on_the_screen_is_not_paged() -> None:
    assert "PAGED" not in on_a_terminal("advise", "late-summer-2020", rows=60, PAGER=PAGER)


@pytest.mark.parametrize(
    "arguments", [("--no-pager", "advise", "late-summer-2020"), ("advise", "late-summer-2020", "--no-pager")]
)
def test_a_flag_anywhere_wants_none(arguments: tuple[str, ...]) -> None:
    said = on_a_terminal(*arguments, PAGER=PAGER)
    assert said.startswith("Late summer 2020")
    assert "PAGED" not in said


@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager --at-all", "a 'quotation without end"])
def test_without_a_pager_that_works_it_is_printed(pager: str) -> None:
    assert on_a_terminal("advise", "late-summer-2020", PAGER=pager).startswith("Late summer 2020")


def test_a_pager_that_stops_reading_is_no_fault() -> None:
    assert "internal error" not in on_a_terminal("advise", "late-summer-2020", "--full", PAGER="head -n 3")


def test_nothing_is_paged_that_goes_into_a_pipe() -> None:
    ran = process("advise", "late-summer-2020", env={**os.environ, "PAGER": PAGER})
    assert ran.stdout.startswith(b"Late summer 2020")
