"""Columns and cells as people type them: counted, told once, and answered as the exact ones are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

import plenipo
from plenipo.batch.sources import json_lines
from plenipo.errors import SituationError
from plenipo.rulebook.loose_names import LooselyRead, exact_names
from tests.cli.conftest import Run
from tests.tables import save

EXACT: dict[str, list[str | None]] = {
    "us_china_friction": ["high", "low", "moderate", None],
    "kim_initiative": ["words_only", "none", "tangible_concessions", "none"],
    "dprk_willing_to_talk": ["true", "false", "true", None],
}
LOOSE: dict[str, list[str | None]] = {
    "US-China friction": ["HIGH", "Low", " 'Moderate' ", "Not Known"],
    "Kim\u2019s recent initiative": ["Statements\u00a0only", "None", "tangible-concessions", "no"],
    "DPRK willing\uff3fto talk": ["yes", "No", "Y", ""],
}


def saved(table: Mapping[str, Sequence[str | None]], path: Path) -> Path:
    frame = pl.DataFrame(table)
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    elif path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_ndjson(path)
    return path


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_a_table_is_answered_as_the_exact_one_is(tmp_path: Path, ending: str) -> None:
    # `None` could be the value or nothing at all
    loose: dict[str, list[str | None]] = {
        **LOOSE,
        "Kim\u2019s recent initiative": ["Statements\u00a0only", "NONE", "tangible-concessions", "no"],
    }
    with pytest.warns(LooselyRead) as told:
        found = plenipo.batch(saved(loose, tmp_path / f"loose{ending}"), tmp_path / "loose.out.parquet")
    exact = plenipo.batch(saved(EXACT, tmp_path / f"exact{ending}"), tmp_path / "exact.out.parquet")
    assert (found.situations, found.rejected) == (exact.situations, exact.rejected) == (4, 0)
    assert pl.read_parquet(tmp_path / "loose.out.parquet").equals(pl.read_parquet(tmp_path / "exact.out.parquet"))
    assert sorted(str(each.message).rpartition(" ")[2] for each in told) == sorted(EXACT)
    assert {str(reading): cells for reading, cells in found.read_as.items()} == {
        "read `HIGH` as high in us_china_friction": 1,
        "read `Low` as low in us_china_friction": 1,
        "read `NONE` as none in kim_initiative": 1,
        "read `'Moderate'` as moderate in us_china_friction": 1,
        "read `Statements\\xa0only` as words_only in kim_initiative": 1,
        "read `tangible-concessions` as tangible_concessions in kim_initiative": 1,
        "read `no` as none in kim_initiative": 1,
    }
    assert exact.read_as == {}
    with exact_names(), pytest.raises(SituationError, match="the column `US-China friction` is not a fact"):
        plenipo.batch(tmp_path / f"loose{ending}")


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet", "arrow"])
def test_a_value_in_another_case_is_told_and_refused_where_names_are_exact(run: Run, tmp_path: Path, kind: str) -> None:
    frame = pl.DataFrame({"case": ["a", "b"], "wind": ["CALM", "calm"], "tide": ["Yes", "NO"]})
    save(frame, tmp_path / f"cases.{kind}")
    ran = run("batch", f"cases.{kind}", "--key", "case")
    assert (ran.code, ran.err) == (0, "read `CALM` as calm in wind: 1 cell\n")
    ran = run("batch", f"cases.{kind}", "--key", "case", "--exact")
    assert ran.code == 4
    assert "did you mean `calm`?" in ran.err
    assert ran.err.count("error[") == 1


def test_what_was_read_so_is_counted_and_told_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(
        "ID,Sky,WIND\n" + "".join(f"a{n},'clear',Much\nb{n},clear-,much\n" for n in "123")
    )
    ran = run("batch", "cases.csv", "--format", "json", "--key", "id")
    assert ran.code == 0
    assert sorted(ran.err.splitlines()) == [
        "read `'clear'` as clear in sky: 3 cells",
        "read `Much` as storm in wind: 3 cells",
        "read `Sky` as sky",
        "read `WIND` as wind",
        "read `clear-` as clear in sky: 3 cells",
        "read `id` as ID",
        "read `much` as storm in wind: 3 cells",
    ]
    assert {"given": "Much", "taken": "storm", "fact": "wind", "cells": 3} in json.loads(ran.out)["read_as"]
    ran = run("batch", "cases.csv", "--key", "ID", "--exact")
    assert ran.code == 4
    assert "the column `Sky` is not a fact" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "first", "second"),
    [
        ("two.csv", "sky,Sky\nclear,dark\n", "sky", "Sky"),
        ("two.tsv", "'sky'\tS-k-y\nclear\tdark\n", "'sky'", "S-k-y"),
        ("two.jsonl", '{"SKY": "clear", "sky": "dark"}\n', "SKY", "sky"),
        ("two.jsonl", '{"SKY": "clear"}\n{"s k y": "dark"}\n', "SKY", "s k y"),
    ],
)
def test_two_columns_for_one_fact_are_refused_by_both_names(  # noqa: PLR0917 - they are fixtures
    run: Run, tmp_path: Path, name: str, content: str, first: str, second: str
) -> None:
    (tmp_path / name).write_text(content)
    ran = run("batch", name)
    assert ran.code == 4
    assert f"`{first}`" in ran.err
    assert f"`{second}`" in ran.err
    assert "are both read as `sky`" in ran.err


def test_json_lines_may_name_a_fact_in_two_ways_line_by_line(run: Run, tmp_path: Path) -> None:
    lines = ['{"Sky": "clear"}'] * 1000 + [
        '{"sky": "dark"}',
        '{"sky": "dark", "Sky": "dark"}',
        '{"sky": "dark", "Sky": "clear"}',
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    ran = run("batch", "many.jsonl", "-o", "out.csv")
    assert "1,002 situations answered in out.csv; 1 row rejected" in " ".join(ran.err.split())
    assert "found `dark and clear`" in ran.err


def test_a_cell_that_could_be_two_things_is_rejected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("wind\nnone\ncalm\n")
    ran = run("batch", "cases.csv", "-o", "out.csv")
    assert ran.code == 4
    assert "`none` can mean more than one value: `calm` or `unknown`, of the fact `wind`" in ran.err


def test_fact_files_of_a_folder_are_counted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    for number in range(3):
        (tmp_path / f"facts/{number}.yaml").write_text("facts: {S-K-Y: 'cle ar'}\n")
    (tmp_path / "facts/wrong.yaml").write_text("facts: {S-K-Y: claer}\n")
    ran = run("batch", "facts", "-o", "out.csv")
    assert ran.code == 4
    assert "read `S-K-Y` as sky: 3 cells\n" in ran.err
    assert "read `cle ar` as clear in sky: 3 cells\n" in ran.err
    assert "did you mean `clear`?" in ran.err


@pytest.mark.parametrize("options", [(), ("--extra", "keep")])
@pytest.mark.parametrize("name", ["SKY", "s-k-y", "Sky", "\u201csky\u201d"])
def test_a_loose_name_may_come_first_in_any_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, options: tuple[str, ...]
) -> None:
    monkeypatch.setattr(json_lines, "FIRST_LINES", 2)
    lines = [{"tide": True}, {"tide": False}, {name: "dark"}, {"sky": "clear"}, {name: "dark", "tide": True}]
    (tmp_path / "cases.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    ran = run("batch", "cases.jsonl", *options, "-o", "out.jsonl")
    assert ran.code == 0
    assert f"read `{name}` as sky: 2 cells\n" in ran.err
    answers = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert [row["sky"] for row in answers] == [None, None, "dark", "clear", "dark"]
    assert run("batch", "cases.jsonl", "--exact").code == 4


def test_a_late_line_that_gives_a_fact_twice_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "FIRST_LINES", 1)
    (tmp_path / "cases.jsonl").write_text('{"tide": true}\n{"sky": "dark", "SKY": "clear"}\n{"Sky": "dark"}\n')
    ran = run("batch", "cases.jsonl", "--extra", "keep", "-o", "out.csv")
    assert (ran.code, "cases.jsonl:2: error[bad-row]: this line gives `sky` twice" in ran.err) == (4, True)
    assert ran.err.count("error[") == 1
