"""Situations: what a fact file says, or everything that is wrong with it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plenipo.errors import SituationError
from plenipo.rulebook.load import load_rulebook
from plenipo.rulebook.locations import situations
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.situations.read import load_situation, read_changes, read_situation, situation_from


@pytest.fixture
def boats(book: Callable[..., Rulebook]) -> Rulebook:
    """The small rulebook about boats."""
    return book()


def told(rulebook: Rulebook, text: str | bytes) -> str:
    """Return what is wrong with a fact file."""
    with pytest.raises(SituationError) as caught:
        read_situation(rulebook, text, "mine.yaml")
    return str(caught.value)


def test_a_situation_has_all_its_parts(boats: Rulebook) -> None:
    text = """
title: A day at sea
as_of: 2020-08-31
facts: {sky: Dark, wind: storm, tide: Yes}
considering: [sail, mend, sail]
notes: {wind: the trees bend}
expect: {sail: Avoid, mend: silent}
"""
    assert read_situation(boats, text, "mine.yaml") == Situation(
        {"sky": "dark", "wind": "storm", "tide": "true"},
        "mine.yaml",
        "A day at sea",
        "2020-08-31",
        ("sail", "mend"),
        {"wind": "the trees bend"},
        {"sail": "avoid", "mend": "silent"},
    )


def test_absent_empty_null_and_unknown_say_the_same(boats: Rulebook) -> None:
    text = "facts: {sky: , wind: null, tide: ~, moon: Unknown}\nnotes:\nexpect:\nconsidering:\ntitle:\n"
    assert read_situation(boats, text, "x") == read_situation(boats, "facts:\n", "x") == Situation({}, "x")


def test_one_option_may_stand_for_a_list(boats: Rulebook) -> None:
    assert read_situation(boats, "facts:\nconsidering: sail\n").considering == ("sail",)


def test_json_says_the_same(boats: Rulebook) -> None:
    text = '{"$schema": "x", "facts": {"tide": true, "sky": null, "moon": "no"}, "considering": ["sail"]}'
    assert read_situation(boats, text) == Situation(
        {"tide": "true", "moon": "false"}, "situation", considering=("sail",)
    )


def test_all_faults_are_told_at_once(boats: Rulebook) -> None:
    text = """
facts: {skye: dark, wind: strom, tide: maybe, safe: true, moon: [yes]}
considering: [sial, [sail]]
notes: {winds: strong, sky: {a: b}}
expect: {sail: avoided, paint_boat: done}
titel: x
facts: {}
"""
    assert (
        told(boats, text)
        == """\
mine.yaml:2:9: error[unknown-fact]: no fact is called `skye`
  help: did you mean `sky`?
mine.yaml:2:27: error[unknown-value]: `strom` is not a value of the fact `wind`
  help: did you mean `storm`?
  help: its values are `calm`, `breeze` or `storm`; `unknown` when it is not known
mine.yaml:2:40: error[unknown-value]: `maybe` is not a value of the fact `tide`
  help: its values are `yes` or `no`; `unknown` when it is not known
mine.yaml:2:47: error[unknown-fact]: no fact is called `safe`
  help: it is a finding: rules find it, nobody states it
mine.yaml:2:65: error[wrong-shape]: `moon` in `facts` should be text, not a list
mine.yaml:3:15: error[unknown-option]: no option is called `sial`
  help: did you mean `sail`?
mine.yaml:3:21: error[wrong-shape]: a part of `considering` should be an option, not a list
mine.yaml:4:9: error[unknown-fact]: no fact is called `winds`
  help: did you mean `wind`?
mine.yaml:4:29: error[wrong-shape]: `sky` in `notes` should be text, not a mapping
mine.yaml:5:16: error[wrong-value]: the verdict expected on `sail` is `avoided`, and should be `done`, `avoid`, \
`defer`, `recommend`, `consider` or `silent`
  help: did you mean `avoid`?
mine.yaml:5:25: error[unknown-option]: no option is called `paint_boat`
  help: did you mean `paint`?
mine.yaml:6:1: error[unknown-key]: a fact file has no key `titel`
  help: did you mean `title`?
  help: its keys are `title`, `as_of`, `based_on`, `facts`, `likely`, `considering`, `notes`, \
`expect` and `readers`
mine.yaml:7:1: error[duplicate-key]: the key `facts` occurs twice in one mapping
  also: mine.yaml:2:1: it is here first"""
    )


def test_facts_that_stand_at_the_top_are_told_once(boats: Rulebook) -> None:
    assert (
        told(boats, "sky: dark\nwind: storm\n")
        == """\
