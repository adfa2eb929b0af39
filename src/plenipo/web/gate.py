"""
The gate before the page: who may ask, and for how much.

A page on this machine can be reached by every program on it and, through a browser, by every site that somebody has
open. So a request passes only if it names this server's own address and port, comes from no other site, and brings the
cookie that the start-up link gave. A refusal says why, and what helps. It is plain ASGI, so that nothing gets past it.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The name of the cookie, before what tells servers apart.
COOKIE = "plenipo"
#: The path of the start-up link, before its token.
START = "/start/"
#: A browser asks for this wherever a page names no icon, as a refusal does, and would report that it is missing.
ICON = "/favicon.ico"
#: As much as a request may say: its address, all of its headers, and its body.
LONGEST_ADDRESS, LONGEST_HEADERS, LONGEST_BODY = 16_384, 32_768, 1_000_000
#: How many seconds a body may take to come.
BODY_SECONDS = 10.0
METHODS = frozenset({"GET", "HEAD", "POST"})
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
#: What listens at every address of a machine.
EVERYWHERE = ("0.0.0.0", "[::]")  # noqa: S104 - compared with

#: What every answer tells the browser: nothing is fetched from elsewhere, framed, guessed, kept or passed on.
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # none at all would make a browser send forms without saying from where (`Origin: null`)
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


class RefusedError(Exception):
    """A request that does not pass: the status, why, and what helps."""

    def __init__(self, status: int, why: str, help: str) -> None:
        super().__init__(why)
        self.status, self.why, self.help = status, why, help


@dataclass
class Key:
    """
    What opens the page: the token of the start-up link, good for one use, and the secret that the cookie then holds.

    A browser keeps one cookie of a name for all ports of a host, so that pages side by side need a `cookie` each.
    `renew` is called with a new token when a link is tried that was used before, so that its owner finds a new one
    where the server runs.
    """

    renew: Callable[[str], None] = lambda _: None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = COOKIE
    used: bool = False

    def use(self, token: str) -> bool:
        """Return whether a token opens the page, which it does once; a new one is then shown where the server runs."""
        if self.used or not hmac.compare_digest(token.encode(), self.token.encode()):
            if self.used:
                self.token, self.used = secrets.token_urlsafe(24), False
                self.renew(self.token)
            return False
        self.used = True
        return True

    def opens(self, given: str) -> bool:
        """Return whether a cookie, or the word of a program behind `Authorization: Bearer`, is the secret."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.secret.encode())


@dataclass(frozen=True)
class Gate:
    """Lets requests to an app pass, or answers them itself."""

    app: App
    key: Key
    #: The names under which the server may be asked for, each with its port.
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the app answer it with headers that protect the reader."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await _close(receive, send)
            return
        try:
            headers = _headers(scope)
            self._check_origin(scope, headers)
            if scope["path"].startswith(START):
                await self._start(scope, headers, send)
                return
            if scope["path"] == ICON:
                await _answer(send, 204, "")
                return
            self._check_key(scope, headers)
            body = await _body(headers, receive) if scope["method"] == "POST" else b""
        except RefusedError as refused:
            await _answer(send, refused.status, f"{refused.why}\n{refused.help}\n", closing=True)
            return
        await self.app(scope, _given(body, receive), _protected(send))

    def _check_origin(self, scope: Scope, headers: Mapping[str, str]) -> None:
        """Refuse what is not meant for this server, or comes from another site."""
        host = headers.get("host", "")
        if host not in self.hosts:
            known = " or ".join(sorted(self.hosts))
            help = f"Open {known}, or start `plenipo serve` with --name and --port as you reach it."
            raise RefusedError(421, f"This server does not answer for the host `{host[:100]}`.", help)
        origin = headers.get("origin")
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} or origin not in {
            None,
            f"http://{host}",
        }:
            help = "Open the page by its own address: type it, or use the link that `plenipo serve` printed."
            raise RefusedError(403, "This request comes from another site.", help)
        if scope["method"] not in METHODS:
            raise RefusedError(405, f"The method {scope['method'][:20]} is not answered here.", "Use GET or POST.")
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise RefusedError(
                414, f"The address is longer than {LONGEST_ADDRESS:,} letters.", "Open a fact file instead."
            )

    async def _start(self, scope: Scope, headers: Mapping[str, str], send: Send) -> None:
        """Exchange the token of the start-up link for a cookie."""
        token = scope["path"].removeprefix(START)
        if self.key.opens(_cookie(headers, self.key.cookie)) or (scope["method"] == "GET" and self.key.use(token)):
            cookie = f"{self.key.cookie}={self.key.secret}; Path=/; HttpOnly; SameSite=Strict"
            await _answer(send, 303, "", {"location": "/", "set-cookie": cookie})
            return
        help = "Each link works once. A new one is printed where `plenipo serve` runs."
        raise RefusedError(403, "This link does not open the page.", help)

    def _check_key(self, scope: Scope, headers: Mapping[str, str]) -> None:
        """Refuse who did not come by the start-up link."""
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if not (
            self.key.opens(_cookie(headers, self.key.cookie))
            or (scope["path"].startswith("/api/") and self.key.opens(bearer))
        ):
            help = "Open the link that `plenipo serve` printed when it started; it lets this browser in."
            raise RefusedError(401, "This browser was not let in.", help)


