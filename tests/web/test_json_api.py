"""The API: answers as the command line writes them, and JSON that is read as it was meant or not at all."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

import plenipo
from plenipo.counsel import sweep as counsel_sweep
from plenipo.web.gate import Gate
from tests.web.requests import Answered, ask

FACTS: dict[str, str | bool | None] = {"us_china_friction": "high", "dprk_willing_to_talk": False}
SITUATION = {"facts": FACTS, "title": "Mine"}


def post(gate: Gate, path: str, body: str | bytes) -> Answered:
    sent = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return ask(gate, f"/api/v1{path}", "POST", headers={"content-type": "application/json"}, body=sent)


@pytest.mark.parametrize(
    ("path", "more", "kind"),
    [
        ("/advise", {}, "brief"),
        ("/outlook", {}, "outlook"),
        ("/explain", {"option": "four_party_talks", "why_not": "recommend"}, "explanation"),
        ("/change", {"option": "four_party_talks", "verdict": "consider"}, "change"),
        ("/sweep", {"over": ["us_china_friction"]}, "sweep"),
        ("/roadmap", {"depth": 2}, "roadmap"),
        ("/graph", {"option": "four_party_talks"}, "graph"),
        ("/trace", {"rules": []}, "trace"),
        ("/next-question", {}, "question"),
    ],
)
def test_every_answer_is_a_document_of_its_kind(gate: Gate, path: str, more: dict[str, Any], kind: str) -> None:
    answered = post(gate, path, json.dumps({"situation": SITUATION, **more}))
    assert answered.status == 200
    found = json.loads(answered.text)
    assert kind in found["kind"] or found["kind"] in {"advice", "interview", "reasoning"}


def test_it_is_the_document_of_the_command_line(gate: Gate) -> None:
    own = json.loads(plenipo.render(plenipo.brief(FACTS), "json"))
    found = json.loads(post(gate, "/advise", json.dumps({"situation": {"facts": FACTS}})).text)
    assert found["brief"] == own["brief"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"situation": {"facts": {"a": NaN}}}', "`NaN` is no number of JSON"),
        ('{"situation": {"likely": {"a": {"b": Infinity}}}}', "is no number of JSON"),
        ('{"situation": {}, "situation": {}}', "`situation` is there twice"),
        ('{"situation": {"title": "\\ud800"}}', "UTF-8"),
        (b'{"situation": {"title": "\xff"}}', "UTF-8"),
        ("[" * 100_000, "set in deeper than"),
        ('{"a":' * 30 + "1" + "}" * 30, "set in deeper than"),
        ("", "Expecting value"),
        ("{}{}", "Extra data"),
        ("\x00", "Expecting value"),
    ],
)
def test_what_is_no_json_is_refused_with_its_fault(gate: Gate, body: str | bytes, words: str) -> None:
    answered = post(gate, "/advise", body)
    assert answered.status in {400, 422}
    (fault,) = json.loads(answered.text)["errors"]
    assert words in fault["message"]


@pytest.mark.parametrize("title", ["[" * 50, '{"' * 30, "\\" + "[{" * 20, '"' + "[" * 30])
def test_brackets_in_a_text_set_nothing_in(gate: Gate, title: str) -> None:
    answered = post(gate, "/advise", json.dumps({"situation": {"title": title}}))
    assert answered.status == 200
    assert json.loads(answered.text)["situation"]["title"] == title


@pytest.mark.parametrize(
    ("path", "said", "status", "words"),
    [
        ("/advise", {"situation": {"facts": {"us_china_friction": "lots"}}}, 422, "us_china_friction"),
        ("/advise", {"situation": {"facts": {"us_china_fricton": "high"}}}, 422, "did you mean"),
        ("/advise", {"situation": {"facts": {"us_china_friction": 1}}}, 422, "valid string"),
        ("/advise", {"situation": [], "more": 1}, 422, "more"),
        ("/explain", {"option": "no_such_option"}, 404, "no_such_option"),
        ("/explain", {"option": "four_party_talks", "why_not": "perhaps"}, 422, "why_not"),
        ("/sweep", {"over": []}, 422, "over"),
        ("/sweep", {"over": ["nothing"]}, 404, "nothing"),
        ("/trace", {"not_fired": 0}, 422, "not_fired"),
        ("/next-question", {"declined": ["nothing"]}, 422, "nothing"),
        ("/nothing", {}, 404, "openapi.json"),
        ("/advise", {"source": "C"}, 404, "no source is called `C`"),
        ("/trace", {"rules": ["no_such_rule"]}, 404, "no_such_rule"),
        ("/graph", {"option": "no_such_option"}, 404, "no_such_option"),
        ("/next-question", {"about": ["no_such_option"]}, 404, "no_such_option"),
        ("/change", {"option": "four_party_talks", "verdict": "defer", "hold": ["nothing"]}, 404, "nothing"),
        (
            "/change",
            {
                "option": "four_party_talks",
                "verdict": "consider",
                "may_change": ["us_china_friction"],
                "hold": ["US-China friction"],
            },
            422,
            "both to be held and free to change",
        ),
        ("/roadmap", {"suppose": {"us_china_friction": "unknown"}}, 422, "only a value can be supposed"),
        ("/roadmap", {"depth": 9}, 422, "depth"),
    ],
)
def test_what_cannot_be_answered_is_told_as_faults(
    gate: Gate, path: str, said: dict[str, Any], status: int, words: str
) -> None:
    answered = post(gate, path, json.dumps(said))
    assert answered.status == status
    assert json.loads(answered.text)["errors"]
    assert words in answered.text


MANY = [
    "us_election_status",
    "talks_stage",
    "kim_initiative",
    "us_china_friction",
    "wider_format_appetite",
    "working_level",
]


def test_a_sweep_that_is_too_large_is_no_missing_name(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counsel_sweep, "MOST_COMBINATIONS", 100)
    answered = post(gate, "/sweep", json.dumps({"over": MANY, "unknown": True}))
    assert answered.status == 422
    assert "combinations, and a sweep takes 100" in answered.text


def test_a_name_that_can_mean_several_is_no_missing_name(gate_of_alike: Gate) -> None:
    asked = {"/explain": {"option": "SAIL"}, "/graph": {"option": "Sail"}, "/trace": {"options": ["SAIL"]}}
    for path, said in asked.items():
        answered = post(gate_of_alike, path, json.dumps(said))
        assert answered.status == 422
        assert "can mean more than one option" in answered.text


@pytest.mark.parametrize(("name", "status"), [("nothing-so-called", 404), ("A ¶999", 404), ("SAIL", 422)])
def test_a_name_that_cannot_be_shown_is_told_with_its_place(
    gate: Gate, gate_of_alike: Gate, name: str, status: int
) -> None:
    answered = ask(gate if status == 404 else gate_of_alike, f"/api/v1/show/{quote(name)}")
    assert answered.status == status
    (fault,) = json.loads(answered.text)["errors"]
    assert fault["place"] == "path"


def test_what_it_says_of_itself_is_what_it_does(gate: Gate) -> None:
    described = json.loads(ask(gate, "/api/v1/openapi.json").text)
    answers = [way["responses"] for path in described["paths"].values() for way in path.values()]
    assert len(answers) == 12
    for each in answers:
        assert "asked for by its name" in each["404"]["description"]
        assert "cannot be answered" in each["422"]["description"]


@pytest.mark.parametrize(
    ("path", "said", "readings"),
    [
        ("/explain", {"option": "Four-party talks"}, [{"given": "Four-party talks", "taken": "four_party_talks"}]),
        ("/sweep", {"over": ["US-China friction"]}, [{"given": "US-China friction", "taken": "us_china_friction"}]),
        (
            "/advise",
            {"situation": {"facts": {"Working Level": "no"}}},
            [
                {"given": "Working Level", "taken": "working_level"},
                {"given": "no", "taken": "none", "fact": "working_level"},
            ],
        ),
        (
            "/compare",
            {"before": {"facts": {"US-China friction": "high"}}, "after": {"considering": ["Four-party talks"]}},
            [
                {"given": "US-China friction", "taken": "us_china_friction"},
                {"given": "Four-party talks", "taken": "four_party_talks"},
            ],
        ),
        (
            "/roadmap",
            {"suppose": {"US-China friction": "low"}, "depth": 1},
            [{"given": "US-China friction", "taken": "us_china_friction"}],
        ),
        ("/explain", {"option": "four_party_talks"}, None),
    ],
)
def test_words_that_are_read_loosely_are_told_in_the_answer_and_nowhere_else(
    gate: Gate, capfd: pytest.CaptureFixture[str], path: str, said: dict[str, Any], readings: object
) -> None:
    answered = post(gate, path, json.dumps(said))
    assert answered.status == 200
    assert json.loads(answered.text).get("read_as") == readings
    assert capfd.readouterr() == ("", "")


def test_a_name_in_the_path_is_told_as_well(gate: Gate) -> None:
    found = json.loads(ask(gate, f"/api/v1/show/{quote('US-China friction')}").text)
    assert found["read_as"] == [{"given": "US-China friction", "taken": "us_china_friction"}]


def test_it_describes_itself_without_a_page_from_elsewhere(gate: Gate) -> None:
    found = json.loads(ask(gate, "/api/v1/openapi.json").text)
    assert len(found["paths"]) == 12
    for path in ("/docs", "/redoc", "/api/v1/docs", "/api/v1/redoc"):
        assert ask(gate, path).status == 404
