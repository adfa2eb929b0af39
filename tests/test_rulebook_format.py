"""The page on writing a rulebook: its examples are a rulebook, and it names every key there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

import plenipo
from plenipo.rulebook import files
from plenipo.rulebook.situation import read_situation
from tests.conftest import write_rulebook

PAGE = (Path(__file__).parent.parent / "docs" / "rulebook-format.md").read_text(encoding="utf-8")

SHAPES = [
    files.FactShape,
    files.OptionShape,
    files.RuleShape,
    files.ConstraintShape,
    files.AcceptanceShape,
    files.SituationFile,
]


def test_the_examples_are_a_rulebook_without_fault(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = dict(re.findall(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL))
    assert len(parts) == 7
    found = plenipo.check(write_rulebook(tmp_path, parts))
    assert [fault.check for fault in found.diagnostics] == []
    rulebook = found.rulebook
    (text,) = re.findall(r"<!-- situation -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    situation = read_situation(rulebook, text)
    options = plenipo.advise(situation, rulebook=rulebook).options
    assert {option: options[option].verdict.value for option in situation.expect} == situation.expect


@pytest.mark.parametrize("shape", SHAPES)
def test_every_key_has_its_row(shape: type[BaseModel]) -> None:
    for name, field in shape.model_fields.items():
        assert re.search(rf"^\| .*`{field.alias or name}`.* \|", PAGE, re.MULTILINE), name
