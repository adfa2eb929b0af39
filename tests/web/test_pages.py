"""The views of the page: what is shown, what is kept, and what is said where something cannot be shown."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

import plenipo
from plenipo.rulebook import locations
from plenipo.rulebook.model import Constraint, Fact, Rulebook
from plenipo.web.gate import Gate, Key, hosts
from plenipo.web.server import app
from tests.made_up.hostile import HOSTILE, hostile_rulebook
from tests.made_up.short import condition, rule, rulebook
from tests.web.requests import ask, post, said

#: The views, but for the report, which is held to the same elsewhere and takes its time.
ON_SCREEN = ["/", "/advice", "/roadmap", "/picture", "/compare", "/open", "/save", "/option/four_party_talks"]
VIEWS = [*ON_SCREEN, "/report"]
SITUATION = "us_china_friction=high&dprk_willing_to_talk=no&wider_format_appetite=unknown"
FILE = """\
title: Mine
facts: {us_china_friction: high}
likely: {wider_format_appetite: {real: 0.3, little: 0.7}}
notes: {us_china_friction: "so I hear"}
"""


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", ["", SITUATION])
def test_every_view_is_there_by_link_and_by_form(gate: Gate, view: str, query: str) -> None:
    assert ask(gate, f"{view}?{query}").status == 200
    answered = post(gate, f"{view}?{query}", _carried=FILE)
    assert answered.status == 200
    if view not in {"/save", "/report"}:
        assert "travel with the page" in said(answered)
        assert answered.text.count("so I hear") >= 1
        assert f'data-address="{view}' in answered.text


@pytest.mark.parametrize("view", ["/advice", "/picture"])
def test_every_option_of_a_view_opens_to_its_justification(gate: Gate, bundled: Rulebook, view: str) -> None:
    linked = set(re.findall(r'<a href="/option/(\w+)\?', ask(gate, f"{view}?{SITUATION}").text))
    assert linked == set(bundled.options)
    carried = post(gate, f"{view}?{SITUATION}", _carried=FILE).text
    assert set(re.findall(r'formaction="/option/(\w+)\?', carried)) == set(bundled.options)


@pytest.mark.parametrize("view", ["/", "/save", "/open", "/style.css"])
def test_head_says_what_get_would(gate: Gate, view: str) -> None:
    head, get = ask(gate, view, "HEAD"), ask(gate, view)
    assert (head.status, head.headers["content-type"]) == (get.status, get.headers["content-type"])
    ranged = ask(gate, view, headers={"range": "bytes=0-9,20-29"})
    assert (ranged.status, ranged.text) == (200, get.text)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("/nothing", "There is no page `/nothing` here"),
        ("/../../etc/passwd", "There is no page"),
        ("/%2e%2e/%2e%2e/etc/passwd", "There is no page"),
        ("/static/page.js", "There is no page"),
        ("/page.js/", "There is no page"),
        ("/%00", "There is no page"),
        ("/option/four_party_talk", "did you mean `four_party_talks`?"),
        ("/option/%00", "no option is called"),
        ("/option/..%2f..%2fetc%2fpasswd", "There is no page"),
        ("/option/four_party_talks?_why_not=perhaps", "perhaps"),
        ("/compare?_with=/etc/passwd", "no situation of this rulebook is called `/etc/passwd`"),
        ("/compare?_with=-", "no situation of this rulebook is called `-`"),
        ("/compare?_with=../facts/late-summer-2020", "no situation of this rulebook"),
    ],
)
def test_what_is_not_there_is_told_in_words(gate: Gate, view: str, words: str) -> None:
    answered = ask(gate, view)
    assert answered.status == 404
    assert words in said(answered)
    assert "Start from nothing" in answered.text


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("us_china_friction=lots", "us_china_friction=lots"),
        ("us_china_fricton=high", "us_china_fricton"),
        ("_considering=no_such_option", "_considering=no_such_option"),
        ("_ask=no_such_fact", "_ask=no_such_fact"),
        ("_from=/etc/passwd", "_from=/etc/passwd"),
        ("_other=1", "_other"),
        ("%00=%00", r"\x00"),
    ],
)
def test_words_that_mean_nothing_are_left_out_and_told(gate: Gate, query: str, word: str) -> None:
    for view in ("/", "/compare", "/open"):
        answered = ask(gate, f"{view}?dprk_willing_to_talk=no&{query}")
        assert answered.status == 200
        assert f"does not know it: {word} ." in said(answered)


def test_what_says_nothing_is_not_told(gate: Gate) -> None:
    answered = ask(gate, "/?us_china_friction=&_title=&_as_of=&_ask=&_last=&_was=&_considering=")
    assert "does not know it" not in said(answered)


@pytest.mark.parametrize("query", ["&".join(f"f{n}=1" for n in range(3000)), "&" * 9000, "_last=a,b&_was=,,,,&_ask=,"])
def test_odd_addresses_are_answered(gate: Gate, query: str) -> None:
    answered = ask(gate, f"/?{query}")
    assert answered.status in {200, 400, 414}
    assert answered.text


def test_a_hundred_thousand_fields_are_refused_in_words(gate: Gate) -> None:
    answered = ask(gate, "/open", "POST", body=b"&".join(b"f%d=" % n for n in range(100_000)))
    assert answered.status == 400
    assert "It says more than any situation could" in said(answered)


@pytest.mark.parametrize("base", ["/etc/passwd", "../late-summer-2020.yaml", "-", "/dev/stdin"])
def test_a_text_that_is_opened_reads_no_file(gate: Gate, base: str) -> None:
    for view in ("/open", "/compare"):
        answered = post(gate, view, _text=f'based_on: "{base}"\nfacts: {{}}\n')
        assert answered.status == 422
        assert "there is no situation" in said(answered)
        assert "root:" not in answered.text


def test_notes_and_likelihoods_are_saved_with_what_was_answered(gate: Gate) -> None:
    opened = post(gate, "/open", _text=FILE)
    assert opened.status == 200
    answered = post(gate, "/save?us_china_friction=high&dprk_willing_to_talk=no&_title=Mine", _carried=FILE)
    assert '"so I hear"' in answered.text
    assert "wider_format_appetite: {" in answered.text
    assert "dprk_willing_to_talk: false" in answered.text
    known = post(gate, "/save?us_china_friction=low&wider_format_appetite=little", _carried=FILE)
    assert "so I hear" not in known.text
    assert "likely" not in known.text


def test_a_bundled_situation_is_opened_with_all_that_it_says(gate: Gate) -> None:
    listed = ask(gate, "/open").text
    address = unescape(re.findall(r'href="([^"]*_from=hypothetical-likely-worlds)"', listed)[0])
    saved = ask(gate, address.replace("/?", "/save?")).text
    for words in ("notes:", "likely:", "title:"):
        assert words in saved
    assert "readers:" not in saved


def test_a_way_to_another_verdict_says_what_was_before(gate: Gate) -> None:
    address = unescape(re.findall(r'href="([^"]*_from=november-2020-transition)"', ask(gate, "/open").text)[0])
    written = ask(gate, address.replace("/?", "/option/four_party_talks?")).text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', written))
    fields |= dict(re.findall(r'<select name="([^"]*)"><option value="([^"]*)"', written))
    answered = ask(gate, f"/?{urlencode({name: unescape(value) for name, value in fields.items()})}")
    assert "Changed: US-China friction:" in said(answered)


def test_an_impossible_situation_says_which_answer_to_leave_out(gate: Gate, bundled: Rulebook) -> None:
    never = bundled.constraints[0].never
    facts = {atom.name: next(iter(atom.values)) for atom in never.every_atom()}
    query = urlencode(facts)
    for view in ("/", "/advice", "/option/four_party_talks", "/save"):
        answered = ask(gate, f"{view}?{query}")
        assert answered.status == 409
        assert "exclude one another" in said(answered)
    ways = [unescape(way) for way in re.findall(r'<li><a href="(/\?[^"]*)">', answered.text.partition("Leave one")[2])]
    assert len(ways) == len(facts)
    assert all(ask(gate, way).status == 200 for way in ways)


@pytest.mark.parametrize("evil", HOSTILE)
def test_texts_of_a_rulebook_are_text_in_every_view(bundled: Rulebook, evil: str) -> None:
    gate = app(hostile_rulebook(bundled, evil), hosts("127.0.0.1", 8765), Key())
    for view in ON_SCREEN:
        written = post(gate, f"{view}?{SITUATION}&{urlencode({'_title': evil}, errors='replace')}", _carried=FILE)
        assert written.status in {200, 409}
        if view != "/save":
            for harm in ("<script>alert", "<svg onload", "<iframe", "</script><script>", "<a href=javascript"):
                assert harm not in written.text
            assert re.search("[\x00-\x08\x0e-\x1f\x7f\u202e\u2028]", written.text) is None


@pytest.mark.parametrize("path", ["/", "/advice", "/api/v1/advise"])
def test_a_fault_of_ours_is_told_in_words(
    gate: Gate, path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a\nsecret")

    for name in ("brief", "plan"):
        monkeypatch.setattr(plenipo, name, broken)
    api = path.startswith("/api")
    headers = {"content-type": "application/json"} if api else {}
    answered = ask(gate, path, "POST" if api else "GET", headers=headers, body=b"{}" if api else b"")
    assert answered.status == 500
    assert "fault of plenipo" in answered.text
    assert "secret" not in answered.text
    assert "Traceback" not in answered.text
    told = capsys.readouterr().err
    assert f"plenipo: internal error at {path}: RuntimeError: a secret" in told
    assert "Traceback" not in told


def test_a_rulebook_that_was_edited_meanwhile_is_told(tmp_path: Path) -> None:
    for part in ("rules", "seeds", "facts"):
        shutil.copytree(locations.home() / part, tmp_path / part)
    gate = app(plenipo.load_rulebook(tmp_path), hosts("127.0.0.1", 8765), Key(), str(tmp_path))
    assert "have changed since" not in ask(gate).text
    (tmp_path / "rules" / "new.yaml").write_text("rules: {}\n", encoding="utf-8")
    for view in ("/", "/open"):
        assert "have changed since" in ask(gate, view).text
    (tmp_path / "rules" / "new.yaml").unlink()
    assert "have changed since" not in ask(gate).text


def test_a_situation_at_fault_is_named_and_the_others_can_be_opened(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for part in ("rules", "seeds"):
        shutil.copytree(locations.home() / part, tmp_path / part)
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "good.yaml").write_text("title: Good one\nfacts: {us_china_friction: high}\n")
    (tmp_path / "facts" / "bad.yaml").write_text("facts: {us_china_friction: lots}\n")
    (tmp_path / "facts" / "loose.yaml").write_text("title: Loose\nbased_on: GOOD\nfacts: {Working-Level: none}\n")
    gate = app(plenipo.load_rulebook(tmp_path), hosts("127.0.0.1", 8765), Key(), str(tmp_path))
    listed = said(ask(gate, "/open"))
    assert "Good one" in listed
    assert "bad: it cannot be used;" in listed
    # how a situation of the rulebook is written is no word of whoever looks first
    assert "Loose" in listed
    assert "Not written as" not in listed
    assert capfd.readouterr() == ("", "")
    assert "November 2020" not in listed
    assert "what the essays take as given" not in listed
    assert ask(gate, "/compare?_with=good").status == 200
    assert ask(gate, "/compare?_with=bad").status == 404


def test_a_title_is_one_line_of_letters_that_can_be_seen(gate: Gate) -> None:
    title = "two\nlines \x1b[31m \u202e" + "x" * 400
    answered = ask(gate, "/save?" + urlencode({"_title": title}))
    assert answered.text.startswith('title: "two lines \\\\x1b[31m')
    assert post(gate, "/open", _text=answered.text).status == 303


@pytest.mark.parametrize("as_of", ["spring", "a\x00b", "2020-13", "</script>"])
def test_a_time_that_is_none_is_told_and_can_be_left_out(gate: Gate, as_of: str) -> None:
    answered = ask(gate, f"/?{SITUATION}&{urlencode({'_as_of': as_of})}")
    assert answered.status == 409
    assert "which is not a date, a month or a year" in said(answered)
    (way,) = re.findall(r'<li><a href="([^"]*)">', answered.text.partition("Leave one of these out")[2])
    assert ask(gate, unescape(way)).status == 200


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("_as_of=spring", ["The time it describes: spring"]),
        ("wind=storm&sail=up", ["sail: up", "wind: storm"]),
        ("wind=storm&sail=up&_as_of=spring", ["sail: up", "wind: storm", "The time it describes: spring"]),
        ("reef=in&mast=down", ["mast: down", "reef: in"]),
    ],
)
def test_what_can_be_left_out_is_what_is_wrong_whatever_words_are_told(query: str, ways: list[str]) -> None:
    words = {"date": "set", "month": "set", "year": "set", "empty": "set", "values": "set", "constraints": "set"}
    book = rulebook(rule("a", "recommend go", when=dict.fromkeys(words, "set"), unless={"flag": ("red", "blue")}))
    parts = {"wind": ("calm", "storm"), "sail": ("down", "up"), "reef": ("in", "out"), "mast": ("down", "up")}
    facts = {id: Fact(id, "", f"{id}?", {value: value for value in values}) for id, values in parts.items()}
    never = [
        {"wind": "storm", "sail": "up"},
        {"reef": "in", "flag": "red"},
        {"mast": "down", "flag": "blue"},
    ]
    constraints = tuple(
        Constraint(f"c{number}", condition(each), f"the date, the month and {' and '.join(words)} say so")
        for number, each in enumerate(never)
    )
    gate = app(replace(book, facts={**book.facts, **facts}, constraints=constraints), hosts("127.0.0.1", 8765), Key())
    others = urlencode(words)
    answered = ask(gate, f"/?{query}&{others}")
    assert answered.status == 409
    found = re.findall(r'<li><a href="([^"]*)">([^<]*)</a>', answered.text.partition("Leave one of these out")[2])
    assert sorted(name for _, name in found) == sorted(ways)
    if "&_as_of" not in query:
        assert {ask(gate, unescape(address)).status for address, _ in found} == {200}


def test_a_page_that_is_not_there_offers_no_fact_to_leave_out(gate: Gate) -> None:
    answered = ask(gate, f"/option/us_china_friction?{SITUATION}")
    assert answered.status == 404
    assert "Leave one of these out" not in answered.text


def test_a_name_that_can_mean_several_is_told_as_a_question_not_as_missing(gate_of_alike: Gate) -> None:
    answered = ask(gate_of_alike, "/option/SAIL")
    assert answered.status == 422
    assert "This cannot be answered" in said(answered)
    assert "`SAIL` can mean more than one option" in said(answered)


OFFER = "us_election_status=settled&talks_status=paused&us_china_friction=high"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            f"{OFFER}&offer_status=public&_last=offer_status",
            "Make a joint US-South Korean public offer: recommend → done.",
        ),
        (
            f"{OFFER}&us_rok_alignment=divided&_last=us_rok_alignment",
            "Make a joint US-South Korean public offer: recommend → defer.",
        ),
        (f"{OFFER}&offer_status=public&_last=offer_status", "recommend → done. The first steps stay as they were."),
        (f"{OFFER}&offer_status=accepted&_last=offer_status", "New first: Hold serious working-level talks."),
        (f"{OFFER}&aid_diversion_concern=unknown&_last=aid_diversion_concern", "The brief stays as it was."),
    ],
)
def test_the_notice_names_the_verdicts_that_the_last_answer_changed(gate: Gate, query: str, told: str) -> None:
    (notice,) = re.findall(r'(?s)<p class="changed">(.*?)</p>', ask(gate, f"/?{query}").text)
    assert told in unescape(notice)


def test_the_notice_says_where_the_brief_only_names_others(gate: Gate) -> None:
    address = unescape(re.findall(r'href="([^"]*_from=biden-first-spring-2021)"', ask(gate, "/open").text)[0])
    answered = said(ask(gate, f"{address}&china_backing=none&_last=china_backing"))
    assert "No verdict changes; the brief only names others under Not yet." in answered
    assert "No longer named" not in answered
