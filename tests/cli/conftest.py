"""What the tests of the command line share: a small rulebook, two fact files, and ways to run a command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from plenipo.cli.main import main
from tests.conftest import FACTS, FINDINGS, OPTIONS, seed, write_rulebook

RULES = """\
- id: calm-is-safe
  when: {wind: [calm, breeze]}
  then: {find: safe}
  because: Little wind raises no sea.
  cite: [A01]
  basis: stated
  strength: plain
- id: sail-when-safe
  when: {safe: true}
  then: {recommend: sail}
  because: A safe sea is there to be sailed.
  cite: [A01]
  basis: stated
  strength: should
- id: no-sailing-in-the-dark
  when: {sky: dark}
  then: {avoid: sail}
  because: In the dark nobody sees the rocks.
  cite: [B02]
  basis: inferred
  strength: must
"""
GOOD = "title: A quiet morning\nfacts: {sky: clear, wind: calm}\nexpect: {sail: recommend}\n"
BAD = "title: Misspelt\nfacts:\n  sky: clear\n  wnid: calm\n  tide: sometimes\n"


@dataclass
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small rulebook about boats."""
    files: dict[str, str | bytes] = {
        "rules/facts.yaml": FACTS,
        "rules/options.yaml": OPTIONS,
        "rules/findings.yaml": FINDINGS,
        "rules/boats.yaml": RULES,
        "seeds/A.yaml": seed("A"),
        "seeds/B.yaml": seed("B"),
    }
    return write_rulebook(tmp_path_factory.mktemp("boats"), files)


@pytest.fixture
def run(boats: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command line in an empty folder, by default with the rulebook about boats."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLENIPO_RULEBOOK", str(boats))
    monkeypatch.setenv("COLUMNS", "100")

    def ran(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def good(tmp_path: Path) -> str:
    """Return the name of a fact file with nothing wrong in it."""
    (tmp_path / "good.yaml").write_text(GOOD)
    return "good.yaml"


@pytest.fixture
def bad(tmp_path: Path) -> str:
    """Return the name of a fact file with two faults."""
    (tmp_path / "bad.yaml").write_text(BAD)
    return "bad.yaml"


def process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own."""
    command = [sys.executable, "-m", "plenipo.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, check=False, **more)  # type: ignore[call-overload,no-any-return]
