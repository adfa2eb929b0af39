"""What became of the working rules is told in one table, and the table tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import plenipo

PAGE = Path(plenipo.__file__).parents[2] / "docs" / "working-rules.md"
SERIES = {"AS": 21, "PR": 21, "NU": 16, "CV": 7, "CW": 7, "FM": 16, "FR": 9, "OF": 17, "EC": 16, "AK": 9, "PO": 10}


def _rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]


def test_every_working_rule_is_accounted_for() -> None:
    told = [row[0] for row in _rows() if re.fullmatch(r"[A-Z]{2}\d+", row[0])]
    assert sorted(told) == sorted(f"{series}{n}" for series, last in SERIES.items() for n in range(1, last + 1))


def test_every_working_rule_that_became_nothing_has_a_reason() -> None:
    dropped = [row for row in _rows() if len(row) == 4 and row[3] == "-"]
    assert dropped
    for row in dropped:
        assert row[2].startswith("dropped: "), row[0]


def test_the_table_names_every_rule_and_no_other() -> None:
    cells = [row[3] if len(row) == 4 else row[0] for row in _rows()]
    named = {id for cell in cells for id in re.findall(r"`([a-z0-9-]+)`", cell)}
    assert named == set(plenipo.load_rulebook().rules)
