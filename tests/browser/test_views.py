"""What one does with an answer: look why, change what it rests on, lay two side by side."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Served

MINE = "title: Mine\nfacts:\n  us_china_friction: low\n  dprk_wants_china: true\n"


def test_every_item_of_the_brief_opens_to_its_justification(served: Served, page: Page) -> None:
    page.goto(served.view())
    named = page.locator(".brief a[href^='/option/']")
    assert named.count() >= 10
    leading = named.first.inner_text()
    named.first.click()
    expect(page.locator("h1")).to_contain_text(leading)
    expect(page.get_by_role("heading", name="Why recommend")).to_be_visible()
    page.locator(".row .verdict.avoid").click()
    expect(page.locator(".row [aria-current]")).to_have_text("avoid")
    expect(page.locator("article")).to_contain_text("Why not avoid")
    page.go_back()
    expect(page.locator(".row [aria-current]")).to_have_count(0)
    page.get_by_text("Back to the brief").click()
    expect(page.locator(".brief")).to_be_visible()


def test_what_to_find_out_opens_its_question(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/?us_election_status=settled&us_china_friction=high")
    asked = page.locator(".brief a[href*='_ask=']").first
    asked.click()
    page.wait_for_url("**_ask=*")
    expect(page.locator(".answers")).to_be_visible()


def test_a_change_is_chosen_and_applied(served: Served, page: Page) -> None:
    page.goto(served.view("/option/four_party_talks"))
    way = page.locator(".ways li").first
    choice = way.locator("select").first
    chosen = choice.locator("option").nth(1)
    value, label = chosen.get_attribute("value") or "", chosen.inner_text()
    choice.select_option(value)
    way.get_by_role("button", name="Apply").click()
    expect(page.locator(".changed")).to_contain_text(f"US-China friction: {label}")
    assert f"us_china_friction={value}" in page.url
    page.goto(page.url.replace("/?", "/option/four_party_talks?"))
    expect(page.locator("header .verdict, article .verdict").first).to_have_text("consider")


def test_two_situations_side_by_side(served: Served, page: Page) -> None:
    page.goto(served.view("/compare"))
    page.get_by_label("One that comes with this rulebook").select_option("late-summer-2020")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("article")).to_contain_text("Facts that differ")
    assert "_with=late-summer-2020" in page.url
    page.reload()
    expect(page.locator("article")).to_contain_text("Facts that differ")


def test_a_pasted_situation_is_compared_and_stays_over_reload_and_back(served: Served, page: Page) -> None:
    page.goto(served.view("/compare"))
    page.get_by_text("Or one from a fact file").click()
    page.get_by_label("The text of a fact file").fill(MINE)
    page.get_by_role("button", name="Compare with this text").click()
    expect(page.locator("article")).to_contain_text("Mine")
    page.reload()
    expect(page.locator("article")).to_contain_text("Mine")
    page.locator("nav").get_by_text("Roadmap").click()
    expect(page.locator("#content")).to_have_attribute("data-view", "/roadmap")
    page.go_back()
    expect(page.locator("article")).to_contain_text("Mine")
    page.get_by_label("The text of a fact file").fill("facts: {us_china_friction: lots}")
    page.get_by_role("button", name="Compare with this text").click()
    expect(page.get_by_role("alert")).to_contain_text("us_china_friction")
    served.wrong[:] = [each for each in served.wrong if "422" not in each]


def test_the_roadmap_and_the_picture_lead_to_options(served: Served, page: Page) -> None:
    page.goto(served.view("/roadmap"))
    expect(page.locator("svg").first).to_be_visible()
    page.locator("nav").get_by_text("Picture").click()
    expect(page.locator("#content")).to_have_attribute("data-view", "/picture")
    expect(page.locator("svg text").first).to_be_visible()
    page.locator("article a[href^='/option/']").first.click()
    expect(page.get_by_role("heading", name="What it would take")).to_be_visible()
