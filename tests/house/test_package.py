"""The wheel: it carries the rulebook with it, and works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from plenipo.version import VERSION
from tests.generated import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_rulebook_the_sources_and_the_situations(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("rules", "seeds", "facts"):
        for path in (ROOT / folder).rglob("*.yaml"):
            assert f"plenipo/bundled/{path.relative_to(ROOT).as_posix()}" in names
    assert {"plenipo/cli/help.txt", "plenipo/py.typed", "plenipo/report/styles/report.css"} <= names
    assert {f"plenipo/report/templates/{name}.html" for name in ("article", "page")} <= names
    assert not any(name.startswith(("tests/", "benchmarks/")) or name.endswith(".txt.txt") for name in names)


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed), "PLENIPO_CACHE": str(tmp_path / "cache")}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "plenipo.cli.main", *arguments]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=environment)
        assert ran.stderr == ""
        return ran.stdout

    where = "import plenipo, plenipo.rulebook.locations as b; print(plenipo.__file__, b.home())"
    found = subprocess.run(
        [sys.executable, "-c", where], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
    )
    assert found.stdout.split() == [str(installed / "plenipo/__init__.py"), str(installed / "plenipo/bundled")]
    assert "Late summer 2020" in run("advise", "late-summer-2020")
    assert "late-summer-2020" in run("show")
    assert run("advise", "late-summer-2020", "--format", "html").startswith("<!doctype html>")
    assert run("--version") == f"plenipo {VERSION}\n"
    assert run("--help").startswith("Usage: plenipo")


def test_what_is_pinned_is_what_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [line.partition("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]
    assert all(name and version for name, _, version in pins), "name==version lines only"
    pinned = {name.casefold().replace("_", "-") for name, _, _ in pins}
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    missing = [each for each in asked if _name(each) not in pinned]
    assert missing == []


def _name(requirement: str) -> str:
    for sign in "<>=! [;":
        requirement = requirement.partition(sign)[0]
    return requirement.casefold().replace("_", "-")
