"""HTML: a page that needs nothing and does nothing, whatever a file says."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import strategies as st

import plenipo
from plenipo.advice.by_source import by_source
from plenipo.advice.conclude import Advice
from plenipo.advice.explain import explain
from plenipo.advice.trace import trace
from plenipo.counsel.brief import brief
from plenipo.counsel.plan import plan
from plenipo.report import html, print_answer
from plenipo.report.document import Document, Line, Section, Sign, Span, Tone, anchor
from plenipo.report.untrusted_text import clean
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, advised, few, shown
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES, STORM
from tests.made_up.hostile import HOSTILE, hostile_rulebook
from tests.report.web_page import WebPage, checked

FACTS = {"us_china_friction": "high"}
#: What no text from a file may bring into a page.
COMMANDING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def written(*lines: Line, **section: object) -> str:
    return html.page(Document("Title", sections=(Section("Part", lines, **section),)))  # type: ignore[arg-type]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text))


def test_a_page_forbids_all_but_its_own_style() -> None:
    seen = checked(plenipo.render(plenipo.advise(FACTS), "html"))
    (policy,) = (each["content"] for name, each in seen.elements if each.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(seen.style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;")
    assert seen.style.isascii()
    assert not re.search(r"url\(|@import|expression|<", seen.style)


def test_a_page_can_be_read_aloud_and_by_keyboard() -> None:
    seen = checked(plenipo.render(plenipo.advise(FACTS), "html"))
    names = [name for name, _ in seen.elements]
    assert [each for name, each in seen.elements if name == "html"] == [{"lang": "en"}]
    assert next(each for name, each in seen.elements if name == "a") == {"class": "skip", "href": "#content"}
    assert (names.count("main"), names.count("h1"), names.count("title")) == (1, 1, 1)
    assert seen.headings[0] == 1


@pytest.mark.parametrize("evil", HOSTILE)
def test_whatever_a_file_says_is_shown_and_not_obeyed(book: Callable[..., Rulebook], evil: str) -> None:
    rulebook = hostile_rulebook(book(RULES, options=OPTIONS, findings=FINDINGS), evil)
    situation = Situation(STORM, evil, evil, evil, considering=("sail", "sing"), notes={"wind": evil})
    advice = advise(rulebook, situation)
    answers = (plan(advice), brief(advice), explain(advice, "sail"), trace(advice))
    for answer in (*answers, by_source(rulebook, situation, advise)):
        page = shown(answer, "html", full=True, remark=evil, asked=(evil,))
        seen = checked(page)
        assert not COMMANDING.search(page)
        assert " ".join(clean(evil).split()) in seen.said


def test_a_text_of_a_million_letters_is_harmless() -> None:
    page = html.page(Document("<" * 1_000_000))
    assert "&lt;" * 1_000_000 in page
    assert checked(page).headings == [1]


@few
@hypothesis.given(advised(), st.lists(st.text(max_size=30), min_size=3, max_size=3))
def test_a_page_says_what_the_markdown_says(made_up: Advice, texts: list[str]) -> None:
    title, note, as_of = texts
    situation = replace(made_up.situation, title=title, as_of=as_of, notes=dict.fromkeys(made_up.situation.facts, note))
    advice = advise(made_up.rulebook, situation)
    explained = explain(advice, next(iter(advice.options)))
    for answer in (plan(advice), brief(advice), explained, trace(advice)):
        page, marked = shown(answer, "html", full=True), shown(answer, "md", full=True)
        said = checked(page).said
        assert words_of(marked.replace("\\", "")) <= words_of(said.replace("\\", ""))


def test_lines_become_lists_within_lists_and_numbers_stay() -> None:
    page = written(Line("one", number=1), Line("below", 1), Line("four", number=4), Line("plain"), Line("deep", 40))
    assert re.sub(r"\s+", " ", page[page.index("<ol>") :]).startswith(
        '<ol> <li value="1">one <ul> <li>below</li> </ul> </li> <li value="4">four</li> </ol> '
        "<ul> <li>plain <ul> <li>deep</li> </ul> </li> </ul>"
    )


def test_lines_set_in_without_end_are_written_all_the_same() -> None:
    seen = checked(written(*(Line(f"line {depth}", depth) for depth in range(5_000))))
    assert "line 4999" in seen.said
    assert [name for name, _ in seen.elements].count("li") == 5_000


def test_rows_become_a_table_with_its_headers() -> None:
    page = written(Line("x", cells=("An option", Span("avoid", Verdict.AVOID))), columns=("Option", "A <b>"))
    assert '<th scope="col">A &lt;b&gt;</th>' in page
    assert '<th scope="row">An option</th><td><strong class="verdict avoid">avoid</strong></td>' in page
    checked(page)


def test_no_colour_and_no_symbol_is_alone() -> None:
    page = written(
        Line("a", sign=Sign.YES),
        Line("b", sign=Sign.UNKNOWN),
        Line("c", sign=Sign.CAUTION),
        Line("d", verdict=Verdict.AVOID),
        Line("defer it", verdict=Verdict.DEFER),
        Line(Span("quoted", Tone.QUOTATION), sign=Sign.QUOTE),
    )
    said = WebPage(page).said
    assert "holds: a" in said
    assert "not known: b" in said
    assert "Caution: c" in said
    assert "avoid d" in said
    assert "<blockquote>" in page
    assert said.count("defer") == 1


def test_what_has_a_place_is_linked_to_from_wherever_it_is_named() -> None:
    place = anchor("proposition", "A01")
    page = written(
        Line("Said so.", cite="[A01 ¶1, B09 ¶2]"),
        Line((Span("A01", Tone.NAME), ": So it is."), anchor=place),
        Line("again", anchor=place, aside="A01"),
    )
    seen = checked(page)
    assert seen.every("id").count(place) == 1
    assert seen.every("href").count(f"#{place}") == 2, "no place is linked to itself"
    assert "[A01 ¶1, B09 ¶2]" in seen.said


def test_options_rules_facts_findings_and_propositions_have_places_that_stay() -> None:
    advice = plenipo.advise("late-summer-2020")
    long, explained = (
        checked(plenipo.render(answer, "html", full=True)).every("id")
        for answer in (plenipo.plan(advice), plenipo.explain(advice, "four_party_talks"))
    )
    assert {f"option-{id}" for id in advice.options} <= set(long)
    assert {f"rule-{firing.rule.id}" for firing in advice.trace} <= set(long)
    assert {f"finding-{id}" for id in advice.findings} <= set(long)
    assert {"rule-rivalry-defers-four-party", "fact-us_china_friction", "proposition-A42"} <= set(explained)


def test_a_stream_of_another_encoding_gets_plain_letters() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1")
    print_answer(plenipo.advise({}, rulebook=plenipo.load_rulebook()), "html", stream=stream)
    stream.flush()
    assert raw.getvalue().isascii()
    assert checked(raw.getvalue().decode()).said == checked(plenipo.render(plenipo.advise({}), "html")).said


def test_an_article_goes_into_a_page_of_somebody_else() -> None:
    document = Document("Title", sections=(Section("Part", (Line("said"),)),))
    inside = str(html.article(document, level=2))
    assert inside.startswith('<article class="answer">')
    assert WebPage(inside).headings == [2, 3]


def test_templates_are_brought_only_where_html_is_asked_for() -> None:
    program = "import sys, plenipo; plenipo.render(plenipo.advise({}), 'md'); print('jinja2' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_a_line_that_opens_something_has_no_links_in_it_and_what_it_opens_has_the_place() -> None:
    place = anchor("option", "sail")
    page = written(
        Line((Span("Set sail", about=anchor("option", "sail")), " [A01]"), folded=True, anchor=place, aside="A01"),
        Line("because", 1, aside="sail"),
        Line("nothing below", folded=True),
        Line("A01", anchor=anchor("proposition", "A01")),
    )
    checked(page)
    summary, below = page.split("<summary>")[1].split("</summary>")
    assert "<a " not in summary
    assert below.split(">")[0].endswith(f'id="{place}"')
    assert page.count("<details>") == 1
