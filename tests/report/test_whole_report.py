"""The report: the brief first, and behind it everything, in a file that can be shared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.counsel.report import Report
from plenipo.counsel.report import report as report_on
from plenipo.errors import UsageError
from plenipo.report import html, pdf
from plenipo.report.document import Document, Section
from plenipo.report.markdown import markdown
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.version import VERSION
from tests.answers import advise, advised, few, shown
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES, STORM
from tests.made_up.hostile import HOSTILE, hostile_rulebook
from tests.report.web_page import checked

NAMES = ("late-summer-2020", "november-2020-transition", "autumn-2017-fire-and-fury")


@pytest.fixture(scope="module")
def one() -> Report:
    return plenipo.report(NAMES[0])


@pytest.fixture(scope="module")
def several() -> Report:
    return plenipo.report(NAMES)


@pytest.fixture(scope="module")
def page(one: Report) -> str:
    return plenipo.render(one, "html", asked=(NAMES[0],))


def part(marked: str, heading: str) -> str:
    """Return what Markdown has under a heading of the second level."""
    return re.split(r"\n## ", marked.split(f"\n## {heading}", 1)[1])[0]


def test_the_brief_comes_first_and_what_it_rests_on_behind_it(page: str) -> None:
    headings = re.findall(r"<h2[^>]*>(.*?)(?: <span|</h2>)", page)
    assert headings == [
        "In one minute",
        "The roadmap: now",
        "The situation as given",
        "How the sources read the situation",
        "The reasoning as a picture",
        "The options",
        "What the sources are silent on",
        "What it rests on",
        "The propositions cited",
        "How this was made",
    ]


def test_a_report_is_a_small_page_that_needs_nothing(page: str) -> None:
    checked(page)
    assert len(page.encode()) < 1_000_000


def test_everything_has_its_place_in_a_report(one: Report, page: str) -> None:
    advice, places = one.accounts[0].advice, set(checked(page).every("id"))
    cited = {id for firing in advice.trace for id in firing.rule.cite}
    assert {f"option-{id}" for id in advice.options} <= places
    assert {f"fact-{id}" for id in advice.rulebook.facts} <= places
    assert {f"finding-{id}" for id in advice.findings} <= places
    assert {f"rule-{firing.rule.id}" for firing in advice.trace} <= places
    assert {f"proposition-{id}" for id in cited} <= places


def test_paragraphs_of_a_brief_lead_to_the_propositions(page: str) -> None:
    brief = page[page.index("In one minute</h2>") : page.index("The roadmap: now</h2>")]
    assert re.search(r'\[A\xa0<a href="#proposition-A\d\d">¶10</a>\]', brief)
    assert '<a href="#option-joint_public_offer">' in brief


def test_each_option_says_why_and_what_would_change_it_and_what_lost(one: Report) -> None:
    options = part(plenipo.render(one, "md"), "The options")
    for words in ("*because*", "**Caution:**", "*outlook:*", "would become *done*", "*waiting until*"):
        assert words in options
    assert re.search(r"\*lost \(it says recommend, and defer comes first\):\*", options)
    assert "avoid" in options


def test_what_this_situation_touches_comes_first_under_each_subject(one: Report) -> None:
    account = one.accounts[0]
    page = plenipo.render(one, "html")
    options = page[page.index("The options</h2>") : page.index("What the sources are silent on <span")]
    subjects = options.split("<h3")[1:]
    assert subjects
    for subject in subjects:
        touched = [id in account.touched for id in re.findall(r'id="option-([\w-]+)"', subject)]
        assert touched
        assert touched == sorted(touched, reverse=True)


def test_what_is_stated_and_what_is_our_reading_are_apart(one: Report) -> None:
    basis = part(plenipo.render(one, "md"), "What it rests on")
    stated, inferred = basis.split("\n### Our reading")
    assert "our reading" not in stated
    lines = [line for line in inferred.splitlines() if line.startswith("- ")]
    assert lines
    assert all("our reading" in line for line in lines)


def test_what_is_unknown_likely_and_taken_over_is_told(tmp_path: Path) -> None:
    base, mine = tmp_path / "base.yaml", tmp_path / "mine.yaml"
    base.write_text("facts: {us_china_friction: high}\nnotes: {us_china_friction: They quarrel.}\n")
    mine.write_text(
        f"title: Mine\nbased_on: {base}\nfacts: {{talks_status: paused}}\nlikely: {{offer_status: equal}}\n"
    )
    given = part(plenipo.render(plenipo.report(mine), "md"), "The situation as given")
    assert re.search(r"us\\?_china\\?_friction` \| much, or growing \| .*taken over from .*base", given)
    assert "### Only likely, and taken as unknown (1)" in given
    assert "### Not known (41)" in given
    assert "turns on it" in given or "turn on it" in given


def test_a_report_says_with_what_it_was_made_and_how_to_make_it_again(one: Report) -> None:
    made = part(plenipo.render(one, "md", asked=("mine.yaml", "--set", "a=b c")), "How this was made")
    assert f"plenipo {VERSION}" in made
    assert one.rulebook.digest in made
    assert "plenipo report mine.yaml --set 'a=b c' -o advice.html" in made
    assert "plenipo report" not in part(plenipo.render(one, "md"), "How this was made")


def test_several_situations_stand_side_by_side_those_options_first_that_differ(several: Report) -> None:
    seen = checked(plenipo.render(several, "html"))
    marked = plenipo.render(several, "md")
    differ, rest = marked.split("### Verdicts that differ")[1].split("### Verdicts that are the same")
    assert "| Appoint a US negotiator `appoint_negotiator` | *done* | *recommend* | *done* |" in differ
    assert "| Agree on a process before a deal `agree_process` | *recommend* | *recommend* | *recommend* |" in rest
    assert [title for title in NAMES if title in seen.said] == []
    assert len(several.verdicts) == len(several.rulebook.options)


def test_dated_situations_are_put_in_order_with_what_came_and_went(several: Report) -> None:
    assert [each.after.situation.as_of for each in several.over_time] == ["2020-08-31", "2020-11-15"]
    history = part(plenipo.render(several, "md"), "Over time").replace("\\", "")
    assert "| Option | 2017-10-31 | 2020-08-31 | 2020-11-15 |" in history
    assert "| Appoint a US negotiator | *done* | *done* | *recommend* **first** |" in history
    assert "- **2020-11-15** November 2020: between two administrations\n" in history
    assert "  - Appoint a US negotiator: done → *recommend*\n" in history


def test_situations_without_dates_have_no_history() -> None:
    found = plenipo.report([{"us_china_friction": "high"}, {"us_china_friction": "low"}])
    assert found.over_time == ()
    assert "Over time" not in plenipo.render(found, "html")


def test_a_report_is_plain_data_as_well(several: Report) -> None:
    document = json.loads(plenipo.render(several, "json"))
    assert [each["advice"]["situation"]["name"] for each in document["situations"]] == [*NAMES]
    assert document["rulebook"]["digest"] == several.rulebook.digest
    changes = document["situations"][0]["changes"]["nuclear_caps"]["done"]
    assert changes == [way for way in changes if way["facts"]]


def test_a_report_on_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no situation to report on"):
        plenipo.report([])


@pytest.mark.parametrize("evil", HOSTILE)
def test_no_report_obeys_what_a_file_says(book: Callable[..., Rulebook], evil: str) -> None:
    rulebook = hostile_rulebook(book(RULES, options=OPTIONS, findings=FINDINGS), evil)
    one, other = (
        advise(rulebook, Situation(facts, evil, evil, as_of, considering=("sail",), notes={"wind": evil}))
        for facts, as_of in ((STORM, evil), ({}, "1851"))
    )
    for situations in ([one], [one, other]):
        checked(shown(report_on(situations), "html", remark=evil, asked=(evil,)))


@few
@hypothesis.given(advised())
def test_any_situation_of_any_rulebook_can_be_reported_on(made_up: Advice) -> None:
    found = report_on([made_up])
    seen, marked = checked(shown(found, "html")), shown(found, "md")
    assert shown(found)
    titles = {option.title for option in made_up.rulebook.options.values()}
    assert all(title in seen.said and title in marked for title in titles)


def test_a_picture_is_put_in_as_it_was_drawn_and_is_for_html_alone() -> None:
    document = Document("Title", sections=(Section("The reasoning, as a picture", picture=lambda _: "<svg></svg>"),))
    assert "<svg></svg></figure>" in html.page(document)
    assert "svg" not in markdown(document)


def test_a_pdf_is_made_by_a_browser_where_there_is_no_weasyprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(
        "#!/bin/sh\nfor word; do case $word in --print-to-pdf=*) out=${word#*=};; file:*) page=${word#file://};; esac;"
        f' done\nprintf "%s\\n" "$@" > {tmp_path}/words\ncat "$page" > "$out"\n'
    )
    browser.chmod(0o755)
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(pdf, "BROWSERS", ("chromium",))
    assert pdf.pdf(page).decode() == page
    words = (tmp_path / "words").read_text()
    assert "MAP * ~NOTFOUND" in words
    assert "--user-data-dir=" in words


@pytest.mark.parametrize("browsers", [(), ("no-such-browser",)])
def test_where_nothing_can_make_a_pdf_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, browsers: tuple[str, ...]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    monkeypatch.setattr(pdf, "BROWSERS", browsers)
    with pytest.raises(UsageError, match="neither WeasyPrint nor Chromium is here") as refused:
        pdf.pdf("<p>")
    assert "pip install 'plenipo[pdf]'" in str(refused.value.help)


def test_a_browser_that_prints_nothing_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\necho it is broken >&2\nexit 1\n")
    browser.chmod(0o755)
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    monkeypatch.setattr(pdf, "BROWSERS", (str(browser),))
    with pytest.raises(UsageError, match="made no PDF: it is broken"):
        pdf.pdf("<p>")


@pytest.mark.parametrize("date", ["1 | 2", "<b>now</b>", "`x` [a](b)"])
def test_a_date_is_text_in_markdown_as_well(date: str) -> None:
    dated = [plenipo.load_situation({"us_china_friction": value}) for value in ("high", "low")]
    found = plenipo.report([replace(dated[0], as_of="1851"), replace(dated[1], as_of=date)])
    history = part(plenipo.render(found, "md"), "Over time")
    (row,) = [line for line in history.splitlines() if line.startswith("| Option | ")]
    assert row.replace("\\|", "").count("|") == 4
    assert "<b>" not in row.replace("\\<", "")
