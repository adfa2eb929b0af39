"""The examples in the help of each command are understood as they stand, and the help fits every terminal."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plenipo.cli.app import COMMANDS
from plenipo.cli.main import main
from tests.generated import ROOT

HELP = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
#: What cannot be run here: what needs a terminal, a pipe, texts of sources, Graphviz or a cluster.
NOT_HERE = re.compile(r"^plenipo ask|hdfs://|sources (?:verify|fingerprint)|--texts|^zcat|^plenipo serve")
#: What plenipo is called with, up to two blanks or the end of the line.
LINES = re.compile(r"(?m)^    ((?:plenipo|zcat) (?:.*\\\n)?.*?)(?:  +\S.*)?$")
EXAMPLES = sorted({line.replace("\\\n", " ") for line in LINES.findall(HELP)})
MINE = """\
title: Mine
as_of: 2021
facts: {us_china_friction: high, working_level: none}
likely: {us_rok_alignment: equal}
expect: {four_party_talks: defer}
"""
#: What works long, and whose answers other tests look at.
LONG = (
    "batch",
    "check",
    "diff",
    "robust",
    "coverage",
    "mutate",
    "generate",
    "graph",
    "find_case",
    "roadmap",
    "report",
    "sweep",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with everything that the examples name."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("rules", "seeds", "facts"):
        shutil.copytree(ROOT / name, folder / name)
    for copy in ("my-rulebook", "before", "after"):
        (folder / copy).mkdir()
    (folder / "mine.yaml").write_text(MINE)
    (folder / "going-to-sea.txt").write_text("A calm sea.\n\nA clear sky.\n")
    (folder / "runs").mkdir()
    (folder / "runs" / "a.csv.gz").touch()
    (folder / "yours.yaml").write_text(MINE.replace("high", "low"))
    return folder


def reached(name: str, calls: list[str]) -> Callable[..., None]:
    """Return what ends a command line where it calls the library: it was understood."""

    def call(*_: object, **__: object) -> None:
        calls.append(name)
        sys.exit(0)

    return call


def test_there_are_examples_of_every_command() -> None:
    assert {shlex.split(line)[1] for line in EXAMPLES if line.startswith("plenipo")} >= COMMANDS.keys()


@pytest.mark.parametrize("line", [line for line in EXAMPLES if not NOT_HERE.search(line)])
def test_an_example_is_understood(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    monkeypatch.chdir(desk)
    calls: list[str] = []
    for name in LONG:
        monkeypatch.setattr(f"plenipo.{name}", reached(name, calls))
    given = shlex.split(line.partition(" > ")[0].partition(" | ")[0])
    words = [word for each in given for word in (map(str, sorted(Path().glob(each))[:2]) if "*" in each else [each])]
    try:
        code = main(words[1:])
    except SystemExit:
        code = 0
    out, err = capsys.readouterr()
    assert code in (0, 1)
    assert ("error" in err, err.startswith("plenipo: ")) == (False, False)
    assert out or err or calls


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", ["", *COMMANDS, "sources verify"])
def test_the_help_fits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert main([*command.split(), "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert [line for line in lines if len(line) > columns or line != line.rstrip()] == []
