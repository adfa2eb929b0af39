"""The brief as it is read: at most a screen, in order, nothing cut, and the JSON holds what is printed."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from functools import cache
from itertools import product

import hypothesis
import pytest
from hypothesis import strategies as st
from rich.cells import cell_len

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.counsel.brief import Brief, brief
from plenipo.errors import with_small_letter
from plenipo.report.answers.brief import MOST_LINES
from plenipo.report.answers.brief_form import BriefPart, form
from plenipo.report.document import spans
from plenipo.rulebook.locations import situations
from plenipo.rulebook.model import Rulebook, Situation
from tests.answers import advise, advised, few, shown
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES

BOOK = plenipo.load_rulebook()
LABELS = ["At issue", "Then", "Not yet", "Beware", "Find out", "As ever"]
#: A town in which a step may be done already, one is given in return, and a part is held with its whole.
TOWN = """\
- {id: talk-on, when: {sky: clear}, then: {recommend: sail}, because: Talk helps., cite: [A01]}
- {id: no-crew, when: {moon: false}, then: {defer: sail}, because: Nobody is there to talk.}
- {id: hire, when: {moon: false}, then: {recommend: crew}, because: Somebody has to talk., cite: [B02], basis: inferred}
- {id: hired, when: {moon: true}, then: {done: crew}}
"""


@cache
def bundled(name: str) -> Brief:
    return brief(plenipo.advise(plenipo.load_situation(name, rulebook=BOOK), rulebook=BOOK))


def lines(answer: Brief, width: int = 80) -> list[str]:
    return shown(answer, width=width, asked=("mine.yaml",)).splitlines()


@cache
def screen(name: str, width: int = 80) -> list[str]:
    return shown(bundled(name), width=width, asked=(name,)).splitlines()


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_bundled_situation_takes_more_than_a_screen(width: int) -> None:
    assert situations()
    for name in situations():
        written = screen(name, width)
        assert len(written) <= MOST_LINES, name
        assert all(cell_len(line) <= width and line == line.rstrip() for line in written)


@hypothesis.settings(max_examples=30, deadline=None)
@hypothesis.given(st.data())
def test_no_situation_takes_more_than_a_screen(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(sorted(BOOK.facts)), unique=True))
    facts = {id: data.draw(st.sampled_from(sorted(BOOK.facts[id].values))) for id in chosen}
    considering = data.draw(st.lists(st.sampled_from(sorted(BOOK.options)), max_size=4, unique=True))
    answer = brief(plenipo.advise(Situation(facts, title="As drawn", considering=tuple(considering)), rulebook=BOOK))
    for width in (80, 120):
        written = lines(answer, width)
        assert len(written) <= MOST_LINES
        assert max(map(cell_len, written)) <= width


@few
@hypothesis.given(advised())
def test_any_brief_can_be_written(advice: Advice) -> None:
    for format in ("text", "md", "json"):
        assert shown(brief(advice), format).endswith("\n")


@pytest.mark.parametrize("name", ["late-summer-2020", "hypothetical-first-week", "spring-2018-before-singapore"])
def test_every_entry_is_printed_and_the_parts_come_in_order(name: str) -> None:
    answer = bundled(name)
    for width in (80, 120):
        text = " ".join(" ".join(screen(name, width)).split())
        named = [*answer.lead, *answer.considering, *answer.not_yet, *answer.beware]
        assert all(each.option.title.removeprefix(each.option.title[0]) in text for each in named)
        assert all(step.option.title in text for step in answer.then)
        assert all(each.fact.ask in text or each.fact.name in text for each in answer.find_out)
        assert all(each.finding.says.removesuffix(".") in text for each in answer.reading)
        headings = [line[:10].strip() for line in screen(name, width) if line[:10].strip() in LABELS]
        assert headings == [label for label in LABELS if label in headings]
        assert len(headings) >= 4


def test_a_wider_page_has_room_for_more() -> None:
    for name in ("late-summer-2020", "hypothetical-first-week"):
        narrow, wide = (len(" ".join(screen(name, width)).split()) for width in (80, 120))
        assert wide > narrow


def test_what_leads_has_its_reason_and_source_longest() -> None:
    assert situations()
    for name in situations():
        text = " ".join(" ".join(screen(name)).split())
        first = bundled(name).lead[0]
        assert first.reason is not None
        assert first.reason.because in text


def test_the_head_says_what_the_situation_is_and_the_end_what_to_type_next() -> None:
    written = screen("late-summer-2020")
    assert re.fullmatch(r"Late summer 2020: the American campaign +as of 2020-08-31 · 37 of 44 facts known", written[0])
    assert written[1].startswith("How the sources read it: ")
    assert written[-3] == "A, B: the two sources (plenipo sources) · our reading: inferred, not stated"
    assert written[-2:] == [
        "All of it    plenipo advise late-summer-2020 --full",
        "Look ahead   plenipo roadmap late-summer-2020",
    ]


def test_ids_are_left_to_other_commands() -> None:
    assert situations()
    for name in situations():
        answer = bundled(name)
        text = shown(answer, width=120)
        assert not re.search(r"\b[AB]\d\d\b", text)
        assert not any(each.option.id in text for each in (*answer.lead, *answer.beware) if "_" in each.option.id)


def test_commands_that_come_next_can_be_pasted(book: Callable[..., Rulebook]) -> None:
    asked = ("my file.yaml", "--set", "wind=calm", "--considering", "sail", "--rulebook", "x" * 60)
    written = shown(brief(advise(book(RULES, options=OPTIONS, findings=FINDINGS), {"wind": "calm"})), asked=asked)
    pasted = written[written.index("All of it:") :].replace("\\\n", "").splitlines()
    assert pasted[::2] == ["All of it:", "Look ahead:", "Why first:"]
    advising, looking_ahead, explaining = pasted[1::2]
    assert shlex.split(advising) == ["plenipo", "advise", *asked, "--full"]
    assert shlex.split(looking_ahead) == ["plenipo", "roadmap", *asked[:3], *asked[5:]]
    assert shlex.split(explaining) == ["plenipo", "explain", asked[0], "crew", *asked[1:3], *asked[5:]]


def test_the_explanation_is_only_pointed_to_where_a_line_is_free() -> None:
    pointed = set()
    for name, width in product(situations(), (80, 120)):
        written = screen(name, width)
        pointed.add(found := any("plenipo explain" in line for line in written))
        assert found or len(written) == MOST_LINES
    assert pointed == {True, False}


def test_warnings_say_do_not_once_and_a_weak_lead_says_that_it_is_weak() -> None:
    assert situations()
    for name in situations():
        answer = bundled(name)
        text = " ".join(" ".join(screen(name)).split())
        warned = [with_small_letter(each.option.title) for each in answer.beware]
        if "Do not: " in text:
            assert f"Do not: {'; '.join(warned)}" in re.sub(r" \[[^]]*\]", "", text)
            assert text.count("Do not: ") == 1
        else:
            assert all(f"Do not {title}" in text for title in warned)
        for each in answer.beware:
            assert not re.search(rf"Beware .*{re.escape(each.option.title)}", text), name
        weak = [each for each in answer.lead if each.verdict.value == "consider"]
        assert all(f"{each.option.title} (worth considering)" in text for each in weak)


def test_a_reason_follows_in_a_sentence_of_its_own_and_never_behind_a_second_colon() -> None:
    entries = []
    for name in situations():
        for section in form(bundled(name), BriefPart):
            if section.heading in {"At issue", "Then", "Not yet", "Beware"}:
                entries += ["".join(span.text for span in spans(line.text)) for line in section.lines]
    assert len(entries) > 100
    assert not [said for said in entries if re.search(r": [^.]*: [A-Z]", said)]
    assert sum(said.startswith("Do not ") for said in entries) > 20


def test_a_caution_for_the_first_step_goes_after_what_is_advised_in_any_case() -> None:
    kept = []
    for name in situations():
        answer = bundled(name)
        text = " ".join(" ".join(screen(name)).split())
        if answer.lead[0].cautions:
            kept.append(answer.lead[0].cautions[0].because in text)
            assert kept[-1] or not re.search(r" As ever | with it: ", text), name
    assert sum(kept) > len(kept) / 2 > 2


def test_options_under_discussion_that_are_not_shown_are_counted() -> None:
    considering = tuple(BOOK.options)
    situation = Situation({}, title="All of them", considering=considering)
    answer = brief(plenipo.advise(situation, rulebook=BOOK))
    discussed = {each.option.id for each in answer.considering}
    elsewhere = {each.option.id for each in (*answer.lead, *answer.not_yet, *answer.beware)}
    elsewhere |= {step.option.id for step in answer.then}
    assert not discussed & elsewhere
    assert answer.considering_more == len(BOOK.options) - len(discussed | elsewhere) > 0
    assert f"{answer.considering_more} more under discussion: --full" in " ".join(" ".join(lines(answer)).split())


def test_a_step_that_may_be_done_says_so(book: Callable[..., Rulebook]) -> None:
    options = OPTIONS.replace("crew: {title: Hire a crew}", "crew: {title: Hire a crew, brings: {moon: true}}")
    rulebook = book(TOWN, options=options)
    answer = brief(advise(rulebook, {"sky": "clear"}))
    (due,) = (each for each in answer.lead if each.if_not_done)
    assert (due.option.id, due.verdict.value) == ("crew", "silent")
    assert "1 Unless that is done: Hire a crew" in shown(answer)
    lead = json.loads(shown(answer, "json"))["brief"]["lead"]
    assert (lead[0]["option"], lead[0]["if_not_done"]) == ("crew", True)


def test_no_reason_of_the_essays_states_what_is_not_known() -> None:
    text = " ".join(shown(brief(plenipo.advise({}, rulebook=BOOK)), width=80).split())
    assert "If the post of US negotiator is vacant (not known): The post is vacant" in text


def test_what_may_be_done_already_is_named_once_among_what_is_advised_in_any_case() -> None:
    answer = brief(plenipo.advise({}, rulebook=BOOK))
    maybe = [option.title for option in answer.standing.keep if option in answer.maybe_done]
    for width in (80, 120):
        text = " ".join(shown(answer, width=width).split())
        assert [text.count(title) for title in maybe] == [1]
        assert f"{maybe[0]} (may be done already)" in text


@pytest.mark.parametrize("name", ["late-summer-2020", "november-2020-transition", "what-the-essays-take-as-given"])
def test_a_step_that_comes_up_after_any_answer_is_not_put_on_one(name: str) -> None:
    text = " ".join(" ".join(screen(name)).split())
    assert "Once the agenda is broader: Bring in the UN" in text
    assert "If Pyongyang takes the offer up: Bring in" not in text


def test_json_holds_what_is_printed_with_reasons_and_citations() -> None:
    answer = bundled("november-2020-transition")
    document = json.loads(shown(answer, "json"))
    assert (document["schema_version"], document["kind"]) == (2, "advice")
    told = document["brief"]
    for part, most in {"lead": 3, "then": 3, "not_yet": 4, "beware": 5, "considering": 3}.items():
        assert [each["option"] for each in told[part]] == [each.option.id for each in getattr(answer, part)]
        assert len(told[part]) <= most
        assert all(each["reason"]["because"] and each["reason"]["cite"] for each in told[part])
    assert [each["fact"] for each in told["find_out"]] == [each.fact.id for each in answer.find_out]
    assert all(each["reason"]["because"] for each in told["find_out"])
    assert all(each["cite"] and each["says"] for each in told["reading"])
    assert document["options"][told["lead"][0]["option"]]["verdict"] == "recommend"
    assert document["situation"]["facts"]["leader_talks_tried"] is True


def test_advice_is_rendered_as_its_brief_and_in_full_as_the_long_answer() -> None:
    advice = bundled("late-summer-2020").advice
    assert plenipo.render(advice, width=80) == plenipo.render(brief(advice), width=80)
    assert plenipo.render(advice, width=80, full=True) == plenipo.render(plenipo.plan(advice), width=80)
    assert plenipo.render(advice, "json") == plenipo.render(brief(advice), "json")


def test_markdown_is_a_memo_with_its_sources_spelled_out() -> None:
    page = shown(bundled("late-summer-2020"), "md")
    assert page.startswith("# Late summer 2020")
    assert re.search(r"\n## Sources\n\n- A: .*Tokola.*¶1", page)
    body, _, sources = page.partition("\n## Sources\n")
    for source, paragraphs in re.findall(r"^- ([AB]): .*; ([¶0-9 ]+)$", sources, re.MULTILINE):
        cited = re.findall(rf"\b{source} ([¶0-9 ]+)", body)
        assert set(paragraphs.split()) == {each for said in cited for each in said.split()}
    assert len(page.splitlines()) < 80
    assert len(shown(bundled("late-summer-2020").advice, "md", full=True)) > 3 * len(page)


def test_a_situation_in_which_nothing_leads_says_so(book: Callable[..., Rulebook]) -> None:
    rulebook = book("- {id: never, then: {avoid: sail}, because: It is the only boat.}\n")
    text = shown(brief(advise(rulebook, {})))
    assert "Nothing leads here" in text
    assert "1 other thing to avoid" in text
