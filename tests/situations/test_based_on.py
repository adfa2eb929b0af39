"""Situations based on others: what is taken over, what is not, and where it is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import plenipo
from plenipo.errors import SituationError
from plenipo.rulebook.model import Rulebook
from plenipo.situations.read import load_situation
from plenipo.situations.write import fact_file

BASE = """\
title: Yesterday
as_of: 1902-05-31
facts: {sky: dark, wind: storm, tide: yes}
likely: {moon: {yes: 0.3, no: 0.7}}
considering: [sail]
notes: {sky: Black as ink., tide: By the table.}
expect: {sail: avoid}
"""


@pytest.fixture
def boats(book: Callable[..., Rulebook]) -> Rulebook:
    """The small rulebook about boats."""
    return book()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the base, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(BASE)
    return tmp_path


def test_only_what_is_left_out_is_taken_over(boats: Rulebook, here: Path) -> None:
    (here / "mine.yaml").write_text("title: Today\nbased_on: base\nfacts: {wind: calm, tide: unknown}\n")
    read = load_situation(boats, "mine.yaml")
    assert read.facts == {"wind": "calm", "sky": "dark"}
    assert read.taken_over == {"sky": "base", "moon": "base"}
    assert set(read.likely) == {"moon"}
    assert read.notes == {"sky": "Black as ink."}
    assert (read.title, read.as_of, read.considering, read.expect) == ("Today", "", (), {})
    assert (read.name, read.file, read.based_on) == ("mine.yaml", "mine.yaml", "base")


@pytest.mark.parametrize("empty", ["", "null", "~", "unknown"])
def test_a_fact_written_down_without_a_value_stays_unknown(boats: Rulebook, here: Path, empty: str) -> None:
    (here / "mine.yaml").write_text(f"based_on: base.yaml\nfacts:\n  sky: {empty}\n")
    read = load_situation(boats, "mine.yaml")
    assert "sky" not in read.facts
    assert read.taken_over == {"wind": "base.yaml", "tide": "base.yaml", "moon": "base.yaml"}


def test_a_fact_that_is_only_likely_is_not_taken_over(boats: Rulebook, here: Path) -> None:
    (here / "mine.yaml").write_text("based_on: base\nfacts:\nlikely: {sky: equal}\n")
    read = load_situation(boats, "mine.yaml")
    assert "sky" not in read.facts
    assert set(read.likely) == {"sky", "moon"}


def test_a_chain_says_where_each_fact_comes_from(boats: Rulebook, here: Path) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "middle.yaml").write_text("based_on: ../base\nfacts: {wind: breeze}\n")
    (here / "mine.yaml").write_text("based_on: sub/middle\nfacts: {tide: no}\n")
    read = load_situation(boats, "mine.yaml")
    assert read.facts == {"tide": "false", "wind": "breeze", "sky": "dark"}
    assert read.taken_over == {"wind": "sub/middle", "sky": "../base", "moon": "../base"}


def test_a_circle_is_spelled_out(boats: Rulebook, here: Path) -> None:
    (here / "one.yaml").write_text("facts:\nbased_on: two\n")
    (here / "two.yaml").write_text("based_on: one\nfacts:\n")
    with pytest.raises(SituationError) as caught:
        load_situation(boats, "one.yaml")
    assert str(caught.value) == (
        "one.yaml:2:11: error[circle]: `one.yaml` is based on `two.yaml`, which is based on `one.yaml`\n"
        "  also: two.yaml:1:11: what `two.yaml` is based on\n"
        "  help: take one `based_on` out"
    )
    (here / "self.yaml").write_text("based_on: self\nfacts:\n")
    with pytest.raises(SituationError, match=r"`self\.yaml` is based on itself"):
        load_situation(boats, "self.yaml")
    (here / "into.yaml").write_text("based_on: one\nfacts:\n")
    with pytest.raises(SituationError, match=r"^one\.yaml:2:11: error\[circle\]"):
        load_situation(boats, "into.yaml")


def test_a_missing_base_is_told_with_the_nearest_name(boats: Rulebook, here: Path) -> None:
    (here / "mine.yaml").write_text("facts: {}\nbased_on: bose\n")
    with pytest.raises(SituationError) as caught:
        load_situation(boats, "mine.yaml")
    assert str(caught.value) == (
        "mine.yaml:2:11: error[unknown-situation]: there is no situation `bose` to take facts over from\n"
        "  help: did you mean `base`?\n"
        "  help: name a situation that comes with the rulebook, or a fact file beside this one"
    )
    with pytest.raises(SituationError, match="did you mean `late-summer-2020`"):
        plenipo.load_situation({}, based_on="late-sumer-2020")


def test_faults_of_the_base_have_their_own_places(boats: Rulebook, here: Path) -> None:
    (here / "base.yaml").write_text("facts:\n  sky: drak\n")
    (here / "mine.yaml").write_text("based_on: base\nfacts: {wnid: calm}\n")
    with pytest.raises(SituationError) as caught:
        load_situation(boats, "mine.yaml")
    assert [str(fault.location) for fault in caught.value.diagnostics] == ["base.yaml:2:8", "mine.yaml:2:9"]


def test_what_is_set_counts_before_what_is_taken_over(boats: Rulebook, here: Path) -> None:
    (here / "mine.yaml").write_text("based_on: base\nfacts: {wind: calm}\n")
    read = plenipo.load_situation("mine.yaml", rulebook=boats, changes={"sky": "clear", "tide": None})
    assert read.facts == {"wind": "calm", "sky": "clear"}
    assert read.taken_over == {"moon": "base"}
    assert "sky" not in read.notes, "the note was on another value"
    advice = plenipo.advise({"wind": "calm", "tide": None}, rulebook=boats, based_on="base.yaml")
    assert advice.situation.facts == {"wind": "calm", "sky": "dark"}


def test_a_written_situation_reads_back_the_same(boats: Rulebook, here: Path) -> None:
    (here / "mine.yaml").write_text("based_on: base\nfacts: {wind: calm}\nreaders: {sail: avoid}\n")
    read = load_situation(boats, "mine.yaml")
    text = fact_file(read)
    assert "sky" not in text
    (here / "again.yaml").write_text(text)
    again = load_situation(boats, "again.yaml")
    for part in ("facts", "notes", "likely", "taken_over", "based_on", "readers"):
        assert getattr(again, part) == getattr(read, part)
    (written,) = plenipo.write_situations([read], here / "elsewhere")
    whole = load_situation(boats, written)
    assert (whole.facts, whole.taken_over) == (read.facts, {}), "it is complete without its base"
