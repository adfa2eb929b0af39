"""docs/meaning.md tells the truth about the tests that hold its properties."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parents[1]
PAGE = (HERE.parent / "docs" / "meaning.md").read_text(encoding="utf-8")


def test_every_property_names_a_test_that_exists() -> None:
    tests = {
        name for path in HERE.rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)
    }
    rows = re.findall(r"^\| (.+) \| `(test_\w+)` \|$", PAGE, re.MULTILINE)
    assert len(rows) > 15
    assert {test for _, test in rows} <= tests
