"""`plenipo explain --case`: a row of a finished batch is justified as its own fact file would be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.batch.test_command import KINDS, table
from tests.cli.conftest import RULES, Run


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reasons", ["bits", "ids", "none"])
def test_a_case_is_explained_in_the_words_of_a_single_file(run: Run, tmp_path: Path, kind: str, reasons: str) -> None:
    run("batch", table(tmp_path / "cases.csv"), "-o", f"out.{kind}", "--key", "id", "--reasons", reasons)
    (tmp_path / "dusk.yaml").write_text("facts: {sky: dark}\n")
    alone = run("explain", "dusk.yaml", "sail")
    case = run("explain", "--case", "dusk", f"out.{kind}", "sail")
    assert (case.code, case.err) == (0, "")
    (said, next_alone), (said_of_case, next_of_case) = (ran.out.split("plenipo explain") for ran in (alone, case))
    assert said_of_case == said.replace("dusk.yaml", f"out.{kind}, id dusk")
    assert next_alone == " dusk.yaml sail --why-not recommend\n"
    assert next_of_case == f" out.{kind} sail --why-not recommend --case dusk\n"
    assert run("explain", *next_of_case.split()).code == 0


def test_facts_can_be_set_beside_a_case(run: Run, tmp_path: Path) -> None:
    run("batch", table(tmp_path / "cases.csv"), "-o", "out.csv", "--key", "id")
    ran = run(
        "explain", "--case", "dusk", "out.csv", "sail", "--set", "sky=clear", "--set", "wind=calm", "--format", "json"
    )
    assert json.loads(ran.out)["verdict"] == "recommend"


def test_a_rulebook_that_has_changed_is_told(
    run: Run, tmp_path: Path, boats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("batch", table(tmp_path / "cases.csv"), "-o", "out.parquet", "--key", "id")
    shutil.copytree(boats, tmp_path / "changed")
    (tmp_path / "changed/rules/boats.yaml").write_text(RULES.replace("avoid: sail", "defer: sail"))
    monkeypatch.setenv("PLENIPO_RULEBOOK", str(tmp_path / "changed"))
    for form in ("text", "md", "json"):
        told = " ".join(run("explain", "--case", "dusk", "out.parquet", "sail", "--format", form).out.split())
        assert "the rulebook has changed since the batch was made, and the verdict then was avoid" in told
    told = " ".join(run("explain", "--case", "dawn", "out.parquet", "sail").out.split())
    assert "the rulebook has changed since the batch was made" in told
    assert "the verdict then" not in told


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["noon2", "out.parquet"], 2, "no row of `out.parquet` has the id `noon2`"),
        (["twice", "twice.parquet"], 2, "2 rows of `twice.parquet` have the id `twice`"),
        (["twice", "twice.parquet"], 2, "help: run the batch again with a --key that no two rows share, unlike `id`"),
        (["dawn", "bare.csv"], 2, "`bare.csv` does not hold the facts of its rows"),
        (["dawn", "cases.csv"], 2, "`cases.csv` is not a batch that plenipo wrote"),
        (["dawn", "cases.parquet"], 2, "`cases.parquet` is not a batch that plenipo wrote"),
        (["dawn", "out.arrow"], 4, "out.arrow: error[unreadable]: this file is not as `plenipo batch` wrote it"),
        (["dawn", "gone.parquet"], 4, "there is no such file"),
    ],
)
def test_what_is_no_case_is_told(run: Run, tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    name = table(tmp_path / "cases.csv")
    table(tmp_path / "cases.parquet")
    run("batch", name, "-o", "out.parquet", "--key", "id")
    run("batch", name, "-o", "bare.csv", "--key", "id", "--no-facts")
    run("batch", name, "-o", "out.arrow", "--key", "id")
    (tmp_path / "out.arrow").write_bytes(b"ARROW1 and no more")
    run(
        "batch", table(tmp_path / "two.jsonl", [{"id": "twice"}, {"id": "twice"}]), "-o", "twice.parquet", "--key", "id"
    )
    ran = run("explain", "--case", *arguments, "sail")
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "arrow", "xlsx"])
def test_yes_and_no_are_words_of_json_in_json_lines_alone(run: Run, tmp_path: Path, form: str) -> None:
    columns = {"sure": [True, False], "tide": [True, None], "moon": ["no", "yes"], "true": ["true", None]}
    pl.DataFrame(columns).write_parquet(tmp_path / "cases.parquet")
    ran = run("batch", "cases.parquet", "--extra", "keep", "--key", "sure", "-o", f"out.{form}")
    assert (ran.code, "2 situations" in ran.err) == (0, True)
    if form == "jsonl":
        rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
        assert [(row["sure"], row["tide"], row["moon"], row["true"]) for row in rows] == [
            ("true", True, False, "true"),
            ("false", None, True, None),
        ]
    for key, moon in (("true", False), ("false", True)):
        ran = run("explain", "--case", key, f"out.{form}", "sail", "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        assert json.loads(ran.out)["situation"]["facts"]["moon"] is moon
