"""What is printed can be typed back: names in files, options and arguments, told on stderr where read loosely."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def real(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command line with the rulebook that comes with plenipo."""
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    return run


SAME = [
    (["advise", "Late Summer 2020"], ["advise", "late-summer-2020"]),
    (["advise", "late summer 2020: the american campaign"], ["advise", "late-summer-2020"]),
    (["explain", "late-summer-2020", "Four-party talks with China"],
     ["explain", "late-summer-2020", "four_party_talks"]),
    (["explain", "late-summer-2020", "four-party-talks"], ["explain", "late-summer-2020", "four_party_talks"]),
    (["graph", "late-summer-2020", "Four-party talks"], ["graph", "late-summer-2020", "four_party_talks"]),
    (["trace", "late-summer-2020", "--option", "Hold four-party talks with China"],
     ["trace", "late-summer-2020", "--option", "four_party_talks"]),
    (["trace", "late-summer-2020", "--rule", "Rivalry defers four party"],
     ["trace", "late-summer-2020", "--rule", "rivalry-defers-four-party"]),
    (["sweep", "late-summer-2020", "--over", "US-China friction", "--about", "four-party-talks"],
     ["sweep", "late-summer-2020", "--over", "us_china_friction", "--about", "four_party_talks"]),
    (["change", "late-summer-2020", "four-party-talks", "Consider", "--hold", "\u201cUS\u2013China friction\u201d"],
     ["change", "late-summer-2020", "four_party_talks", "consider", "--hold", "us_china_friction"]),
    (["show", "US-China\u00a0friction"], ["show", "us_china_friction"]),
    (["show", "b39"], ["show", "B39"]),
    (["show", "B\u00b639"], ["show", "B \u00b639"]),
    (["show", "[b \u00b6 39]"], ["show", "B \u00b639"]),
    (["show", "A09 \u00b610"], ["show", "A09"]),
    (["show", "Late summer 2020"], ["show", "late-summer-2020"]),
    (["show", "RECOMMEND"], ["show", "recommend"]),
    (["advise", "late-summer-2020", "--source", "a"], ["advise", "late-summer-2020", "--source", "A"]),
    (["trace", "late-summer-2020", "--source", "b"], ["trace", "late-summer-2020", "--source", "B"]),
]  # fmt: skip


@pytest.mark.parametrize(("loose", "exact"), SAME)
def test_a_name_as_people_type_it_gets_the_same_answer(real: Run, loose: list[str], exact: list[str]) -> None:
    said, answered = real(*loose, "--format", "json"), real(*exact, "--format", "json")
    assert said.code == answered.code
    assert said.code in {0, 1}, said.err
    assert json.loads(said.out) == json.loads(answered.out)
    assert all(line.startswith("read `") for line in said.err.splitlines())
    assert answered.err == ""


def test_each_reading_is_told_once_and_listed_in_json(real: Run, tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text("facts:\n  US-China friction: High\n  Working level: None at present\n")
    ran = real("advise", "my.yaml", "my.yaml", "--set", "kim-initiative=no", "--considering", "Four-party-talks",
               "--format", "json")  # fmt: skip
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "read `US-China friction` as us_china_friction",
        "read `High` as high in us_china_friction",
        "read `Working level` as working_level",
        "read `None at present` as none in working_level",
        "read `kim-initiative` as kim_initiative",
        "read `no` as none in kim_initiative",
        "read `Four-party-talks` as four_party_talks",
    ]
    situation = json.loads(ran.out.splitlines()[0])["situation"]
    assert situation["facts"]["us_china_friction"] == "high"
    assert {"given": "no", "taken": "none", "fact": "kim_initiative"} in situation["read_as"]


@pytest.mark.parametrize("words", [
    ["advise", "late-summer-2020", "--set", "US-China friction=low"],
    ["advise", "late-summer-2020", "--set", "us_china_friction=LOW"],
    ["roadmap", "late-summer-2020", "--suppose", "us_china_friction=Low"],
    ["explain", "late-summer-2020", "four-party-talks"],
    ["outlook", "late-summer-2020", "--source", "a"],
    ["advise", "Late Summer 2020"],
    ["show", "US-China friction"],
    ["robust", "late-summer-2020", "--equal", "US-China friction"],
])  # fmt: skip
def test_names_are_exact_where_that_is_asked_for(real: Run, words: list[str]) -> None:
    for arguments in ([*words, "--exact"], ["--exact", *words]):
        ran = real(*arguments)
        assert ran.code in {2, 4}
        assert "did you mean" in ran.err
        assert "read `" not in ran.err
    assert real(*words).code == 0


@pytest.mark.parametrize(("given", "said"), [
    ("us_china_frictoin=low", "no fact is called `us_china_frictoin`"),
    ("us_china_friction=lowe", "`lowe` is not a value of the fact `us_china_friction`"),
    ("=low", "no fact is called ``"),
])  # fmt: skip
def test_a_misspelling_stays_an_error(real: Run, given: str, said: str) -> None:
    ran = real("advise", "late-summer-2020", "--set", given)
    assert ran.code == 4
    assert said in ran.err


@pytest.mark.parametrize("content", [
    "facts: {sky: clear, Sky: dark}\n",
    "facts: {sky: clear}\nnotes: {sky: so, 'S k y': not so}\n",
    "facts: {}\nlikely: {sky: equal, SKY: equal}\n",
    "facts: {}\nexpect: {sail: silent, Set sail: silent}\n",
])  # fmt: skip
def test_two_names_for_one_thing_in_a_file_are_refused_by_both(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "two.yaml").write_text(content)
    ran = run("advise", "two.yaml")
    assert ran.code == 4
    assert "are both read as" in ran.err
    assert "two.yaml:" in ran.err


def test_loose_names_of_values_and_likely_facts_are_read_in_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "exact.yaml").write_text("facts: {wind: storm}\nlikely: {sky: {clear: 0.5, dark: 0.5}}\n")
    (tmp_path / "loose.yaml").write_text("facts: {Wind: MUCH}\nlikely: {S-ky: {'cle ar': 0.5, Dark: 0.5}}\n")
    exact, loose = run("robust", "exact.yaml", "--format", "csv"), run("robust", "loose.yaml", "--format", "csv")
    assert exact.out == loose.out
    assert "read `S-ky` as sky\n" in loose.err
