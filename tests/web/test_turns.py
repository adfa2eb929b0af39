"""Many requests at once: the page is answered while programs ask, and what one is told another does not hear."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest

import plenipo
from plenipo.web import turns
from plenipo.web.gate import Gate
from plenipo.web.turns import AT_ONCE, GONE
from tests.web.requests import Answered, asked

MANY = 8


class Held:
    """A call of the library that is held up until it is let go, and how many there are of it at once."""

    def __init__(self, call: Any) -> None:
        self._call, self._go, self._lock = call, threading.Event(), threading.Lock()
        self.now = self.most = 0

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Answer, once it is let go."""
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            assert self._go.wait(60)
            return self._call(*given, **named)
        finally:
            with self._lock:
                self.now -= 1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let all go at the end, whatever happens."""
        try:
            yield
        finally:
            self._go.set()


def by_a_program(gate: Gate, path: str, said: object, **more: Any) -> Any:
    body = json.dumps(said).encode()
    return asked(gate, f"/api/v1{path}", "POST", headers={"content-type": "application/json"}, body=body, **more)


async def while_held(held: Held, many: list[Any], one: Any) -> tuple[Answered, list[Answered]]:
    """Return the answer to one request, given while many are held up, and theirs once they are let go."""
    with held.held():
        waiting = [asyncio.ensure_future(each) for each in many]
        while not held.now:
            await asyncio.sleep(0.01)
        answered = await asyncio.wait_for(one, 60)
        assert not any(each.done() for each in waiting)
    return answered, list(await asyncio.gather(*waiting))


@pytest.mark.parametrize("view", ["/?us_china_friction=high", "/option/four_party_talks", "/open"])
def test_the_page_is_answered_while_programs_wait(gate: Gate, monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    held = Held(plenipo.outlook)
    monkeypatch.setattr(plenipo, "outlook", held)
    many = [by_a_program(gate, "/outlook", {}) for _ in range(MANY)]
    page, answers = asyncio.run(while_held(held, many, asked(gate, view)))
    assert page.status == 200
    assert [each.status for each in answers] == [200] * MANY
    assert held.most == AT_ONCE


def test_programs_are_answered_while_the_page_waits(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(plenipo.plan)
    monkeypatch.setattr(plenipo, "plan", held)
    many = [asked(gate, "/advice") for _ in range(MANY)]
    program, answers = asyncio.run(while_held(held, many, by_a_program(gate, "/advise", {})))
    assert program.status == 200
    assert [each.status for each in answers] == [200] * MANY
    assert held.most == AT_ONCE


def test_a_request_hears_how_its_own_words_are_read_and_no_others(gate: Gate) -> None:
    spelled = ["four-party-talks", "Four Party Talks", "FOUR_PARTY_TALKS", "four_party-talks", "Four_Party_Talks"] * 4

    async def all_at_once() -> list[Answered]:
        programs = [by_a_program(gate, "/explain", {"option": word}) for word in spelled]
        pages = [asked(gate, f"/option/{quote(word)}") for word in spelled]
        return list(await asyncio.gather(*programs, *pages))

    answers = asyncio.run(all_at_once())
    assert len(answers) == 2 * len(spelled)
    for word, answered in zip(spelled, answers[: len(spelled)], strict=True):
        assert json.loads(answered.text)["read_as"] == [{"given": word, "taken": "four_party_talks"}]
    for word, answered in zip(spelled, answers[len(spelled) :], strict=True):
        assert answered.text.count("was read as") == 1
        assert f"<code>{word}</code> was read as <code>four_party_talks</code>" in answered.text


def test_what_nobody_waits_for_any_more_is_not_worked_out(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(plenipo, "outlook", lambda *given, **_: called.append(given))
    monkeypatch.setattr(plenipo, "plan", lambda *given, **_: called.append(given))

    async def both() -> list[Answered]:
        program = by_a_program(gate, "/outlook", {}, gone=True)
        return list(await asyncio.gather(program, asked(gate, "/advice", gone=True)))

    assert [each.status for each in asyncio.run(both())] == [GONE, GONE]
    assert called == []


def test_more_than_may_wait_are_told_to_come_again_and_the_page_goes_on(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(plenipo.outlook)
    monkeypatch.setattr(plenipo, "outlook", held)
    monkeypatch.setattr(turns, "MOST", MANY)
    many = [by_a_program(gate, "/outlook", {}) for _ in range(MANY)]

    async def surplus() -> Answered:
        refused: Answered = await by_a_program(gate, "/outlook", {})
        assert refused.status == 429
        assert "ask again in a moment" in json.loads(refused.text)["errors"][0]["message"]
        return await asked(gate, "/")

    page, answers = asyncio.run(while_held(held, many, surplus()))
    assert page.status == 200
    assert [each.status for each in answers] == [200] * MANY


def test_more_people_than_may_wait_are_told_to_come_again(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(plenipo.plan)
    monkeypatch.setattr(plenipo, "plan", held)
    monkeypatch.setattr(turns, "MOST", MANY)
    many = [asked(gate, "/advice") for _ in range(MANY)]
    page, answers = asyncio.run(while_held(held, many, asked(gate, "/advice")))
    assert page.status == 429
    assert "ask again in a moment" in page.text
    assert [each.status for each in answers] == [200] * MANY
