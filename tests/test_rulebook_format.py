"""The page on writing a rulebook: its examples are a rulebook, and it names every key there is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

import plenipo
from plenipo.rulebook import files
from plenipo.rulebook.situation import read_situation
from tests.conftest import write_rulebook

PAGE = (Path(__file__).parent.parent / "docs" / "rulebook-format.md").read_text(encoding="utf-8")

#: Every shape an entry or a file can have, by the heading under which its keys stand.
SECTIONS: Mapping[type[BaseModel], str] = {
    files.FactsFile: "Facts",
    files.FactShape: "Facts",
    files.OptionsFile: "Options",
    files.OptionShape: "Options",
    files.LinkShape: "Options",
    files.FindingsFile: "Findings",
    files.FindingShape: "Findings",
    files.RuleShape: "Rules",
    files.ThenShape: "Rules",
    files.ConditionShape: "Rules",
    files.ConstraintsFile: "Constraints",
    files.ConstraintShape: "Constraints",
    files.AcceptanceShape: "Accepted remarks",
    files.SourceShape: "Sources",
    files.PropositionShape: "Sources",
    files.SituationFile: "Situations",
}
#: Those whose keys are told in sentences and examples.
TOLD = {
    files.FactsFile,
    files.OptionsFile,
    files.FindingsFile,
    files.ConstraintsFile,
    files.ThenShape,
    files.ConditionShape,
}


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


def section(title: str) -> str:
    (text,) = re.findall(rf"^## {title}\b[^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return str(text)


@pytest.mark.parametrize("shape", SECTIONS)
def test_every_key_is_named_where_its_file_is_described(shape: type[BaseModel]) -> None:
    text = section(SECTIONS[shape])
    for name, field in shape.model_fields.items():
        key = field.alias or name
        row = rf"^\| .*`{key}`.* \|"
        assert re.search(rf"`{key}`|^{key}:" if shape in TOLD else row, text, re.MULTILINE), key


def test_no_shape_is_forgotten() -> None:
    shapes = {
        held
        for held in vars(files).values()
        if isinstance(held, type) and issubclass(held, BaseModel) and held.__module__ == files.__name__
    }
    assert {shape for shape in shapes - SECTIONS.keys() if shape.model_fields.keys() - {"root"}} == set()
