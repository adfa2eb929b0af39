"""Files that one may not write are not replaced, and what is private stays so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NAMES = ("out.{}", "out.{}.about.json", "out.{}.rejects.jsonl")


@pytest.fixture(autouse=True)
def cases(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\ndakr\n")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["csv", "jsonl", "arrow"])
def test_a_file_without_permission_is_not_replaced(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    shut = tmp_path / name.format(kind)
    shut.write_text("old")
    shut.chmod(0o444)
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != Path(shut.name) and allowed(path, mode))
    ran = run("batch", "cases.csv", "-o", f"out.{kind}", "--force")
    assert (ran.code, ran.err) == (2, f"plenipo: you have no permission to write `{shut.name}`\n")
    assert (shut.read_text(), {path.name for path in tmp_path.iterdir()}) == ("old", {"cases.csv", shut.name})


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_the_permissions_of_an_older_file_stay(run: Run, tmp_path: Path, mode: int, kind: str) -> None:
    run("batch", "cases.csv", "-o", f"out.{kind}")
    (tmp_path / f"out.{kind}").chmod(mode)
    assert run("batch", "cases.csv", "-o", f"out.{kind}", "--force").code == 4
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("out.*")} == {mode}
