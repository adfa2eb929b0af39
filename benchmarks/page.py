"""How long the page takes from an answer to the new brief, alone and with fifty people at once."""

from __future__ import annotations

import asyncio
import http.client
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import unescape
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import SplitResult, urlsplit

from benchmarks.figures import Figure, publish
from benchmarks.startup import ENVIRONMENT, PLENIPO

#: As many answers are given one after another; and so many people, each pausing so many seconds, for so many.
ANSWERS, PEOPLE, PAUSE, SECONDS = 15, 50, 10.0, 60.0
TARGET, CROWDED = 150, 500
FIRST_ANSWER = re.compile(r'<ul class="answers".*?<a href="([^"]*)"', re.DOTALL)


@dataclass
class Visitor:
    """Somebody who answers one question after another, and starts anew when there is none left."""

    port: int
    cookie: str
    address: str = "/"

    def answer(self) -> float:
        """Fetch the page at the present address and return how many milliseconds that took."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        start = perf_counter()
        connection.request("GET", self.address, headers={"Cookie": self.cookie})
        answered = connection.getresponse()
        text = answered.read().decode()
        taken = 1000 * (perf_counter() - start)
        connection.close()
        if answered.status != 200:
            raise ConnectionError(f"{answered.status} for {self.address}")
        found = FIRST_ANSWER.search(text)
        self.address = unescape(found[1]) if found else "/"
        return taken


@contextmanager
def served() -> Iterator[Callable[[], Visitor]]:
    """Yield what lets a visitor in to a page that is served by a process of its own."""
    command = [PLENIPO, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        try:
            link = urlsplit(process.stdout.readline().split()[-1])
            port, cookie = link.port or 0, _let_in(link)
            yield lambda: Visitor(port, cookie)
        finally:
            process.terminate()


def _let_in(link: SplitResult) -> str:
    """Return the cookie for which a start-up link is exchanged."""
    connection = http.client.HTTPConnection(str(link.hostname), link.port or 0, timeout=30)
    connection.request("GET", link.path)
    given = connection.getresponse().getheader("set-cookie", "")
    connection.close()
    return given.partition(";")[0]


def measure() -> Iterator[Figure]:
    """Yield the median of a journey of answers, then what the slowest of 20 answers took with many people."""
    with served() as visitor:
        alone = visitor()
        alone.answer()
        yield Figure(
            "page: an answer to the new brief, over HTTP", median(alone.answer() for _ in range(ANSWERS)), "ms", TARGET
        )
        with suppress(ImportError):
            yield Figure("page: from a click to the new brief on screen", _on_screen(visitor()), "ms", TARGET)
        taken, errors = asyncio.run(_crowd(visitor))
        what = f"page: {PEOPLE} people, 95 of 100 of {len(taken)} answers"
        yield Figure(what, quantiles(taken, n=20)[-1], "ms", CROWDED)
        yield Figure("page: errors among them", errors, "", 0)


async def _crowd(visitor: Callable[[], Visitor]) -> tuple[list[float], int]:
    """Return how long each answer took with many people at once, and how many failed."""
    taken: list[float] = []
    errors = 0
    end = perf_counter() + SECONDS

    async def one(number: int) -> None:
        nonlocal errors
        await asyncio.sleep(PAUSE * number / PEOPLE)
        person = visitor()
        while perf_counter() < end:
            due = perf_counter() + PAUSE
            try:
                taken.append(await asyncio.to_thread(person.answer))
            except (OSError, http.client.HTTPException):
                errors += 1
            await asyncio.sleep(max(0.0, due - perf_counter()))

    await asyncio.gather(*map(one, range(PEOPLE)))
    return taken, errors


def _on_screen(visitor: Visitor) -> float:
    """Return the median from a click on an answer until the new brief is painted, in a browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it need not be there
    from tests.browser.conftest import chromium  # noqa: PLC0415 - likewise

    clicked = """() => new Promise(done => {
        const start = performance.now(), content = document.getElementById("content");
        new MutationObserver((_, watching) => {
            if (document.getElementById("content") === content) return;
            watching.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
        }).observe(document.body, {childList: true});
        document.querySelector(".answers a").click();
    })"""
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        context = browser.new_context()
        name, _, value = visitor.cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{visitor.port}"}])
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{visitor.port}/")
        found = median(page.evaluate(clicked) for _ in range(ANSWERS))
        browser.close()
    return float(found)


if __name__ == "__main__":
    publish(measure())
