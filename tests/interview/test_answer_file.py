"""The file that keeps the answers: written in one step, and nothing in it harmed that is no answer."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

import plenipo
from plenipo.errors import SituationError, UsageError
from plenipo.interview.answer_file import (
    ContestedError,
    UnkeptError,
    copied_answer_file,
    new_answer_file,
    open_answer_file,
)
from plenipo.rulebook import locations
from plenipo.rulebook.model import UNKNOWN
from plenipo.situations.edit import FactFileText

BOOK = plenipo.load_rulebook()
OWN = """\
# what I think
title: "My own view"   # not final
as_of: 2026-05-01

facts:
  # seen from here
  us_china_friction: high  # since spring
  talks_status: unknown
  escap_member: yes

considering: [four_party_talks]
notes:
  us_china_friction: >-
    Everybody says so.
# the end
expect: {four_party_talks: defer}
"""


def test_an_own_file_keeps_all_that_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    record = open_answer_file(BOOK, path)
    assert record.declined == ()
    assert record.kept
    assert not record.moved
    record.keep(
        {"us_china_friction": UNKNOWN, "talks_status": "paused", "cwc_status": "refused", "escap_member": "true"}
    )
    text = path.read_text()
    for kept in (
        "# what I think",
        "# not final",
        "# seen from here",
        "# since spring",
        "Everybody says so",
        "# the end",
    ):
        assert kept in text
    assert "What is North Korea's status in the Chemical Weapons Convention?" in text
    again = open_answer_file(BOOK, path)
    assert again.declined == ("us_china_friction",)
    assert again.situation.facts == {"talks_status": "paused", "cwc_status": "refused", "escap_member": "true"}
    before = plenipo.load_situation({})
    for part in ("title", "as_of", "considering", "notes", "expect"):
        assert getattr(again.situation, part) == getattr(record.situation, part) != getattr(before, part)
    again.keep({**again.situation.facts, "us_china_friction": "low"})
    assert "us_china_friction: low  # since spring" in path.read_text()


LIKELY = """\
facts: {escap_member: yes}
likely:
  talks_status:
    paused: 1/3

    collapsed: 2/3  # a guess

  cyber_crime: equal