mine.yaml:1:1: error[unknown-key]: `sky` is a fact, and facts belong under the key `facts`
  help: put a line `facts:` above the facts, and indent them by two spaces"""
    )
    assert (
        told(boats, "facts: {sky: dark}\nwind: storm\n")
        == """\
mine.yaml:2:1: error[unknown-key]: a fact file has no key `wind`
  help: it is a fact: put it under `facts`"""
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "mine.yaml: error[empty-file]: there is nothing in this file"),
        ("title: x", "mine.yaml:1:1: error[missing-key]: there is no key `facts`"),
        (
            "- sky",
            "mine.yaml:1:1: error[wrong-shape]: a fact file should be a mapping with the key `facts`, not a list",
        ),
        ("dark", "mine.yaml:1:1: error[wrong-shape]: a fact file should be a mapping with the key `facts`, not text"),
        ("facts: [sky]", "mine.yaml:1:8: error[wrong-shape]: `facts` should be a mapping, not a list"),
        ("facts: dark", "mine.yaml:1:8: error[wrong-shape]: `facts` should be a mapping, not text"),
        ("facts:\ntitle: [x]", "mine.yaml:2:8: error[wrong-shape]: `title` should be text, not a list"),
        (
            "facts:\nconsidering: {sail: x}",
            "mine.yaml:2:14: error[wrong-shape]: `considering` should be a list of options, not a mapping",
        ),
    ],
)
def test_other_shapes_are_told(boats: Rulebook, text: str, message: str) -> None:
    assert told(boats, text).partition("\n  help")[0] == message


def test_a_merge_key_is_no_fact(boats: Rulebook) -> None:
    assert told(boats, "facts: {<<: {sky: dark}}") == "mine.yaml:1:9: error[unknown-fact]: no fact is called `<<`"


def test_what_a_file_says_never_moves_the_terminal(boats: Rulebook) -> None:
    text = "facts: {'\u202eyks': dark, sky: 'a\u2066b', " + "x" * 500 + ": 1}"
    message = told(boats, text)
    assert message.replace("\n", "").isprintable()
    assert "`\\u202eyks`" in message
    assert "x" * 100 not in message


def test_thousands_of_faults_are_counted_quickly(boats: Rulebook) -> None:
    message = told(boats, "facts: {}\nexpect:\n" + "".join(f"  option_{number}: x\n" for number in range(20_000)))
    assert message.count("unknown-option") == 200
    assert "there are 19,800 more faults, not shown" in message


def test_facts_can_be_given_one_by_one(boats: Rulebook) -> None:
    given: dict[str, str | bool | None] = {"sky": "dark", "tide": True, "moon": False, "wind": None}
    expected = Situation({"sky": "dark", "tide": "true", "moon": "false"}, "given facts", considering=("sail",))
    assert situation_from(boats, given, read_changes(boats, considering=["sail"])) == expected


def test_faults_of_given_facts_are_told_at_once(boats: Rulebook) -> None:
    with pytest.raises(SituationError) as caught:
        read_changes(boats, {"skye": "dark", "wind": "strom"}, ["sial"])
    assert [fault.check for fault in caught.value.diagnostics] == ["unknown-fact", "unknown-option", "unknown-value"]
    assert str(caught.value).startswith("given facts: error[unknown-fact]: no fact is called `skye`\n")


def test_a_file_is_called_by_its_path(boats: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text("facts: {sky: dark}")
    monkeypatch.chdir(tmp_path)
    assert load_situation(boats, tmp_path / "mine.yaml") == Situation({"sky": "dark"}, "mine.yaml", file="mine.yaml")
    with pytest.raises(
        SituationError, match=r"^mien\.yaml: error\[unreadable\]: there is no such file\n.*`mine\.yaml`"
    ):
        load_situation(boats, "mien.yaml")


@pytest.mark.parametrize(
    "stream", [io.TextIOWrapper(io.BytesIO(b"facts: {sky: dark}")), io.StringIO("facts: {sky: dark}")]
)
def test_standard_input_is_a_file_too(boats: Rulebook, stream: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", stream)
    assert load_situation(boats, "-") == Situation({"sky": "dark"}, "<stdin>")


def test_without_standard_input_that_is_told(boats: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SituationError, match="standard input cannot be read"):
        load_situation(boats, "-")


@pytest.mark.parametrize("name", sorted(situations()))
def test_the_bundled_situations_can_be_read(name: str) -> None:
    assert load_situation(load_rulebook(), situations()[name]).facts
