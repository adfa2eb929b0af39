"""What a shell asks for when it completes a line: answers come, and no message, however it hands the line over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import process


@pytest.mark.parametrize(
    ("line", "place", "answers"),
    [
        ("plenipo\nshow\nsk", "2", ["sky"]),
        ("plenipo show sk", "2", ["sky"]),
        ("plenipo show sk", "", ["sky"]),
        ("plenipo show sk", "last", ["sky"]),
        ("plenipo change good.yaml ", "3", ["sail", "fish", "wait", "mend", "paint"]),
        ("plenipo change good.yaml", "3", ["sail", "fish", "wait", "mend", "paint"]),
        ("plenipo advise good.yaml --set sky=d", "4", ["sky=dark"]),
        ("plenipo adv", "1", ["advise"]),
        ("plenipo adv", "99", []),
        ("plenipo nosuch x", "2", []),
        ("plenipo sources nosuch x", "3", []),
        ("plenipo show --rulebook nowhere sk", "4", []),
        ("", "", None),
    ],
)
def test_a_line_is_completed_however_it_is_handed_over(
    boats: Path, tmp_path: Path, line: str, place: str, answers: list[str] | None
) -> None:
    asked = {"_PLENIPO_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": place}
    ran = process(env={**os.environ, **asked, "PLENIPO_RULEBOOK": str(boats)}, cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")
    if answers is not None:
        assert set(ran.stdout.decode().split()) == set(answers)
