"""What the page looks like to those who see little, have a small screen, print it, or are shown hostile texts."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import plenipo
from tests.browser.conftest import SITUATION, Served

VIEWS = ["/", "/advice", "/roadmap", "/picture", "/compare", "/open", "/option/four_party_talks", "/nothing"]
HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "]]><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} javascript:alert(1)",
    "\x07\x1b[31mred\u2028\u202ebackwards",
]


def faults(page: Page) -> list[str]:
    """Return the serious and critical faults of a page for those who cannot see it."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in {"serious", "critical"}
    ]


def opened(page: Page, address: str, text: str) -> None:
    page.goto(f"{address}/open")
    page.locator("textarea").fill(text)
    page.locator("main").get_by_role("button", name="Open").click()
    expect(page.locator(".brief")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_has_a_serious_fault(served: Served, scheme: str) -> None:
    page = served.page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    grounds, found = set(), dict[str, list[str]]()
    for view in VIEWS:
        page.goto(
            served.view(
                view, _why_not="avoid" if "option" in view else "", _with="late-summer-2020" if "com" in view else ""
            )
        )
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        found[view] = faults(page)
    opened(page, served.address, "facts: {us_china_friction: high}\nnotes: {us_china_friction: seen}\n")
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    found["carried"] = faults(page)
    assert found == {view: [] for view in (*VIEWS, "carried")}
    assert grounds == ({"rgb(252, 251, 248)"} if scheme == "light" else {"rgb(23, 24, 26)"})
    served.wrong[:] = [each for each in served.wrong if "404" not in each]


@pytest.mark.parametrize("answer", ["report", "graph", "brief"])
def test_no_file_to_share_has_a_serious_fault(served: Served, tmp_path: Path, answer: str) -> None:
    situation = plenipo.load_situation(SITUATION, rulebook=served.rulebook)
    file = tmp_path / "answer.html"
    file.write_text(plenipo.render(getattr(plenipo, answer)(situation, rulebook=served.rulebook), "html"), "utf-8")
    for scheme in ("light", "dark"):
        page = served.page(let_in=False, color_scheme=scheme, viewport={"width": 360, "height": 740})
        page.goto(file.as_uri())
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_is_wider_than_a_telephone(served: Served) -> None:
    page = served.page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    widths = {}
    for view in VIEWS:
        page.goto(served.view(view, _with="late-summer-2020" if "com" in view else ""))
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        widths[view] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(VIEWS, 360)
    served.wrong[:] = [each for each in served.wrong if "404" not in each]


def test_paper_has_the_brief_alone(served: Served, page: Page) -> None:
    page.goto(served.view())
    page.emulate_media(media="print")
    expect(page.locator(".brief article")).to_be_visible()
    for part in (".ask", "header.bar", ".keep", "footer"):
        expect(page.locator(part)).to_be_hidden()
    assert len(page.pdf(format="A4")) > 10_000


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "/nothing"])
def test_titles_and_notes_of_others_are_text_and_nothing_else(served: Served, page: Page, view: str) -> None:
    hostile = " ".join(HOSTILE[:4])
    page.goto(served.view(view) + "&" + urlencode({"_title": hostile, hostile: hostile}))
    assert page.locator("main img, main svg[onload], main script").count() == 0
    assert "<script>alert(1)" in page.locator("main").inner_text() + page.title()
    expect(page.locator(".faults").first).to_contain_text("Left out")


def test_a_hostile_file_is_opened_shown_and_saved(served: Served, page: Page, tmp_path: Path) -> None:
    text = json.dumps(
        {
            "title": " ".join(HOSTILE[:4]),
            "facts": {"us_china_friction": "high"},
            "notes": {"us_china_friction": " ".join([*HOSTILE[:4], "long" * 20_000])},
        }
    )
    opened(page, served.address, text)
    for view in ("Full advice", "Roadmap", "Picture", "Compare"):
        page.locator("nav").get_by_text(view).click()
        expect(page.locator("nav [aria-current=page]")).to_have_text(view)
        assert page.locator("main img, main script").count() == 0
    page.locator("nav").get_by_text("Brief").click()
    with page.expect_download() as waiting:
        page.get_by_text("Save the fact file").click()
    waiting.value.save_as(tmp_path / "saved.yaml")
    again = plenipo.load_situation(tmp_path / "saved.yaml", rulebook=served.rulebook)
    assert again.notes["us_china_friction"].startswith(HOSTILE[0])
