"""Whatever the standard streams are, a command does its work, and its exit code is true."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TABLE = "case,us_china_friction\na,high\nb,x\n"
#: What is run, and its exit code.
COMMANDS = {
    "--version": 0,
    "advise late-summer-2020": 0,
    "batch cases.csv --key case -o out.csv --force": 4,
    "batch cases.csv --key case -o - --format csv": 4,
    "ask": 2,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a table, one row of which is wrong."""
    (tmp_path / "cases.csv").write_text(TABLE)
    return tmp_path


def ran(folder: Path, command: str, streams: str) -> subprocess.CompletedProcess[str]:
    line = f"{sys.executable} -m plenipo {command} {streams}"
    return subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("streams", [">&- </dev/null", "2>&- </dev/null", "2>/dev/full </dev/null", ">&- 2>&- <&-"])
def test_a_closed_stream_changes_nothing_else(folder: Path, command: str, streams: str) -> None:
    found = ran(folder, command, streams)
    assert found.returncode == COMMANDS[command]
    assert "Traceback" not in found.stderr
    assert "Error" not in found.stderr
    if "out.csv" in command:
        assert (folder / "out.csv").read_text().count("\n") == 2
    if streams.startswith("2>") and "-o -" in command:
        assert found.stdout.splitlines()[1].startswith("a,")
        assert found.stdout.count("\n") == 2, "no message is among the data"


@pytest.mark.parametrize(
    "command", ["--help", "advise late-summer-2020", "batch cases.csv --key case -o - --format jsonl"]
)
def test_output_that_cannot_be_written_is_told(folder: Path, command: str) -> None:
    found = ran(folder, command, ">/dev/full")
    assert found.returncode == 2
    assert "cannot be written: no space left on device\n" in found.stderr
    assert "Traceback" not in found.stderr
    assert "Exception ignored" not in found.stderr


@pytest.mark.parametrize("command", ["advise -", "batch - --from csv"])
def test_a_closed_input_is_no_empty_one(folder: Path, command: str) -> None:
    found = ran(folder, command, "<&-")
    assert found.returncode == 4
    assert "cannot be read" in found.stderr
