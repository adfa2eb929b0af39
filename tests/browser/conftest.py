"""
The page as it is served, and a browser that is watched while it uses it.

Whatever a test does: no script fails, no policy is violated, and no request leaves the machine.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

import plenipo
from plenipo.rulebook.model import Rulebook
from plenipo.web.address import opened
from plenipo.web.gate import COOKIE, Key, hosts
from plenipo.web.server import app

SITUATION = "november-2020-transition"


@dataclass
class Served:
    """A page that is served: its address, its key, and what a browser did that it should not have."""

    address: str
    key: Key
    rulebook: Rulebook
    browser: Browser
    wrong: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def view(self, path: str = "/", **more: str) -> str:
        """Return the address of a view of the situation that the tests are about."""
        situation = plenipo.load_situation(SITUATION, rulebook=self.rulebook)
        return self.address + opened(self.rulebook, situation, SITUATION).address(path, **more)

    def page(self, *, let_in: bool = True, **how: Any) -> Page:
        """Return an empty page of a browser of its own, which is let in and watched."""
        context = self.browser.new_context(**how)
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        if let_in:
            cookie = {"name": COOKIE, "value": self.key.secret, "url": self.address, "sameSite": "Strict"}
            context.add_cookies([{**cookie, "httpOnly": True}])
        context.on("request", self._asked)
        page = context.new_page()
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: self.wrong.append(f"a dialog: {dialog.message}"))
        return page

    def _asked(self, request: Any) -> None:
        place = urlsplit(request.url)
        if place.scheme not in {"data", "blob", "file"} and place.hostname != "127.0.0.1":
            self.wrong.append(f"asked for {request.url}")


def served_at(rulebook: Rulebook, browser: Browser, folder: str | None = None) -> Iterator[Served]:
    """Yield a rulebook's page while it is served at a free port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port, key = listening.getsockname()[1], Key()
    config = uvicorn.Config(
        app(rulebook, hosts("127.0.0.1", port), key, folder), log_level="critical", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Served(f"http://127.0.0.1:{port}", key, rulebook, browser)
    server.should_exit = True
    thread.join(10)
    listening.close()


def chromium(playwright: Playwright) -> Browser:
    """Return Debian's Chromium, or the one that Playwright brings."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    arguments = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=found, args=arguments)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a browser."""
    expect.set_options(timeout=20_000)  # a busy machine takes its time, which is no fault of the page
    with sync_playwright() as playwright:
        started = chromium(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(browser: Browser) -> Iterator[Served]:
    """Yield the page of the bundled rulebook."""
    yield from served_at(plenipo.load_rulebook(), browser)


@pytest.fixture
def served(server: Served) -> Iterator[Served]:
    """Yield the page, and see to it afterwards that nothing went wrong that a user would not see."""
    server.wrong.clear()
    yield server
    while server.contexts:
        server.contexts.pop().close()
    assert server.wrong == []


@pytest.fixture
def page(served: Served) -> Page:
    """An empty page of a browser that was let in."""
    return served.page(viewport={"width": 1280, "height": 900})
