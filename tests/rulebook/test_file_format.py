"""The page on writing a rulebook: its examples are a rulebook, and it names every key there is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

import plenipo
from plenipo.rulebook import file_format
from plenipo.situations.read import read_situation
from tests.conftest import write_rulebook

PAGE = (Path(__file__).parents[2] / "docs" / "rulebook-format.md").read_text(encoding="utf-8")

#: The files of the vocabulary, by kind.
VOCABULARY = {kind: file_format.vocabulary_file(kind) for kind in file_format.VOCABULARY_FILES}
#: Every shape an entry or a file can have, by the heading under which its keys stand.
SECTIONS: Mapping[type[BaseModel], str] = {
    **{shape: kind.capitalize() for kind, shape in VOCABULARY.items()},
    file_format.FactShape: "Facts",
    file_format.OptionShape: "Options",
    file_format.LinkShape: "Options",
    file_format.OutcomeShape: "Options",
    file_format.CitedForShape: "Options",
    file_format.FindingShape: "Findings",
    file_format.PartyShape: "Parties",
    file_format.SubjectShape: "Subjects",
    file_format.RuleShape: "Rules",
    file_format.ThenShape: "Rules",
    file_format.ConditionShape: "Rules",
    file_format.ConstraintShape: "Constraints",
    file_format.AcceptanceShape: "Accepted remarks",
    file_format.SourceShape: "Sources",
    file_format.PropositionShape: "Sources",
    file_format.SituationFile: "Situations",
}
#: Those whose keys are named in sentences and examples.
TOLD = {
    *VOCABULARY.values(),
    file_format.ThenShape,
    file_format.ConditionShape,
}


def test_the_examples_are_a_rulebook_without_fault(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = dict(re.findall(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL))
    assert len(parts) == 9
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
    assert shape.model_fields
    for name, field in shape.model_fields.items():
        key = field.alias or name
        row = rf"^\| .*`{key}`.* \|"
        assert re.search(rf"`{key}`|^{key}:" if shape in TOLD else row, text, re.MULTILINE), key


def test_no_shape_is_forgotten() -> None:
    shapes = {
        held
        for held in vars(file_format).values()
        if isinstance(held, type) and issubclass(held, BaseModel) and held.__module__ == file_format.__name__
    }
    assert {shape for shape in shapes - SECTIONS.keys() if shape.model_fields.keys() - {"root"}} == set()
