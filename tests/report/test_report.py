"""The reports: what somebody reads, on any terminal, and what no file can make it do."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from rich.cells import cell_len

import plenipo
from plenipo.advice.by_source import by_source
from plenipo.advice.conclude import Advice
from plenipo.advice.explain import explain
from plenipo.advice.trace import trace
from plenipo.counsel.plan import plan
from plenipo.report import print_answer
from plenipo.report.untrusted_text import clean, encodable, escape_markdown
from plenipo.rulebook.locations import situations
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, advised, few, shown
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES, STORM

GOLDEN = Path(__file__).parents[1] / "golden"
#: Set to write the golden files anew; review the difference.
UPDATE = "PLENIPO_UPDATE_GOLDEN" in os.environ
Book = Callable[..., Rulebook]
SITUATION = Situation(
    STORM,
    name="storm",
    title="A storm over the harbour",
    as_of="1851-11-14",
    considering=("sail", "sing"),
    notes={"wind": "The church has lost its roof."},
)
EVIL = (
    "\x1b[31mred\x1b[0m [bold]x[/bold] \u202eevil\x07\x9b2J <script>alert(1)</script> [a](http://x) `code` *b*\n# head"
)
#: What no text from a file may bring onto a terminal.
COMMANDING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def harbour(book: Book) -> Rulebook:
    return book(RULES, options=OPTIONS, findings=FINDINGS)


def answers(rulebook: Rulebook, situation: Situation = SITUATION) -> dict[str, object]:
    advice = advise(rulebook, situation)
    return {
        "advice": plan(advice),
        "explanation": explain(advice, "sail"),
        "why-not": explain(advice, "sail", Verdict.RECOMMEND),
        "trace": trace(advice),
        "by-source": by_source(rulebook, situation, advise),
    }


def hold_to(golden: str, text: str) -> None:
    path = GOLDEN / golden
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["advice", "explanation", "why-not", "trace", "by-source"])
@pytest.mark.parametrize("width", [80, 120])
def test_text_is_laid_out_as_ever(harbour: Rulebook, name: str, width: int) -> None:
    hold_to(f"{name}-{width}.txt", shown(answers(harbour)[name], width=width))


@pytest.mark.parametrize("name", ["advice", "explanation", "trace", "by-source"])
def test_markdown_is_laid_out_as_ever(harbour: Rulebook, name: str) -> None:
    hold_to(f"{name}.md", shown(answers(harbour)[name], "md"))


def test_the_sections_come_in_the_order_in_which_one_acts(harbour: Rulebook) -> None:
    text = shown(answers(harbour)["advice"])
    assert text.index("\nUnder discussion") < text.index("\nsea") < text.index("\nland")
    for subject, headings in {
        "sea": ["Do first", "Not yet", "Avoid"],
        "land": ["Do now", "Consider", "Avoid", "Already done", "The sources give no advice here"],
    }.items():
        part = text.split(f"\n{subject} ")[1].split("\n\n")[0]
        places = [part.index(f"\n {heading}\n") for heading in headings]
        assert places == sorted(places)


def test_a_situation_of_which_nothing_is_known_reads_well(harbour: Rulebook) -> None:
    text = shown(plan(advise(harbour, {})))
    assert text.startswith(
        "A situation without a name\nnone of 4 facts known, so this is only the advice that needs none"
    )


def test_a_remark_stands_in_the_header(harbour: Rulebook) -> None:
    assert "source A alone" in shown(answers(harbour)["advice"], remark="source A alone").splitlines()[1]


def test_cited_paragraphs_are_shown_where_the_reader_has_them(harbour: Rulebook) -> None:
    explanation = answers(harbour)["explanation"]
    paragraphs = {("A", number): f"Paragraph {number} as printed." for number in range(9)}
    for format in ("text", "md", "json"):
        assert re.search(r"Paragraph \d as printed", shown(explanation, format, texts=paragraphs))
        assert "as printed" not in shown(explanation, format)


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_page(harbour: Rulebook, width: int) -> None:
    long = replace(SITUATION, title="x" * 300 + " 漢字" * 60, notes={"wind": "y" * 200})
    for answer in answers(harbour, long).values():
        lines = shown(answer, width=width, full=True).splitlines()
        assert max(map(cell_len, lines)) <= width


def test_nothing_a_file_says_commands_a_terminal(harbour: Rulebook) -> None:
    evil = Situation(STORM, name=EVIL, title=EVIL, as_of=EVIL, considering=("sail",), notes={"wind": EVIL})
    for answer in answers(harbour, evil).values():
        for format in ("text", "md", "json"):
            assert not COMMANDING.search(shown(answer, format, full=True))


def test_nothing_a_rulebook_says_commands_a_terminal(harbour: Rulebook) -> None:
    evil = Rulebook(
        {id: replace(fact, ask=EVIL, values=dict.fromkeys(fact.values, EVIL)) for id, fact in harbour.facts.items()},
        {id: replace(option, title=EVIL) for id, option in harbour.options.items()},
        {id: replace(finding, says=EVIL) for id, finding in harbour.findings.items()},
        {id: replace(rule, because=EVIL) for id, rule in harbour.rules.items()},
        harbour.sources,
    )
    for answer in answers(evil).values():
        for format in ("text", "md", "json"):
            assert not COMMANDING.search(shown(answer, format, full=True))


def test_markup_of_a_file_is_shown_and_not_obeyed(harbour: Rulebook) -> None:
    plain = shown(plan(advise(harbour, replace(SITUATION, title="[bold red]A[/] :smile: [link=x]y"))))
    assert plain.startswith("[bold red]A[/] :smile: [link=x]y\n")
    marked = shown(plan(advise(harbour, replace(SITUATION, title="<b>*x*</b> [a](b)"))), "md")
    assert marked.startswith("# \\<b\\>\\*x\\*\\</b\\> \\[a\\](b)\n")


def test_colours_are_for_terminals_that_want_them(harbour: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = answers(harbour)["advice"]
    assert "\x1b[" not in printed(answer)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = printed(answer)
    assert re.search(r"\x1b\[[0-9;]*3[0-9]", coloured)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(answer)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", printed(answer))


def test_what_is_returned_is_coloured_only_where_that_is_asked_for(
    harbour: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = answers(harbour)["advice"]
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" not in shown(answer)
    assert re.search(r"\x1b\[[0-9;]*3[0-9]", shown(answer, color=True))


def printed(answer: object) -> str:
    stream = io.StringIO()
    print_answer(answer, stream=stream, width=80)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "koi8-r"])
@pytest.mark.parametrize("format", ["text", "md", "json"])
def test_a_stream_of_any_encoding_is_written_to(harbour: Rulebook, encoding: str, format: str) -> None:
    for answer in answers(harbour, replace(SITUATION, title="평화 “peace” ✓")).values():
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding=encoding)
        print_answer(answer, format, stream=stream, width=80, full=True)
        stream.flush()
        assert "peace" in raw.getvalue().decode(encoding)


def test_json_answers_with_everything(harbour: Rulebook) -> None:
    document = json.loads(shown(answers(harbour)["advice"], "json"))
    assert (document["schema_version"], document["kind"]) == (2, "advice")
    assert {id: said["verdict"] for id, said in document["options"].items()} == {
        id: said.verdict.value for id, said in advise(harbour, SITUATION).options.items()
    }
    assert document["rulebook"]["digest"] == harbour.digest
    assert document["situation"]["facts"] == {**STORM, "tide": False}
    assert document["situation"]["unknown"] == ["moon"]
    assert [entry["option"] for entry in document["plan"]["considering"]] == ["sail", "sing"]
    (waits,) = document["plan"]["considering"][0]["waits_for"]
    assert waits == {"facts": {"wind": {"values": ["calm", "breeze"], "now": "storm"}}}
    assert {"rule", "met", "drew", "overridden_by"} == set(document["trace"][0])
    assert document["cautions"][0]["rule"] == "mind-the-reef"
    assert document["options"]["sail"]["outranked"] == ["sail-anyway"]
    assert document["options"]["rest"]["overridden"] == ["rest-now"]


def test_json_gives_the_strongest_reason_first_and_every_other_beside_it(book: Book) -> None:
    rules = """\
