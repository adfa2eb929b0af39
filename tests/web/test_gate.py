"""The gate before the page: every attack that was found on pages like it is refused, in words that help."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from plenipo.web.gate import HEADERS, LONGEST_ADDRESS, LONGEST_BODY, START, Gate, hosts
from tests.web.requests import HOST, ask

PATHS = ["/", "/open", "/option/four_party_talks", "/save", "/page.js", "/api/v1/openapi.json", "/start/x", "/nothing"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "[::1]evil:8765",
        "localhost.evil:8765",
        "127.0.0.1:8765@evil.example",
        "127.0.0.1.evil.example:8765",
        "localhost.:8765",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:8766",
        "127.0.0.1:08765",
        "127.0.0.1:8765 ",
        "LOCALHOST:8765x",
        "0.0.0.0:8765",
        "2130706433:8765",
        "",
        "-",
    ],
)
@pytest.mark.parametrize("path", PATHS)
def test_another_host_is_refused_whatever_the_browser_says_of_the_site(gate: Gate, host: str, path: str) -> None:
    same_site = {"host": host, "sec-fetch-site": "same-origin", "origin": f"http://{host}"}
    for headers in ({"host": host}, same_site):
        answered = ask(gate, path, headers=headers)
        assert answered.status == 421
        assert "plenipo serve" in answered.text
        assert "plenipo=" not in answered.headers.get("set-cookie", "")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_its_own_names_are_answered(gate: Gate, host: str) -> None:
    assert ask(gate, headers={"host": host, "sec-fetch-site": "none"}).status == 200
    assert ask(gate, headers={"host": host, "sec-fetch-site": "same-origin", "origin": f"http://{host}"}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": ""},
        {"sec-fetch-site": "Same-Origin, none"},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": f"https://{HOST}"},
        {"origin": ""},
        {"origin": "file://"},
        {"origin": f"http://{HOST}.evil.example", "sec-fetch-site": "same-origin"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_another_site_is_refused_on_every_method(gate: Gate, headers: dict[str, str], method: str) -> None:
    answered = ask(gate, "/open", method, headers=headers)
    assert answered.status == 403
    assert "its own address" in answered.text


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "CONNECT", "get", "GET\t"])
def test_other_methods_are_refused(gate: Gate, method: str) -> None:
    assert ask(gate, "/", method).status == 405


def test_a_method_override_changes_nothing(gate: Gate) -> None:
    override = {"x-http-method-override": "DELETE", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    assert ask(gate, headers=override).text == ask(gate).text


@pytest.mark.parametrize("path", PATHS[:-2])
def test_who_was_not_let_in_is_told_of_the_link(gate: Gate, path: str) -> None:
    for cookie in ({}, {"cookie": "plenipo=wrong"}, {"cookie": "plenipo="}, {"cookie": "other=1; plenipo"}):
        answered = ask(gate, path, headers=cookie, let_in=False)
        assert answered.status == 401
        assert "link" in answered.text


def test_the_link_lets_one_browser_in_and_then_there_is_a_new_one(gate: Gate) -> None:
    renewed: list[str] = []
    gate.key.renew = renewed.append
    first = gate.key.token
    answered = ask(gate, f"{START}{first}", let_in=False)
    assert (answered.status, answered.headers["location"]) == (303, "/")
    cookie = answered.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert ask(gate, headers={"cookie": cookie.split(";")[0]}, let_in=False).status == 200
    again = ask(gate, f"{START}{first}", let_in=False)
    assert again.status == 403
    assert "set-cookie" not in again.headers
    assert renewed == [gate.key.token]
    assert gate.key.token != first
    assert ask(gate, f"{START}{gate.key.token}", let_in=False).status == 303
    assert ask(gate, f"{START}{first}").status == 303


@pytest.mark.parametrize("token", ["", "x", "é", "%00", "../../"])
def test_a_guess_does_not_let_anybody_in(gate: Gate, token: str) -> None:
    assert ask(gate, f"{START}{token}", let_in=False).status == 403
    assert ask(gate, f"{START}{gate.key.token}", "POST", let_in=False).status == 403


def test_a_program_brings_the_word_for_the_api_alone(gate: Gate) -> None:
    bearer = {"authorization": f"Bearer {gate.key.secret}"}
    assert ask(gate, "/api/v1/openapi.json", headers=bearer, let_in=False).status == 200
    assert ask(gate, "/", headers=bearer, let_in=False).status == 401
    assert ask(gate, "/api/v1/openapi.json", headers={"authorization": "Bearer x"}, let_in=False).status == 401


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_protects_its_reader(gate: Gate, path: str) -> None:
    for answered in (ask(gate, path), ask(gate, path, let_in=False), ask(gate, path, headers={"host": "evil"})):
        assert {name: answered.headers.get(name) for name in HEADERS} == HEADERS
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-length": str(LONGEST_BODY + 1)}, 413),
        ({"content-length": "-1"}, 400),
        ({"content-length": "1e3"}, 400),
        ({"content-length": "\xb2"}, 400),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
    ],
)
def test_a_body_that_is_not_for_here_is_refused(gate: Gate, headers: dict[str, str], status: int) -> None:
    assert ask(gate, "/open", "POST", headers=headers, body=b"_text=x").status == status


def test_a_body_without_a_length_is_bounded(gate: Gate) -> None:
    assert ask(gate, "/open", "POST", body=[b"x" * 100_000] * 11).status == 413
    assert ask(gate, "/open", "POST", body=[b"_text=", b"facts: {}"]).status == 303


def test_addresses_and_headers_are_bounded(gate: Gate) -> None:
    assert ask(gate, "/?" + "x" * LONGEST_ADDRESS).status == 414
    assert ask(gate, headers={"x-long": "x" * 40_000}).status == 431
    assert ask(gate, more=[("range", "bytes=" + ",".join(f"{n}-{n}" for n in range(100)))]).status == 200


@pytest.mark.parametrize("name", ["host", "origin", "sec-fetch-site", "content-length", "authorization"])
def test_a_header_that_decides_cannot_be_there_twice(gate: Gate, name: str) -> None:
    first = {name: HOST if name == "host" else "x"}
    assert ask(gate, headers=first, more=[(name, "evil.example")]).status == 400


@pytest.mark.parametrize("path", PATHS)
def test_no_websocket_is_opened(gate: Gate, path: str) -> None:
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(gate({"type": "websocket", "path": path, "headers": []}, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_a_host_of_ones_own_is_the_only_name() -> None:
    assert hosts("Desk.example", 9000, ["FE80::1"]) == {"desk.example:9000", "[fe80::1]:9000"}
    assert hosts("10.0.0.5", 9000) == {"10.0.0.5:9000"}
    assert hosts("127.0.0.1", 80) >= {"127.0.0.1", "localhost:80"}
    assert hosts("::1", 9000) == {"127.0.0.1:9000", "localhost:9000", "[::1]:9000"}


def test_a_browser_that_asks_for_an_icon_is_not_told_that_something_is_missing(gate: Gate) -> None:
    assert ask(gate, "/favicon.ico").status == ask(gate, "/favicon.ico", let_in=False).status == 204
