"""`as_of`: a date, a month, a year or nothing, in fact files, beside them and through the library."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import plenipo
from plenipo.errors import SituationError
from plenipo.rulebook.as_of import is_time, what_to_write
from plenipo.rulebook.model import Rulebook
from plenipo.situations.json_schema import schemas

GOOD = ("2020-08-31", "2020-08", "2020", "2024-02-29", "1851")
WRONG = {
    "31/08/2020": "2020-08-31",
    "31.08.2020": "2020-08-31",
    "31-08-2020": "2020-08-31",
    "August 2020": "2020-08",
    "31 August 2020": "2020-08-31",
    "Aug 31st, 2020": "2020-08-31",
    "8/2020": "2020-08",
    "2020/08/31": "2020-08-31",
    "2020-8-1": "2020-08-01",
    "20200831": "2020-08-31",
    "2020-08-31T00:00:00": "2020-08-31",
    "5.5.2020": "2020-05-05",
    "5/8/2020": None,
    "2020-W10": None,
    "2020-Q3": None,
    "Q3 2020": None,
    "2020H1": None,
    "2020-13": None,
    "2020-00": None,
    "2020-02-30": None,
    "2021-02-29": None,
    "0000": None,
    "08/31/20": None,
    "yesterday": None,
    "\u0662\u0660\u0662\u0660": None,
    "1e3": None,
    "12020": None,
}


def written(text: str, form: str) -> str:
    """Return a fact file with an `as_of`: in YAML as it is or in quotes, or in JSON."""
    if form == "json":
        return json.dumps({"as_of": text, "facts": {}})
    return f"as_of: {json.dumps(text) if form == 'quoted' else text}\nfacts: {{}}\n"


@pytest.mark.parametrize("form", ["plain", "quoted", "json"])
@pytest.mark.parametrize("text", GOOD)
def test_a_time_is_read_as_it_is_written(tmp_path: Path, text: str, form: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(written(text, form))
    assert plenipo.load_situation(file).as_of == text


@pytest.mark.parametrize("line", ["", "as_of:\n", 'as_of: ""\n', "as_of: ~\n", "as_of: null\n"])
def test_it_may_be_left_out(tmp_path: Path, line: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"{line}facts: {{}}\n")
    assert plenipo.load_situation(file).as_of == ""


def test_a_year_may_be_a_number_in_json(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"as_of": 2020, "facts": {}}')
    assert plenipo.load_situation(file).as_of == "2020"


@pytest.mark.parametrize("form", ["plain", "quoted", "json"])
@pytest.mark.parametrize("text", WRONG)
def test_anything_else_is_an_error_that_says_what_to_write(tmp_path: Path, text: str, form: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(written(text, form))
    with pytest.raises(SituationError) as refused:
        plenipo.load_situation(file)
    (fault,) = refused.value.diagnostics
    assert (fault.check, fault.location.line) == ("wrong-value", 1)
    assert text in fault.message
    assert fault.help[-1].startswith("write a date as `2020-08-31`")
    suggested = WRONG[text]
    assert (f"did you mean `{suggested}`?" in fault.help) is bool(suggested)


def test_what_is_suggested_is_a_time(held: list[object]) -> None:
    for text in WRONG:
        for line in what_to_write(text)[:-1]:
            held.append(line)
            assert all(is_time(time) for time in line.split("`")[1::2])


def test_two_readings_are_both_named() -> None:
    assert what_to_write("5/8/2020")[0] == "it can be read as `2020-05-08` and as `2020-08-05`"


def test_a_situation_of_ones_own_is_checked_when_it_is_loaded() -> None:
    good = plenipo.load_situation("late-summer-2020")
    with pytest.raises(SituationError, match="`as_of` is `31/08/2020`"):
        plenipo.load_situation(replace(good, as_of="31/08/2020"))


@pytest.mark.parametrize("text", ["31/08/2020", "yesterday", "2020-13"])
def test_it_is_told_in_the_same_words_wherever_it_was_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(written(text, "quoted"))
    own = plenipo.load_situation("late-summer-2020")
    for situation in (file, replace(own, as_of=text)):
        with pytest.raises(SituationError, match=f"`as_of` is `{text}`, which is not a date, a month or a year"):
            plenipo.load_situation(situation)


def test_the_template_says_what_may_be_written(tmp_path: Path) -> None:
    text = plenipo.template()
    assert "a date (2020-08-31), a month (2020-08) or a year (2020)" in text
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace('as_of: ""', "as_of: 2021-06"))
    assert plenipo.load_situation(file).as_of == "2021-06"


def test_an_editor_is_told_the_same(book: Callable[..., Rulebook]) -> None:
    editor = Draft202012Validator(schemas(book())["situation"])
    for text in (*GOOD, ""):
        assert list(editor.iter_errors({"as_of": text, "facts": {}})) == []
    assert list(editor.iter_errors(yaml.safe_load("as_of: 2020\nfacts: {}"))) == []
    for text in ("31/08/2020", "2020-13", "August 2020"):
        assert len(list(editor.iter_errors({"as_of": text, "facts": {}}))) == 1
