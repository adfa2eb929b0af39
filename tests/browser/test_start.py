"""How a browser is let in, as `plenipo serve` does it, and what it says where it does not."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served


@pytest.fixture
def links(server: Served) -> Iterator[Iterator[str]]:
    """Yield the lines that `plenipo serve` prints."""
    command = [sys.executable, "-m", "plenipo", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        yield process.stdout
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read().strip() == "interrupted"


def test_the_link_lets_one_browser_in_and_leaves_no_trace(served: Served, links: Iterator[str]) -> None:
    link = next(links).split()[1]
    page = served.page(let_in=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    page.goto(link)
    expect(page.locator("#question")).to_be_visible()
    address, _, token = link.partition("/start/")
    assert page.url == f"{address}/"
    page.locator(".answers a").first.click()
    expect(page.locator(".changed")).to_be_visible()
    page.reload()
    assert not any(token in referrer for referrer in asked)
    assert not any(cookie["value"] in page.content() for cookie in page.context.cookies())
    assert page.evaluate("document.cookie") == ""
    other = served.page(let_in=False)
    other.goto(link)
    expect(other.locator("body")).to_contain_text("Each link works once. A new one is printed")
    assert "Bearer" in next(links)
    next(links)
    again = next(links).split()[1]
    other.goto(again)
    expect(other.locator("#question")).to_be_visible()
    served.wrong[:] = [each for each in served.wrong if "403" not in each and "401" not in each]


def test_another_site_can_neither_ask_nor_frame_nor_post(served: Served) -> None:
    page = served.page()
    page.set_content(
        f"<iframe src='{served.address}/'></iframe><form method=post action='{served.address}/open'>"
        "<input name=_text value='facts: {}'><button>Go</button></form>"
    )
    page.wait_for_timeout(300)
    assert all(not frame.locator("#question").count() for frame in page.frames)
    page.get_by_role("button").click()
    expect(page.locator("body")).to_contain_text("This request comes from another site")
    served.wrong.clear()
