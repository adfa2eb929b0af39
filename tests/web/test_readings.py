"""Words of a text or an address that are read loosely: told on the page, and only to who brought them."""

from __future__ import annotations

from html import unescape

import pytest

import plenipo
from plenipo.web.gate import Gate
from tests.web.requests import ask, post, said

SITUATION = "us_china_friction=high&dprk_willing_to_talk=no"
FILE = """\
title: Mine
facts: {us_china_friction: high}
notes: {us_china_friction: "so I hear"}
"""


@pytest.mark.parametrize(
    "facts", ["{US-China friction: high}", "{us_china_friction: HIGH!}", "{Us_China_Friction: high}"]
)
def test_names_count_as_written_where_that_is_asked_for(gate: Gate, facts: str) -> None:
    text = f"facts: {facts}"
    loosely = post(gate, "/open", _text=text).status
    with plenipo.exact_names():
        answered = post(gate, "/open", _text=text)
    assert answered.status == 422
    assert "error[unknown-" in said(answered)
    assert loosely == (422 if "!" in facts else 200)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("facts: {US-China friction: high}", "US-China friction was read as us_china_friction"),
        ("facts: {Us_China_Friction: high}", "Us_China_Friction was read as us_china_friction"),
        ("facts: {working_level: None at present}", "None at present was read as none in working_level"),
        ("facts: {}\nconsidering: [Four-party talks]", "Four-party talks was read as four_party_talks"),
        ("based_on: Late Summer 2020\nfacts: {}", "Late Summer 2020 was read as late-summer-2020"),
        (FILE.replace("us_china_friction: high", "US China friction: high"), "US China friction was read as"),
    ],
)
@pytest.mark.parametrize("view", ["/open", "/compare"])
def test_what_is_read_loosely_in_a_text_is_told_to_who_brought_it(
    gate: Gate, capfd: pytest.CaptureFixture[str], view: str, text: str, told: str
) -> None:
    answered = post(gate, view, _text=text)
    assert answered.status == 200
    assert f"Not written as this rulebook has it: {told}" in said(answered)
    assert capfd.readouterr() == ("", "")
    # it is told once, and the page goes on with the names that were meant
    address = unescape(answered.text.partition('data-address="')[2].partition('"')[0])
    assert "Not written as" not in said(ask(gate, address))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/option/Four-party%20talks", "Four-party talks was read as four_party_talks"),
        ("/option/four-party-talks?us_china_friction=high", "four-party-talks was read as four_party_talks"),
        ("/option/four_party_talks?_why_not=Recommend", "Recommend was read as recommend"),
    ],
)
def test_what_is_read_loosely_in_an_address_is_told_to_who_asked(
    gate: Gate, capfd: pytest.CaptureFixture[str], address: str, told: str
) -> None:
    answered = ask(gate, address)
    assert answered.status == 200
    assert f"Not written as this rulebook has it: {told} ." in said(answered)
    assert 'data-address="/option/four_party_talks' in answered.text
    assert capfd.readouterr() == ("", "")


def test_names_as_they_are_written_are_not_told(gate: Gate) -> None:
    for answered in (post(gate, "/open", _text=FILE), ask(gate, f"/option/four_party_talks?{SITUATION}")):
        assert answered.status == 200
        assert "Not written as" not in answered.text


def test_many_readings_and_hostile_ones_are_told_in_few_words(gate: Gate) -> None:
    facts = [f"{id.replace('_', '-').upper()}: unknown" for id in plenipo.load_rulebook().facts if "_" in id]
    answered = post(gate, "/open", _text="facts: {" + ", ".join(facts) + "}")
    assert f"and {len(facts) - 9} more." in said(answered)
    hostile = post(gate, "/open", _text='facts: {"us_china\\u202e\\u2028_friction": high}')
    assert hostile.status == 200
    assert "was read as us_china_friction" in said(hostile)
    assert not {"\u202e", "\u2028"} & set(hostile.text)
