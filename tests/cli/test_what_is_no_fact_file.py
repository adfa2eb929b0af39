"""What people give where one situation is wanted, and what they write under `as_of`, beside fact files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TABLE = "sky,wind\nclear,calm\n"


@pytest.mark.parametrize(
    "command", [["advise"], ["explain", "sail"], ["outlook"], ["roadmap"], ["compare", "good.yaml"]]
)
@pytest.mark.parametrize(
    "name", ["cases.csv", "my cases.tsv", "cases.jsonl", "cases.csv.gz", "cases.parquet", "b.XLSX"]
)
def test_a_table_is_given_to_batch(run: Run, good: str, tmp_path: Path, command: list[str], name: str) -> None:
    (tmp_path / name).write_text(TABLE)
    ran = run(command[0], name, *command[1:])
    assert (ran.code, ran.out) == (4, "")
    assert "this is a table, and one situation is wanted" in ran.err
    (pasted,) = re.findall("help: `(.*)` advises on every row of it", ran.err)
    assert shlex.split(pasted) == ["plenipo", "batch", name]


@pytest.mark.parametrize("name", ["cases", "cases.txt", "cases.dat", "cases.json"])
@pytest.mark.parametrize("content", [TABLE, TABLE.replace(",", ";"), '[{"sky": "clear"}, {"sky": "dark"}]'])
def test_so_is_one_that_no_name_shows(run: Run, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    ran = run("advise", name)
    assert ran.code == 4
    assert "help: if it is a table, a row for each situation, `plenipo batch` takes it\n" in ran.err


def test_so_is_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.yaml").write_text("facts: {sky: clear}")
    ran = run("outlook", "facts", "--format", "json")
    assert (ran.code, ran.out) == (4, "")
    (pasted,) = re.findall("help: `plenipo (.*)` advises on every fact file", ran.err)
    assert run(*shlex.split(pasted)).code == 0


def test_any_other_file_is_read_as_a_fact_file(run: Run, tmp_path: Path) -> None:
    for name in ("mine.txt", "mine.facts", "mine", "cases.csv.yaml", "mine.tab.yml", "b.xlsx.json", "mine.csv.gz.YAML"):
        (tmp_path / name).write_text('{"facts": {"sky": "clear", "wind": "calm"}}')
        assert run("advise", name).code == 0
    assert "there is no such file" in run("advise", "nowhere.csv").err
    for ending in (".csv", ".yaml", ".txt"):
        ran = run("advise", "x" * 300 + ending)
        assert (ran.code, ran.out) == (4, "")
        assert "this file cannot be read: file name too long" in ran.err


def test_a_batch_rejects_the_fact_file_and_keeps_a_column_of_a_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("as_of: 31/08/2020\nfacts: {sky: clear}\n")
    assert "did you mean `2020-08-31`?" in run("batch", "mine.yaml").err
    (tmp_path / "cases.csv").write_text("as_of,sky\n31/08/2020,clear\n")
    ran = run("batch", "cases.csv", "--extra", "keep", "-o", "out.csv", "--reasons", "none")
    assert ran.code == 0
    assert "31/08/2020" in (tmp_path / "out.csv").read_text()
