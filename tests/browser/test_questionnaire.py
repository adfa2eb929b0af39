"""The questionnaire and the brief beside it, as somebody uses them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served


def facts(page: Page) -> dict[str, str]:
    """Return the facts in the address of a page."""
    return {name: value for name, value in parse_qsl(urlsplit(page.url).query) if not name.startswith("_")}


def answer(page: Page, number: int = 0) -> None:
    """Choose an answer, and wait for what it leads to."""
    before = page.locator("#content").get_attribute("data-address")
    page.locator(".answers a, .answers button").nth(number).click()
    expect(page.locator("#content")).not_to_have_attribute("data-address", before or "")


def test_a_questionnaire_is_answered_to_the_end(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/")
    loaded: list[str] = []
    page.on("load", lambda _: loaded.append(page.url))
    given = 0
    while page.locator(".answers").count() and given < len(served.rulebook.facts):
        answer(page)
        given += 1
        assert len(facts(page)) == given
        expect(page.locator("#said")).not_to_be_empty()
        expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_text("The main advice is final")
    expect(page.locator(".brief")).to_contain_text("First, because of this situation")
    assert given > 5
    assert loaded == []
    page.get_by_text("Go on with the other questions").click()
    expect(page.locator(".answers")).to_be_visible()


def test_any_question_can_be_chosen_by_its_subject_and_left_out_again(served: Served, page: Page) -> None:
    page.goto(served.view())
    subject = page.locator("details[data-subject]").nth(3)
    subject.locator("summary").click()
    link = subject.locator(".facts a").first
    name = link.inner_text()
    link.click()
    expect(page.locator(".answers [aria-current]")).to_have_count(1)
    expect(page.locator("details[open] .facts")).to_contain_text(name)
    before = len(facts(page))
    page.get_by_text("Leave this answer out").click()
    expect(page.locator(".changed")).to_contain_text("not asked")
    assert len(facts(page)) == before - 1


def test_what_changed_is_told_and_marked(served: Served, page: Page) -> None:
    page.goto(served.view("/", us_election_status="", _ask="us_election_status"))
    page.goto(served.view("/", _ask="us_election_status"))
    answer(page, 0)
    expect(page.locator(".changed")).to_contain_text("Changed: US election cycle")
    assert page.locator("#said").inner_text() in page.locator(".changed").inner_text()


def test_reload_back_and_a_bookmark_bring_the_situation_back(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/")
    questions = []
    for _ in range(3):
        questions.append(page.locator("#question").inner_text())
        answer(page)
    bookmark, last = page.url, page.locator("#question").inner_text()
    page.reload()
    expect(page.locator("#question")).to_have_text(last)
    page.go_back()
    expect(page.locator("#question")).to_have_text(questions[2])
    page.go_back()
    expect(page.locator("#question")).to_have_text(questions[1])
    page.go_forward()
    expect(page.locator("#question")).to_have_text(questions[2])
    other = served.page()
    other.goto(bookmark)
    expect(other.locator("#question")).to_have_text(last)
    assert facts(other) == facts(other) | {}
    assert len(facts(other)) == 3


def test_title_time_and_options_under_discussion_are_in_the_address(served: Served, page: Page) -> None:
    page.goto(served.view())
    page.get_by_text("Title, time, and options under discussion").click()
    page.get_by_label("Title").fill("An <b>odd</b> & long title")
    page.get_by_label("The time it describes").fill("2021-03")
    page.get_by_label("Options under discussion").select_option(["four_party_talks"])
    page.get_by_role("button", name="Keep these").click()
    expect(page.locator("h1")).to_have_text("An <b>odd</b> & long title")
    said = dict(parse_qsl(urlsplit(page.url).query))
    assert (said["_title"], said["_as_of"]) == ("An <b>odd</b> & long title", "2021-03")
    assert said["_considering"] == "four_party_talks"
    page.reload()
    expect(page.locator("option[value=four_party_talks]")).to_have_js_property("selected", True)


def test_without_a_mouse(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    for _ in range(2):
        question = page.locator("#question").inner_text()
        for _ in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.answers') !== null"):
                break
        assert page.evaluate("document.activeElement.closest('.answers') !== null")
        page.keyboard.press("Enter")
        expect(page.locator("#question")).not_to_have_text(question)
    assert len(facts(page)) == 2


def test_the_last_click_counts_however_late_the_others_come(served: Served, page: Page) -> None:
    page.goto(served.view("/", _ask="us_election_status"))
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    answers = page.locator(".answers a")
    first, second = (answers.nth(n).get_attribute("href") or "" for n in (0, 1))
    page.route(f"{served.address}{first}", hold)
    answers.nth(0).click()
    answers.nth(1).click()
    expect(page.locator("#content")).to_have_attribute("data-address", second)
    assert len(held) == 1
    assert urlsplit(page.url).query == urlsplit(second).query


def test_a_double_click_counts_once(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/")
    before = page.evaluate("history.length")
    question = page.locator("#question").inner_text()
    page.locator(".answers a").first.dblclick()
    expect(page.locator("#question")).not_to_have_text(question)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("history.length") <= before + 2
    assert len(facts(page)) in {1, 2}


def test_a_server_that_is_gone_is_told_in_words(served: Served, page: Page) -> None:
    page.goto(served.view())
    page.context.set_offline(True)
    page.get_by_text("Roadmap").click()
    expect(page.get_by_role("alert")).to_contain_text("Does plenipo serve still run?")
    expect(page.locator(".brief")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_text("Roadmap").click()
    expect(page.locator("#content")).to_have_attribute("data-view", "/roadmap")
    expect(page.get_by_role("alert")).to_have_count(0)
    served.wrong[:] = [each for each in served.wrong if "ERR_INTERNET_DISCONNECTED" not in each]


@pytest.mark.parametrize("path", ["/", "/advice", "/option/four_party_talks"])
def test_two_tabs_do_not_disturb_one_another(served: Served, page: Page, path: str) -> None:
    page.goto(served.view(path))
    before = page.locator("#content").inner_text()
    other = page.context.new_page()
    other.goto(f"{served.address}/")
    answer(other)
    page.reload()
    assert page.locator("#content").inner_text() == before