def hosts(host: str, port: int, names: Iterable[str] = ()) -> frozenset[str]:
    """
    Return the names, each with its port, by which a server at a host may be asked for: on loopback, all of them.

    A server at every address of its machine has none besides but `names`: any other could be somebody else's.
    """
    bare = bracketed(host)
    own = LOOPBACK if bare in LOOPBACK or bare in EVERYWHERE else (bare,)
    known = [*own, *map(bracketed, names)]
    return frozenset(f"{name}:{port}" for name in known) | (frozenset(known) if port == 80 else frozenset())


def bracketed(host: str) -> str:
    """Return a host as it stands in an address."""
    return (f"[{host}]" if ":" in host and not host.startswith("[") else host).lower()


def _headers(scope: Scope) -> dict[str, str]:
    """
    Return the headers by name.

    Raises:
        RefusedError: they are too long, or one that decides who asks is there twice.
    """
    raw: Iterable[tuple[bytes, bytes]] = scope["headers"]
    if sum(len(name) + len(value) for name, value in raw) > LONGEST_HEADERS:
        raise RefusedError(
            431, f"The headers are longer than {LONGEST_HEADERS:,} letters.", "Clear the cookies of this page."
        )
    found: dict[str, str] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        if key in found and key in {"host", "origin", "sec-fetch-site", "content-length", "authorization"}:
            raise RefusedError(400, f"The header `{key}` is there twice.", "Send it once.")
        separator = "; " if key == "cookie" else ", "
        found[key] = f"{found[key]}{separator}{value.decode('latin-1')}" if key in found else value.decode("latin-1")
    return found


def _cookie(headers: Mapping[str, str], own: str) -> str:
    """Return what the cookie of this name holds."""
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == own:
            return value
    return ""


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes:
    """
    Return the body of a request.

    Raises:
        RefusedError: it is too long, too slow, or in parts, which no form here sends.
    """
    if "multipart" in headers.get("content-type", ""):
        raise RefusedError(415, "Forms in parts are not read here.", "Paste the text of the file into the field.")
    stated = headers.get("content-length", "0")
    if not (stated.isascii() and stated.isdigit()):
        raise RefusedError(400, "The length of the body is not a number.", "Send Content-Length as a number.")
    if int(stated) > LONGEST_BODY:
        raise _too_long()
    try:
        return await asyncio.wait_for(_received(receive), BODY_SECONDS)
    except TimeoutError:
        raise RefusedError(408, "The request took too long to come.", "Send it again.") from None


async def _received(receive: Receive) -> bytes:
    parts, length, more = list[bytes](), 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(400, "The request broke off.", "Send it again.")
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > LONGEST_BODY:
            raise _too_long()
        more = message.get("more_body", False)
    return b"".join(parts)


def _too_long() -> RefusedError:
    return RefusedError(413, f"More than {LONGEST_BODY:,} bytes were sent.", "A fact file is much shorter.")


def _given(body: bytes, receive: Receive) -> Receive:
    """Return what hands the app a body that was read already, and afterwards that whoever asked has gone."""
    left = [body]

    async def given() -> MutableMapping[str, Any]:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        while (message := await receive())["type"] == "http.request":
            pass
        return message

    return given


def _protected(send: Send) -> Send:
    """Return what sends an answer with the headers that protect the reader, whatever the app says of them."""

    async def protected(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = [(name, value) for name, value in message.get("headers", ()) if name.decode("latin-1") not in HEADERS]
            message = {**message, "headers": [*own, *_encoded(HEADERS)]}
        await send(message)

    return protected


async def _answer(
    send: Send, status: int, said: str, headers: Mapping[str, str] | None = None, *, closing: bool = False
) -> None:
    """Send a short answer in plain text; after a refusal nothing more of the request is read."""
    body = said.encode()
    own = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **(headers or {})}
    own |= {"connection": "close"} if closing else {}
    await send({"type": "http.response.start", "status": status, "headers": [*_encoded(own), *_encoded(HEADERS)]})
    await send({"type": "http.response.body", "body": body})


async def _close(receive: Receive, send: Send) -> None:
    """Refuse a websocket."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
