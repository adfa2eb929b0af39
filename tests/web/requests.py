"""Requests to the page without a network: what is sent is given header by header, as an attacker would."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote, urlencode

from plenipo.web.gate import COOKIE, Gate

HOST = "127.0.0.1:8765"


@dataclass(frozen=True)
class Answered:
    """What was answered: its status, its headers (the last of each name), and its text."""

    status: int
    headers: Mapping[str, str]
    text: str


def ask(gate: Gate, address: str = "/", method: str = "GET", **said: Any) -> Answered:
    """Return the answer to one request, as `asked` does."""
    return asyncio.run(asked(gate, address, method, **said))


async def asked(
    gate: Gate,
    address: str = "/",
    method: str = "GET",
    *,
    headers: Mapping[str, str] | None = None,
    more: Iterable[tuple[str, str]] = (),
    body: bytes | Iterable[bytes] = b"",
    let_in: bool = True,
    gone: bool = False,
) -> Answered:
    """
    Return the answer to one of several requests.

    It is from a browser that was let in and waits for the answer, unless it says otherwise.
    """
    path, _, query = address.partition("?")
    given = {"host": HOST, **({"cookie": f"{COOKIE}={gate.key.secret}"} if let_in else {}), **(headers or {})}
    pairs = [(name, value) for name, value in given.items() if value != "-"] + list(more)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8765),
    }
    parts = [body] if isinstance(body, bytes) else list(body)
    messages = [
        {"type": "http.request", "body": part, "more_body": place < len(parts)} for place, part in enumerate(parts, 1)
    ]
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        if messages:
            return messages.pop(0)
        if not gone:
            await asyncio.Event().wait()  # whoever asked waits for the answer
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await gate(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    text = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    found = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return Answered(start["status"], found, text.decode("utf-8", "replace"))


def post(gate: Gate, address: str, **form: str) -> Answered:
    """Return the answer to a form."""
    body = urlencode(form).encode("utf-8", "surrogatepass")
    return ask(gate, address, "POST", headers={"content-type": "application/x-www-form-urlencoded"}, body=body)


def said(answered: Answered) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answered.text)).split())
