"""The title and the time of a situation: written into its file, and nothing else in it harmed."""

from __future__ import annotations

from pathlib import Path

import pytest

import plenipo
from plenipo.errors import SituationError, UsageError
from plenipo.interview.answer_file import copied_answer_file, open_answer_file
from plenipo.rulebook import locations
from plenipo.situations.edit import FactFileText

BOOK = plenipo.load_rulebook()
OWN = """\
# what I think
title: "My own view"   # not final
as_of: 2026-05-01

facts:
  us_china_friction: high  # since spring
"""


@pytest.mark.parametrize(
    "text",
    [
        "facts:\n",
        "---\n# mine\nfacts: {escap_member: yes}\n",
        "title:  # none yet\nas_of: ''\nfacts:\n  escap_member: yes\n",
        "title: >-\n  an old\n  name\nfacts:\r\n  escap_member: yes\r\n",
        '{"facts": {"escap_member": true}}',
        "  facts:\n    escap_member: yes\n",
        OWN,
    ],
)
def test_a_title_and_a_time_go_into_a_file_of_any_layout(text: str) -> None:
    heads = {"title": 'Mine: "ours" # \\ 안녕', "as_of": "2026-05-02"}
    changed = FactFileText(BOOK, text).with_heads(heads)
    said = changed.situation
    assert (said.title, said.as_of) == tuple(heads.values())
    assert said.facts == FactFileText(BOOK, text).situation.facts
    assert changed.text.count("#") == text.count("#") + 1


def test_a_file_is_named_at_once_only_where_it_has_no_name(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("title: Mine\nfacts:\n")
    assert open_answer_file(BOOK, path).entitle("Yours", "2026-05-02") == ("title",)
    assert path.read_text() == 'as_of: "2026-05-02"\ntitle: Mine\nfacts:\n'
    copy = copied_answer_file(BOOK, locations.situations()["late-summer-2020"], tmp_path / "copy.yaml")
    assert copy.entitle("Mine", "") == ()
    assert not copy.kept
    copy.keep({"us_china_friction": "low"})
    assert open_answer_file(BOOK, copy.path).situation.title == "Mine"


def test_a_title_that_nothing_can_be_written_for_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("title: &x ''\nfacts:\n  escap_member: yes\n")
    with pytest.raises((UsageError, SituationError)):
        open_answer_file(BOOK, path).entitle("Mine", "")
