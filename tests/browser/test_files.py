"""A fact file that is opened, answered on and saved: what the address has no room for is not lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served

TEXT = """\
title: A file of mine
as_of: 2021-02-01
facts:
  us_china_friction: high
  dprk_willing_to_talk: false
likely:
  wider_format_appetite: {real: 0.3, little: 0.7}
considering: [four_party_talks]
notes:
  us_china_friction: "As the papers say & as I think."
"""


def saved(page: Page, folder: Path) -> str:
    """Return the text of the fact file that the page saves."""
    with page.expect_download() as waiting:
        page.get_by_text("Save the fact file").click()
    file = folder / "saved.yaml"
    waiting.value.save_as(file)
    return file.read_text(encoding="utf-8")


def opened(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/open")
    page.get_by_label("The text of a fact file").fill(TEXT)
    page.locator("main").get_by_role("button", name="Open").click()
    expect(page.locator("h1")).to_have_text("A file of mine")


@pytest.mark.parametrize("script", [True, False])
def test_notes_and_likelihoods_travel_and_are_saved(served: Served, tmp_path: Path, script: bool) -> None:
    page = served.page(java_script_enabled=script)
    opened(page, served)
    question = page.locator("#question").inner_text()
    page.locator(".answers button").first.click()
    expect(page.locator("#question")).not_to_have_text(question)
    page.get_by_text("Title, time, and options under discussion").click()
    page.get_by_label("Title").fill("Another title")
    page.get_by_role("button", name="Keep these").click()
    expect(page.locator("h1")).to_have_text("Another title")
    page.locator("nav").get_by_text("Compare").click()
    page.locator("main").get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("article")).to_contain_text("Facts that differ")
    page.locator("nav").get_by_text("Brief").click()
    page.locator(".brief button").first.click()
    page.get_by_text("Back to the brief").click()
    text = saved(page, tmp_path)
    assert 'title: "Another title"' in text
    assert '"As the papers say & as I think."' in text
    assert "wider_format_appetite: {" in text
    assert text.count("\n  ") == TEXT.count("\n  ") + 1


def test_reload_and_back_keep_them(served: Served, page: Page, tmp_path: Path) -> None:
    opened(page, served)
    question = page.locator("#question").inner_text()
    page.locator(".answers button").first.click()
    expect(page.locator("#question")).not_to_have_text(question)
    page.reload()
    expect(page.locator("footer")).to_contain_text("travel with the page")
    assert "As the papers say" in saved(page, tmp_path)
    page.go_back()
    expect(page.locator("#question")).to_have_text(question)
    expect(page.locator("footer")).to_contain_text("travel with the page")
    assert "As the papers say" in saved(page, tmp_path)


def test_a_note_goes_with_the_fact_it_is_about(served: Served, page: Page, tmp_path: Path) -> None:
    opened(page, served)
    page.goto(f"{served.address}/open")
    page.get_by_label("The text of a fact file").fill(TEXT.replace("high", "low"))
    page.locator("main").get_by_role("button", name="Open").click()
    text = saved(page, tmp_path)
    assert "us_china_friction: low" in text
    assert "As the papers say" in text


def test_a_file_is_chosen_and_one_that_is_saved_opens_again(served: Served, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(TEXT, encoding="utf-8")
    page.goto(f"{served.address}/open")
    page.get_by_label("Choose a file").set_input_files(file)
    expect(page.get_by_label("The text of a fact file")).to_have_value(TEXT)
    page.locator("main").get_by_role("button", name="Open").click()
    again = saved(page, tmp_path)
    page.locator("nav").get_by_text("Open").click()
    page.get_by_label("Choose a file").set_input_files(tmp_path / "saved.yaml")
    expect(page.get_by_label("The text of a fact file")).to_have_value(again)
    page.locator("main").get_by_role("button", name="Open").click()
    expect(page.locator("h1")).to_have_text("A file of mine")
    assert saved(page, tmp_path) == again


def test_a_situation_that_comes_with_the_rulebook_keeps_its_notes_by_name(
    served: Served, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{served.address}/open")
    page.get_by_text("November 2020: between two administrations").click()
    expect(page.locator("h1")).to_have_text("November 2020: between two administrations")
    assert "_from=november-2020-transition" in page.url
    page.locator(".answers a").first.click()
    expect(page.locator(".changed")).to_be_visible()
    assert "\nnotes:\n" in saved(page, tmp_path)


def test_what_the_essays_take_as_given_is_a_start(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/")
    page.locator("nav").get_by_text("Open").click()
    page.get_by_text("Start from what the essays take as given").click()
    expect(page.locator(".brief")).to_contain_text("First, because of this situation")


def test_a_text_that_is_no_fact_file_is_told_with_its_place(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/open")
    page.get_by_label("The text of a fact file").fill("facts:\n  us_china_fricton: high\n")
    page.locator("main").get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("did you mean `us_china_friction`?")
    expect(page.get_by_label("The text of a fact file")).to_have_value("facts:\n  us_china_fricton: high\n")
    served.wrong[:] = [each for each in served.wrong if "422" not in each]


def test_the_report_is_downloaded_whole(served: Served, page: Page, tmp_path: Path) -> None:
    page.goto(served.view())
    with page.expect_download() as waiting:
        page.get_by_text("Download the report").click()
    download: Any = waiting.value
    assert download.suggested_filename == "advice.html"
    download.save_as(tmp_path / "advice.html")
    text = (tmp_path / "advice.html").read_text(encoding="utf-8")
    assert "November 2020: between two administrations" in text
    assert "<script" not in text