"""


def test_what_was_likely_becomes_a_comment_once_it_is_known(tmp_path: Path) -> None:
    sheet = FactFileText(BOOK, LIKELY).with_answers({"talks_status": UNKNOWN, "cyber_crime": UNKNOWN})
    assert sheet.situation.likely == FactFileText(BOOK, LIKELY).situation.likely
    sheet = sheet.with_answers({"talks_status": "paused", "cyber_crime": "continuing"})
    assert sheet.situation.likely == {}
    assert "  #   collapsed: 2/3  # a guess" in sheet.text
    path = tmp_path / "flow.yaml"
    path.write_text("facts: {}\nlikely: {talks_status: {paused: 1/3, collapsed: 2/3}, cyber_crime: equal}\n")
    record = open_answer_file(BOOK, path)
    record.keep({"talks_status": "paused"})
    assert record.moved
    kept = open_answer_file(BOOK, record.path).situation
    assert (dict(kept.facts), set(kept.likely)) == ({"talks_status": "paused"}, {"cyber_crime"})
    assert plenipo.interview(kept).answer(UNKNOWN).situation.likely == kept.likely


@pytest.mark.parametrize("indent", [None, 4])
def test_json_stays_json(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "own.json"
    own = {"title": "An \U0001f600", "facts": {"escap_member": True}, "notes": {"escap_member": "x"}}
    path.write_text(json.dumps(own, indent=indent))
    record = open_answer_file(BOOK, path)
    record.keep({"escap_member": "false", "cyber_crime": "continuing"})
    assert not record.moved
    text = path.read_text()
    assert json.loads(text) == {**own, "facts": {"escap_member": "false", "cyber_crime": "continuing"}}
    assert text.count("\n") == (1 if indent is None else len(json.dumps(own, indent=4).splitlines()) + 1)


def test_comments_quotes_and_line_ends_stay(tmp_path: Path) -> None:
    own = (
        "facts:\n    talks_status: paused   # for now\n    us_china_friction: high\n\n    # about escap\n"
        "    escap_member: yes\n\n\nnotes:\n    escap_member: >-\n        A note\n        over two lines.\n"
        "    talks_status: 'quoted'\nlikely: {}    # nothing\n"
    )
    path = tmp_path / "own.yaml"
    path.write_bytes(own.replace("\n", "\r\n").encode())
    record = open_answer_file(BOOK, path)
    record.keep({"us_china_friction": "low"})
    assert path.read_bytes().decode() == own.replace("friction: high", "friction: low").replace("\n", "\r\n")
    record.keep({"cwc_status": "refused"})
    text = path.read_bytes().decode().replace("\r\n", "\n")
    assert "\n    cwc_status: refused\n" in text
    assert "    # about escap\n    escap_member: yes\n" in text, "a comment stays above its own fact"
    kept = [line for line in own.replace("friction: high", "friction: low").splitlines() if line]
    assert [line for line in text.splitlines() if line in kept] == kept


def test_a_file_that_cannot_be_written_into_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    text = json.dumps({"title": "Mine", "facts": {}, "likely": {"talks_status": {"paused": 0.3, "collapsed": 0.7}}})
    path.write_text(text)
    record = open_answer_file(BOOK, path)
    record.keep({"talks_status": "paused", "cyber_crime": UNKNOWN})
    assert path.read_text() == text
    assert record.moved
    assert record.path == tmp_path / "own.yaml"
    again = open_answer_file(BOOK, record.path)
    assert (again.situation.title, again.situation.facts) == ("Mine", {"talks_status": "paused"})
    assert again.declined == ("cyber_crime",)


def test_a_new_record_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("mine")
    first, second = (new_answer_file(BOOK, path, title="T", as_of="2026-01-01") for _ in range(2))
    assert not first.kept
    assert not (tmp_path / "s-2.yaml").exists()
    first.keep({"escap_member": "true"})
    second.keep({"escap_member": "false"})
    assert path.read_text() == "mine"
    assert first.path != second.path
    assert open_answer_file(BOOK, first.path).situation.facts == {"escap_member": "true"}
    assert open_answer_file(BOOK, second.path).situation.facts == {"escap_member": "false"}
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted({"s.yaml", first.path.name, second.path.name})


def test_a_copy_leaves_the_original_alone(tmp_path: Path) -> None:
    original = locations.situations()["late-summer-2020"]
    before = original.read_bytes()
    record = copied_answer_file(BOOK, original, tmp_path / original.name)
    record.keep({**record.situation.facts, "us_china_friction": "low"})
    assert original.read_bytes() == before
    text = before.decode()
    expected = text.partition("\nexpect:\n")[0]
    assert record.path.read_text().count("\n") == expected.count("\n")
    assert plenipo.load_situation(original).expect
    assert not plenipo.load_situation(record.path).expect


@pytest.mark.parametrize(
    "text",
    [
        "expect: {escap_framework: defer}  # so\nfacts: {escap_member: yes}\n",
        "facts: {escap_member: yes}\nexpect:\n  escap_framework: defer",
        '{"expect": {"escap_framework": "defer"}, "facts": {"escap_member": true}}',
    ],
)
def test_a_copy_expects_nothing(tmp_path: Path, text: str) -> None:
    original = tmp_path / "own.yaml"
    original.write_text(text)
    record = copied_answer_file(BOOK, original, tmp_path / "copy.yaml")
    record.keep({"cwc_status": "refused"})
    kept = open_answer_file(BOOK, record.path).situation
    assert (kept.facts, kept.expect) == ({"escap_member": "true", "cwc_status": "refused"}, {})


def test_what_somebody_else_writes_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    record = open_answer_file(BOOK, path)
    path.write_text(OWN.replace("# the end", "# a later thought"))
    record.keep({**record.situation.facts, "cwc_status": "refused"})
    assert "# a later thought" in path.read_text()
    path.write_bytes(b"\xff no text at all")
    record.keep({**record.situation.facts, "cwc_status": "joined"})
    assert path.read_bytes() == b"\xff no text at all"
    assert record.moved
    assert open_answer_file(BOOK, record.path).situation.facts["cwc_status"] == "joined"


def test_a_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    path, link = tmp_path / "own.yaml", tmp_path / "link.yaml"
    path.write_text(OWN)
    path.chmod(0o600)
    link.symlink_to(path)
    record = open_answer_file(BOOK, link)
    record.keep({**record.situation.facts, "cwc_status": "refused"})
    assert link.is_symlink()
    assert "cwc_status" in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_faults_come_before_any_question(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("facts: {nothing_like_it: yes}\n")
    with pytest.raises(SituationError, match="unknown-fact"):
        open_answer_file(BOOK, path)
    with pytest.raises(UsageError, match="no folder"):
        new_answer_file(BOOK, tmp_path / "absent" / "x.yaml", title="", as_of="")


def test_a_file_cut_short_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = new_answer_file(BOOK, tmp_path / "s.yaml", title="T", as_of="2026-01-01")
    record.keep({"escap_member": "true"})
    before = record.path.read_text()

    def refuse(_: int) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UnkeptError, match=r"s.yaml`: no room") as caught:
        record.keep({"escap_member": "false"})
    assert caught.value.exit_code == 2
    assert "~" not in str(caught.value)
    assert record.path.read_text() == before
    assert record.held == {"escap_member": "true"}
    assert [each.name for each in tmp_path.iterdir()] == ["s.yaml"]
    other = new_answer_file(BOOK, tmp_path / "t.yaml", title="T", as_of="2026-01-01")
    with pytest.raises(UnkeptError):
        other.keep({"escap_member": "false"})
    assert not other.kept
    assert [each.name for each in tmp_path.iterdir()] == ["s.yaml"]
    monkeypatch.undo()
    record.keep({"escap_member": "false"})
    assert record.held == {"escap_member": "false"}


def test_a_folder_that_vanishes_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    record = new_answer_file(BOOK, folder / "s.yaml", title="T", as_of="2026-01-01")
    record.keep({"escap_member": "true"})
    folder.rename(tmp_path / "e")
    with pytest.raises(UnkeptError):
        record.keep({"cwc_status": "refused"})
    assert record.held == {}
    folder.mkdir()
    record.keep({"cwc_status": "refused"})
    assert record.held == {"escap_member": "true", "cwc_status": "refused"}


CHANGES: list[dict[str, str]] = [
    {"us_china_friction": "low"},
    {"us_china_friction": UNKNOWN, "talks_status": "paused"},
    {"talks_status": UNKNOWN, "cyber_crime": "continuing", "us_election_status": "pending"},
    {"escap_member": "false"},
]


@pytest.mark.parametrize("start", [OWN, "facts: {escap_member: yes, us_china_friction: high}\n"])
def test_the_advice_on_screen_is_that_on_the_file_whoever_else_writes(tmp_path: Path, start: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(start)
    record = open_answer_file(BOOK, path)
    interview = plenipo.interview(record.situation, rulebook=BOOK)
    mine: dict[str, str] = {}
    for asked, changes in zip(["cwc_status", "talks_status", "escap_member", "cwc_status"], CHANGES, strict=True):
        theirs = {id: value for id, value in changes.items() if id not in mine}
        path.write_text(FactFileText(BOOK, path.read_text()).with_answers(theirs).text)
        value = mine[asked] = list(BOOK.facts[asked].values)[len(mine) % 2]
        try:
            record.keep({asked: value})
        except ContestedError as contest:
            record.keep({asked: value}, contest.held)
        interview = interview.revisit(asked).answer(value).taken_up(record.situation, record.declined)
        saved = plenipo.load_situation(record.path, rulebook=BOOK)
        assert dict(saved.facts) == dict(interview.known)
        assert plenipo.advise(saved, rulebook=BOOK).options == interview.advice.options
        kept = {**theirs, **mine}
        assert {id: saved.facts.get(id, UNKNOWN) for id in kept} == kept
    assert record.path == path
