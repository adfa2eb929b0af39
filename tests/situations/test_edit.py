"""Answers, a title and a time written into the text of a fact file, and nothing else in it harmed."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.errors import SituationError, UsageError
from plenipo.interview.answer_file import copied_answer_file, open_answer_file
from plenipo.rulebook import locations
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook
from plenipo.rulebook.yaml_reader import parse
from plenipo.situations.edit import FactFileText, UnwritableError, blank

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


@pytest.mark.parametrize(
    "text",
    [
        "facts: {}\n",
        "facts:\n",
        "facts:",
        "facts: {escap_member: yes, talks_status: }\ntitle: x\n",
        '{"title": "x", "facts": {"escap_member": true}}',
        '{"facts": {}}\n',
        "facts:\r\n  escap_member:\r\n  talks_status: paused\r\nnotes: {}\r\n",
        "title: \U0001f600 안녕\nfacts:\n    escap_member: 'yes'\n    talks_status: \"paused\"  # x\n",
        "facts:\n  talks_status: >-\n    paused\n\n\nnotes:\n  talks_status: so\n",
        "? facts\n: talks_status: paused\n",
        "%YAML 1.2\n---\nfacts:\n  # first\n  talks_status: paused\n...\n",
    ],
)
def test_answers_go_into_a_file_of_any_layout(text: str) -> None:
    answers = {
        "talks_status": "collapsed",
        "us_election_status": UNKNOWN,
        "escap_member": "false",
        "cyber_crime": UNKNOWN,
    }
    sheet = FactFileText(BOOK, text)
    before = sheet.situation
    for id, value in answers.items():
        sheet = sheet.with_answers({id: value})
    after = sheet.situation
    assert after.facts == {"talks_status": "collapsed", "escap_member": "false"}
    assert (after.title, after.notes) == (before.title, before.notes)
    assert sheet.with_answers(answers) == sheet
    assert ("\r\n" in text) == ("\r\n" in sheet.text)


def test_every_bundled_situation_can_be_gone_on_with() -> None:
    found = locations.situations()
    assert found
    for name, path in found.items():
        situation = plenipo.load_situation(name)
        sheet = FactFileText(BOOK, path.read_text()).with_answers({"escap_member": "false", "cyber_crime": UNKNOWN})
        after = sheet.situation
        facts = {**situation.facts, "escap_member": "false"}
        facts.pop("cyber_crime", None)
        assert after.facts == facts
        assert (after.notes, after.expect, after.considering) == (
            situation.notes,
            situation.expect,
            situation.considering,
        )


@pytest.mark.parametrize("text", ["title: x\n", "facts: {wnid: calm}\n", "facts: [\n"])
def test_a_text_into_which_answers_cannot_be_put_is_refused(text: str) -> None:
    with pytest.raises(UnwritableError):
        FactFileText(BOOK, text).with_answers({"us_election_status": "pending"})


def test_the_rulebook_puts_no_line_of_its_own_into_the_file() -> None:
    asks = {"sky": "Really?\nwind: true\x1b[31m\u202e", "wind": "\u2028wind: true\x85wind: true"}
    facts = {id: Fact(id, "g", ask, {"true": "a\nb: c", "false": ""}) for id, ask in asks.items()}
    sheet = FactFileText(Rulebook(facts, {}, {}, {}), blank('A "title"\nfacts: 1', ""))
    sheet = sheet.with_answers({"sky": "true"}).with_answers({"wind": UNKNOWN})
    assert sheet.situation.facts == {"sky": "true"}
    assert sheet.declined == ("wind",)
    assert sheet.text.replace("\n", "").isprintable()


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """Return a fact file in some layout, with comments and blank lines wherever there may be any."""
    numbers = count()

    def between(indent: int) -> str:
        kinds = draw(st.lists(st.sampled_from("bc"), max_size=2))
        return "".join("\n" if kind == "b" else f"{' ' * indent}# c{next(numbers)}.\n" for kind in kinds)

    def behind() -> str:
        return draw(st.sampled_from(["", " ", "   "])) + f"# c{next(numbers)}." if draw(st.booleans()) else ""

    indent, parts = draw(st.integers(1, 4)), []
    for id in draw(st.lists(st.sampled_from(list(BOOK.facts)[:12]), max_size=4, unique=True)):
        value = draw(st.sampled_from([*BOOK.facts[id].values, UNKNOWN]))
        written = draw(st.sampled_from([value, f"'{value}'", f'  "{value}"']))
        parts.append(f"{between(indent)}{' ' * indent}{id}: {written} {behind()}".rstrip() + "\n")
    facts = f"{between(0)}facts: {behind()}".rstrip() + "\n" + "".join(parts)
    rest = f"{between(0)}title:  A title {behind()}".rstrip() + "\nnotes:\n  talks_status: over\n   two  lines\n"
    start = draw(st.sampled_from(["", "# c.\n---\n"]))
    text = start + (facts + rest if draw(st.booleans()) else rest + facts) + between(0)
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@settings(max_examples=40, deadline=None)
@given(layouts(), st.sampled_from(list(BOOK.facts)[:12]), st.data())
def test_everything_else_and_every_comment_stays_in_its_order(text: str, fact: str, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from([*BOOK.facts[fact].values, UNKNOWN]))
    changed = FactFileText(BOOK, text).with_answers({fact: value})
    assert changed.situation.facts.get(fact, UNKNOWN) == value
    comments = re.findall(r"# c\d*\.", text)
    assert re.findall(r"# c\d*\.", changed.text) == comments
    before, after = (_written(each, fact) for each in (text, changed.text))
    assert after == before
    assert ("\r\n" in changed.text) == ("\r\n" in text)


def _written(text: str, but: str) -> list[tuple[str, object]]:
    """Return the entries of a fact file in their order, those of its facts among them but for one."""
    root = parse(text, "", Faults())
    assert root
    facts = root.entries["facts"].entries.items()
    return [
        *((key, node.plain()) for key, node in root.entries.items() if key != "facts"),
        *((id, node.plain()) for id, node in facts if id != but),
    ]
