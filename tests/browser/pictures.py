"""Take the pictures of docs/pictures anew: `make pictures`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

import plenipo
from tests.browser.conftest import SITUATION, chromium, served_at

HOME = Path(__file__).parent.parent.parent / "docs" / "pictures"


def taken(page: Page, name: str) -> None:
    """Keep what a page shows."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HOME / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def main() -> None:
    """Take every picture."""
    book = plenipo.load_rulebook()
    situation = plenipo.load_situation(SITUATION, rulebook=book)
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = chromium(playwright)
        for served in served_at(book, browser):
            page = served.page(viewport={"width": 1200, "height": 700})
            page.goto(served.view("/", _ask="us_election_status"))
            page.get_by_text("a new administration is in its first months").first.click()
            page.locator(".changed").wait_for()
            page.mouse.move(0, 0)
            taken(page, "page")
            page = served.page(viewport={"width": 360, "height": 740}, color_scheme="dark")
            page.goto(served.view("/"))
            page.evaluate("document.querySelector('.brief').scrollIntoView()")
            taken(page, "page-telephone-dark")
        page = browser.new_page(viewport={"width": 900, "height": 680})
        for answer in ("brief", "report", "graph"):
            file = Path(folder, f"{answer}.html")
            file.write_text(plenipo.render(getattr(plenipo, answer)(situation, rulebook=book), "html"), "utf-8")
            page.goto(file.as_uri())
            if answer == "graph":
                page.set_viewport_size({"width": 1200, "height": 800})
            taken(page, answer)
        browser.close()


if __name__ == "__main__":
    main()
