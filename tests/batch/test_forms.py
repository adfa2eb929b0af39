"""`plenipo explain --case` on a batch whose name does not show its kind, or shows a wrong one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batch.test_command import KINDS, table
from tests.batch.test_spark_folders import in_parts
from tests.cli.conftest import Run


@pytest.mark.parametrize("name", ["out", "out.dat", "out.parquet", "out.csv", "out.tsv", "out.jsonl", "out.csv.gz"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_case_is_found_whatever_the_batch_is_called(run: Run, tmp_path: Path, kind: str, name: str) -> None:
    assert run("batch", table(tmp_path / "cases.csv"), "-o", name, "--format", kind, "--key", "id").code == 0
    ran = run("explain", "--case", "dusk", name, "sail", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["verdict"] == "avoid"


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_batch_said_of_itself_before_it_told_its_kind_is_read(run: Run, tmp_path: Path, kind: str) -> None:
    run("batch", table(tmp_path / "cases.csv"), "-o", f"out.{kind}", "--key", "id")
    about = tmp_path / f"out.{kind}.about.json"
    if kind != "parquet":
        told = json.loads(about.read_text())
        assert told.pop("form") == kind
        about.write_text(json.dumps(told))
    assert run("explain", "--case", "dusk", f"out.{kind}", "sail").code == 0


def test_a_kind_that_there_is_not_is_told(run: Run, tmp_path: Path) -> None:
    run("batch", table(tmp_path / "cases.csv"), "-o", "out.csv", "--key", "id")
    about = tmp_path / "out.csv.about.json"
    about.write_text(json.dumps({**json.loads(about.read_text()), "form": "cvs"}))
    ran = run("explain", "--case", "dusk", "out.csv", "sail")
    assert (ran.code, ran.out) == (4, "")
    assert (
        "out.csv.about.json: error[unreadable]: this file is not as `plenipo batch` wrote it: its `form` is" in ran.err
    )


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_a_folder_of_one_column_less_is_read_as_what_it_says_it_is(run: Run, tmp_path: Path, kind: str) -> None:
    table(tmp_path / "given.jsonl", [{"id": "a,b\tc", "a,b\tc": "x", "sky": "dark"}])
    in_parts(run, tmp_path / "out", kind, "--extra", "keep")
    about = tmp_path / "out.about.json"
    about.write_text(json.dumps({**json.loads(about.read_text()), "form": kind}))
    assert run("explain", "--case", "a,b\tc", "out", "sail").code == 0
