"""The API: answers as the command line writes them, and JSON that is read as it was meant or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

import plenipo
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
    ],
)
def test_what_cannot_be_answered_is_told_as_faults(
    gate: Gate, path: str, said: dict[str, Any], status: int, words: str
) -> None:
    answered = post(gate, path, json.dumps(said))
    assert answered.status == status
    assert json.loads(answered.text)["errors"]
    assert words in answered.text


def test_it_describes_itself_without_a_page_from_elsewhere(gate: Gate) -> None:
    found = json.loads(ask(gate, "/api/v1/openapi.json").text)
    assert len(found["paths"]) == 12
    for path in ("/docs", "/redoc", "/api/v1/docs", "/api/v1/redoc"):
        assert ask(gate, path).status == 404
