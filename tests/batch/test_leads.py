"""`plenipo batch --lead`: in each row exactly what its brief would name first."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import polars as pl
import pytest

import plenipo
from plenipo.counsel import leads
from plenipo.errors import UsageError
from plenipo.rulebook.model import Rulebook
from tests.cli.conftest import Run

BOOK = plenipo.load_rulebook()
NAMES = ["lead_1", "lead_2", "lead_3"]


def drawn(number: int, seed: int) -> list[dict[str, str]]:
    random = Random(seed)
    return [
        {
            id: random.choice(sorted(BOOK.facts[id].values))
            for id in random.sample(sorted(BOOK.facts), random.randint(0, 20))
        }
        for _ in range(number)
    ]


def table(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(BOOK.facts))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_each_row_has_the_leads_of_its_brief(tmp_path: Path) -> None:
    rows = drawn(12, 1)
    cases = table(tmp_path / "cases.csv", [*rows, *rows[:5]])
    for name in ("out.parquet", "out.csv"):
        out = tmp_path / name
        plenipo.batch(cases, out, lead=True, rulebook=BOOK)
        answered = pl.read_parquet(out) if name.endswith("parquet") else pl.read_csv(out)
        assert answered.height == len(rows) + 5
        for row in answered.iter_rows(named=True):
            facts = {id: str(row[id]).lower() for id in BOOK.facts if row[id] is not None}
            briefed = [each.option.id for each in plenipo.brief(facts, rulebook=BOOK).lead]
            assert [row[lead] for lead in NAMES if row[lead]] == briefed


def test_rows_with_the_same_facts_are_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(rulebook: Rulebook, situations: list[dict[str, str]]) -> list[tuple[str, ...]]:
        asked.append(len(situations))
        return [() for _ in situations]

    monkeypatch.setattr(leads, "leads", counted)
    cases = table(tmp_path / "cases.csv", [{"us_china_friction": "high"}, {"us_china_friction": "low"}] * 50)
    plenipo.batch(cases, tmp_path / "out.csv", lead=True, rulebook=BOOK)
    assert sum(asked) == 2


def test_a_run_that_is_resumed_has_them_too(run: Run) -> None:
    Path("cases.csv").write_text("sky,wind\nclear,calm\ndark,calm\n,\n")
    assert run("batch", "cases.csv", "-o", "out.csv", "--lead", "--resume").code == 0
    rows = list(csv.DictReader(Path("out.csv").read_text().splitlines()))
    assert [row["lead_1"] for row in rows] == ["sail", "", ""]
    assert run("explain", "--case", "1", "out.csv", "sail").code == 0


def test_without_it_there_are_no_such_columns(run: Run) -> None:
    Path("cases.csv").write_text("sky\nclear\n")
    run("batch", "cases.csv", "-o", "out.csv")
    assert "lead_1" not in Path("out.csv").read_text()


def test_it_needs_a_file_and_one_machine(run: Run) -> None:
    Path("cases.csv").write_text("sky\nclear\n")
    ran = run("batch", "cases.csv", "--lead")
    assert (ran.code, "`--lead` needs `-o OUT`" in ran.err) == (2, True)
    ran = run("batch", "cases.csv", "-o", "out", "--lead", "--engine", "spark", "--key", "sky")
    assert (ran.code, "`--lead` is for one machine" in ran.err) == (2, True)


def test_a_column_of_that_name_is_refused(run: Run) -> None:
    Path("cases.csv").write_text("sky,lead_2\nclear,mine\n")
    ran = run("batch", "cases.csv", "-o", "out.csv", "--lead", "--extra", "keep")
    assert (ran.code, "have a column `lead_2` already" in ran.err) == (2, True)
    with pytest.raises(UsageError, match="lead_2"):
        plenipo.batch("cases.csv", "out.csv", lead=True, extra=True, rulebook=plenipo.load_rulebook())