- {id: weak, then: {avoid: sail}, because: It may rain., cite: [A01], basis: inferred, strength: might}
- {id: strong, then: {avoid: sail}, because: No boat., cite: [B02, A03], basis: stated, strength: must}
"""
    options = json.loads(shown(plan(advise(book(rules), STORM)), "json"))["options"]
    said = options["sail"]
    assert said["reasons"] == [
        {"rule": "strong", "because": "No boat.", "cite": ["B02", "A03"], "basis": "stated", "strength": "must"},
        {"rule": "weak", "because": "It may rain.", "cite": ["A01"], "basis": "inferred", "strength": "might"},
    ]
    assert {key: said[key] for key in ("because", "cite", "basis", "strength")} == {
        key: said["reasons"][0][key] for key in ("because", "cite", "basis", "strength")
    }
    assert (options["paint"]["cite"], options["paint"]["reasons"]) == ([], [])


def test_json_keeps_to_one_line_where_several_documents_follow_one_another(harbour: Rulebook) -> None:
    for answer in answers(harbour).values():
        assert shown(answer, "json", one_line=True).count("\n") == 1


def test_json_explains_each_rule_once_with_what_it_refers_to(harbour: Rulebook) -> None:
    document = json.loads(shown(answers(harbour)["explanation"], "json"))
    assert document["deciding"] == ["wait-out-the-storm"]
    assert document["rules"]["wait-out-the-storm"]["when"]["all"][0]["finding"] == "rough"
    assert document["findings"]["rough"]["found_by"] == ["storm-is-rough"]
    assert document["facts"]["wind"]["note"] == "The church has lost its roof."


@pytest.mark.parametrize("width", [80, 120])
def test_the_situations_that_come_with_it_fit_the_page_and_say_what_to_do(width: int) -> None:
    rulebook = plenipo.load_rulebook()
    assert situations()
    for name in situations():
        made = plenipo.plan(plenipo.advise(plenipo.load_situation(name, rulebook=rulebook), rulebook=rulebook))
        text = shown(made, width=width)
        assert all(cell_len(line) <= width and line == line.rstrip() for line in text.splitlines())
        for entry in (*made.first, *made.now, *made.then):
            assert entry.option.id in text
            assert entry.reason is not None
            assert entry.reason.because
            assert entry.reason.cite


@few
@hypothesis.given(advised())
def test_any_answer_can_be_written_in_any_format(advice: Advice) -> None:
    everything: list[object] = [plan(advice), by_source(advice.rulebook, advice.situation, advise)]
    everything += [explain(advice, id) for id in advice.rulebook.options]
    for answer in everything:
        for format in ("text", "md", "json"):
            assert shown(answer, format, full=True).endswith("\n")


@hypothesis.given(st.text())
def test_clean_text_stays_on_its_line_and_is_cleaned_once(text: str) -> None:
    cleaned = clean(text)
    assert not COMMANDING.search(cleaned)
    assert "\n" not in cleaned
    assert clean(cleaned) == cleaned
    assert encodable(cleaned, "ascii").isascii()


def test_escaped_markdown_reads_as_it_was_written() -> None:
    assert escape_markdown("*a* _b_ `c` [d](e) <f> | g ~h~ \\i") == r"\*a\* \_b\_ \`c\` \[d\](e) \<f\> \| g \~h\~ \\i"
    assert [escape_markdown(text) for text in ("# a", "- a", "1. a", "2020-08")] == [
        r"\# a",
        r"\- a",
        r"1\. a",
        r"2020\-08",
    ]
