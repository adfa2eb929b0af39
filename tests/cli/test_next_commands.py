"""Commands that answers and messages name run, the longest of each kind in a shell, and ask for the same situation."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.cli.conftest import Run

#: What people ask; each answer, as text and as Markdown where it can be, names what comes next.
ASKED = [
    ["advise", "late-summer-2020"],
    ["advise", "my file.yaml", "--set", "US-China friction=low", "--considering", "four_party_talks"],
    ["advise", "my file.yaml", "--based-on", "late-summer-2020", "--source", "b"],
    ["advise", "my file.yaml", "--full"],
    ["roadmap", "late-summer-2020", "--suppose", "us_china_friction=low"],
    ["explain", "late-summer-2020", "four_party_talks"],
    ["outlook", "my file.yaml"],
    ["show"],
    ["show", "four_party_talks"],
    ["show", "A \u00b6999"],
    ["advise", "-"],
]
#: What people ask of a rulebook of their own.
ASKED_OF_BOATS = [
    ["advise", "my boat.yaml", "--set", "sky=clear"],
    ["explain", "my boat.yaml", "sale"],
    ["explain", "my boat.yaml", "sky"],
    ["sweep", "my boat.yaml", "--over", "zzz"],
    ["show"],
    ["show", "A \u00b699"],
    ["advise", "-"],
]
#: A command in backticks, in brackets, or on a line of its own with two others.
_COMMAND = re.compile(r"`(plenipo [^`\n]+)`|\((plenipo [^)\n]+)\)|(?:^|   )(plenipo (?:(?!   )[^`\n])+)", re.MULTILINE)


def commands(said: str) -> list[str]:
    """Return the commands that a text names, those over several lines in one."""
    joined = re.sub(r" \\\n +", " ", said.replace("``", "`"))
    found = (next(filter(None, each)).strip() for each in _COMMAND.findall(joined))
    return [command for command in found if not re.search(r"\b(VERDICT|OPTION|NAME|ID)\b|plenipo: ", command)]


def pasted(found: list[str], folder: Path) -> dict[str, tuple[int, str]]:
    """Return the exit code and the errors of each command that is pasted into a shell."""
    bin = folder / "bin"
    bin.mkdir(exist_ok=True)
    (bin / "plenipo").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plenipo "$@"\n')
    (bin / "plenipo").chmod(0o755)
    environment = {**os.environ, "PATH": f"{bin}:{os.environ['PATH']}"}
    lines = [f"( {command} ) >/dev/null 2>err </dev/null; echo $?; cat err; echo %%" for command in found]
    ran = subprocess.run(
        ["sh"], input="\n".join(lines), env=environment, cwd=folder, capture_output=True, text=True, check=True
    )
    ended = [each.strip().partition("\n") for each in ran.stdout.split("%%")[: len(found)]]
    return {command: (int(code), errors) for command, (code, _, errors) in zip(found, ended, strict=True)}


@pytest.mark.parametrize("own", [False, True], ids=["bundled", "own rulebook"])
def test_each_command_that_is_named_runs_and_keeps_what_was_asked_for(  # noqa: PLR0917 - they are fixtures
    own: bool, run: Run, boats: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: list[object]
) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    shutil.copytree(boats, tmp_path / "my boats")
    (tmp_path / "my boat.yaml").write_text("facts: {wind: calm}\n")
    (tmp_path / "my file.yaml").write_text("facts: {dprk_willing_to_talk: yes}\n")
    rulebook = ["--rulebook", "my boats"] if own else []
    found: dict[str, None] = {}
    for words in ASKED_OF_BOATS if own else ASKED:
        for form in ("text", "md"):
            monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"facts: {}\n")))
            ran = run(*words, *rulebook, "--format", form)
            named = commands(ran.out + ran.err)
            for command in named:
                if own and "--help" not in command:
                    assert f" {shlex.join(rulebook)}" in command, words
                if command.startswith("plenipo roadmap") and "--set" in words:
                    assert f"--set {shlex.quote(words[words.index('--set') + 1])}" in command
                held.append(command)
            found.update(dict.fromkeys(named))
    assert len(found) >= (4 if own else 10), list(found)
    longest = {shlex.split(command)[1]: command for command in sorted(found, key=len)}
    for command in found.keys() - longest.values():
        ran = run(*shlex.split(command)[1:])
        assert ran.code in {0, 1}, (command, ran.err)
    for command, (code, errors) in pasted([*longest.values()], tmp_path).items():
        assert code in {0, 1}, (command, errors)


def test_stdin_is_not_asked_for_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"facts: {wind: calm}\n")))
    assert commands(run("advise", "-").out) == ["plenipo sources"]
