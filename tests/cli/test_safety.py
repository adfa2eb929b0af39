"""Whatever comes in: no traceback, no command to the terminal, no markup, the right exit code."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plenipo.cli import app
from plenipo.cli.main import main
from plenipo.errors import EngineError
from tests.cli.conftest import GOOD, Run, process

TITLE = 'title: "\\e[31mred\\a [bold]x[/bold] \\u202Eback"\n'


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_text_from_a_file_is_neither_command_nor_markup(run: Run, tmp_path: Path, form: str) -> None:
    notes = 'notes: {wind: "[link=http://x]\\e]8;;y\\e\\\\ [red]"}\n'
    (tmp_path / "evil.yaml").write_text(TITLE + notes + "facts: {wind: calm}\n")
    for command in (["advise", "evil.yaml", "--full"], ["explain", "evil.yaml", "sail"]):
        ran = run(*command, "--format", form)
        assert not set("\x1b\x07\x9b\u202e") & set(ran.out + ran.err)
    shown = run("advise", "evil.yaml", "--format", form)
    assert shown.code in {0, 4}
    assert shown.code == 4 or "bold" in shown.out


def test_colour_is_for_terminals_and_not_with_no_color(boats: Path, good: str, tmp_path: Path) -> None:

    def seen(**environment: str) -> bytes:
        arguments = ["-m", "plenipo.cli.main", "--no-pager", "advise", good, "--rulebook", str(boats)]
        settled = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        output: bytes = pexpect.run(
            f"{sys.executable} {' '.join(arguments)}",
            env={**settled, "TERM": "xterm-256color", **environment},
            cwd=str(tmp_path),
        )
        return output

    coloured = re.compile(rb"\x1b\[[0-9;]*3[0-7]")
    assert coloured.search(seen())
    assert not coloured.search(seen(NO_COLOR="1"))


def test_a_reader_who_leaves_ends_it_quietly(boats: Path, good: str, tmp_path: Path) -> None:
    for command in (f"sources --rulebook {boats}", f"advise {good} --rulebook {boats}", "template", "--help"):
        line = f"{sys.executable} -m plenipo.cli.main {command} | true; echo ${{PIPESTATUS[0]}} >&2"
        ran = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert ran.stderr in {"0\n", "141\n"}


def test_a_stream_that_takes_no_unicode_gets_plain_letters(boats: Path, good: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for arguments in (["advise", good], ["show"], ["template", "--full"], ["sources"]):
        ran = process(*arguments, "--rulebook", str(boats), cwd=tmp_path, env=environment)
        assert (ran.returncode, ran.stderr) == (0, b"")


EVERYWHERE = (
    "advise m.yaml",
    "advise m.yaml --full --format md",
    "advise m.yaml --format json",
    "roadmap m.yaml",
    "explain m.yaml sail",
    "trace m.yaml",
    "outlook m.yaml",
    "change m.yaml sail",
    "compare m.yaml n.yaml",
    "batch c.csv --key id --out -",
    "sweep m.yaml --over wind",
    "robust m.yaml --equal unknown",
    "show",
    "show sail",
    "template --full",
    "test m.yaml",
    "check",
    "sources",
    "advise \uc548\ub155.yaml",
    "show \uc548\ub155",
    "help-\uc548",
)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp437", "euc-kr"])
def test_no_letter_is_too_much_for_a_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    (tmp_path / "m.yaml").write_text(
        "title: \uc548 \u2192 \u2713 \xe9\nfacts: {sky: clear}\nnotes: {sky: \xfc\uc548}\n"
    )
    (tmp_path / "n.yaml").write_text("title: \U0001f600\nfacts: {sky: dark}\n")
    (tmp_path / "c.csv").write_text("id,sky\n\uc548,clear\n\xe9,dark\n")
    assert EVERYWHERE
    for line in EVERYWHERE:
        out, err = (
            io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=how) for how in ("strict", "backslashreplace")
        )
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            code = main(line.split())
        for each in (out, err):
            each.flush()
        shown = out.buffer.getvalue() + err.buffer.getvalue()
        assert code in {0, 1, 2, 4}, line
        assert shown, line
        assert b"internal error" not in shown, shown


def test_an_interruption_ends_with_130(run: Run, good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "run", interrupted)
    assert run("advise", good).code == 130


@pytest.mark.parametrize("fault", [RuntimeError("boom\n\x1b[31m"), EngineError("broke off"), RecursionError()])
def test_our_own_faults_are_one_line_and_end_with_70(
    run: Run, good: str, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def broken(*_: object) -> int:
        raise fault

    monkeypatch.setattr(app, "run", broken)
    ran = run("advise", good)
    assert ran.code == 70
    assert ran.err.startswith("plenipo: internal error: ")
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    monkeypatch.setenv("PLENIPO_DEBUG", "1")
    assert "Traceback" in run("advise", good).err


@pytest.mark.parametrize("kind", ["folder", "device", "name", "closed"])
def test_whatever_a_path_is_there_is_no_traceback(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "closed.yaml").write_text(GOOD)
    (tmp_path / "closed.yaml").chmod(0)
    path = {"folder": ".", "device": "/dev/zero", "name": "x" * 5000, "closed": "closed.yaml"}[kind]
    ran = run("explain", path, "sail")
    assert ran.code in {2, 4} or (kind == "closed" and os.geteuid() == 0)
    assert "Traceback" not in ran.err


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
)
def test_whatever_a_file_holds_there_is_no_traceback(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "any.yaml").write_bytes(content)
    ran = run("advise", "any.yaml")
    assert ran.code in {0, 4}
    assert "internal error" not in ran.err
    assert all(letter.isprintable() or letter == "\n" for letter in ran.out + ran.err)
