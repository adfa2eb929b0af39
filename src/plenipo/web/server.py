"""The server of the page: the routes behind the gate, on this machine alone unless told otherwise."""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from plenipo.errors import UsageError, quoted
from plenipo.report.untrusted_text import clean
from plenipo.rulebook.model import Rulebook
from plenipo.web.gate import COOKIE, EVERYWHERE, START, App, Gate, Key, Receive, Scope, Send, bracketed, hosts
from plenipo.web.json_api import json_api
from plenipo.web.pages import Pages

#: How many connections may be open, how many seconds an idle one stays, and how many an answer has left at the end.
MOST_CONNECTIONS, IDLE_SECONDS, LAST_SECONDS = 200, 15, 1

#: The name of a host, or its number.
_HOST = re.compile(r"[\w.-]+|\[[\da-f:.]+\]|[\da-f]*:[\da-f:.]*:[\da-f:.]*", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """Tells of a fault of plenipo where the server runs; who asked was told by then that there was one."""

    app: App

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the app answer."""
        try:
            await self.app(scope, receive, send)
        except Exception as fault:  # the server goes on, whatever it was
            if os.environ.get("PLENIPO_DEBUG"):
                traceback.print_exception(fault)
            said = clean(f"{type(fault).__name__}: {fault}")
            print(f"plenipo: internal error at {clean(scope['path'])}: {said}", file=sys.stderr)
            print("  help: this is a fault of plenipo; PLENIPO_DEBUG=1 shows where it happened", file=sys.stderr)


@dataclass(frozen=True)
class Where:
    """Where the page is served: the address to listen at, the port (0: one that is free), and other names for it."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: Sequence[str] = ()


def app(rulebook: Rulebook, hosts: frozenset[str], key: Key, folder: str | None = None) -> Gate:
    """Return the page as an ASGI app behind its gate."""
    pages = Pages(rulebook, folder)
    # the two that Starlette asks by status, and whatever else goes wrong
    faults = {404: pages.absent, 405: pages.absent, Exception: pages.broken}
    routes = [Mount("/api/v1", json_api(rulebook)), *pages.routes]
    found = Starlette(routes=routes, exception_handlers=faults)
    found.router.redirect_slashes = False
    return Gate(Told(found), key, hosts)


def serve(
    rulebook: Rulebook,
    where: Where,
    *,
    folder: str | None = None,
    tell: Callable[[str], None] = print,
    tell_word: Callable[[str], None] = lambda _: None,
) -> None:
    """
    Serve the page until interrupted.

    `tell` is called with each start-up link, and `tell_word` with the word that programs bring.

    Raises:
        UsageError: the port is taken, the host is not one of this machine's, or one of the names is none of a host.
        KeyboardInterrupt: it was interrupted.
    """
    _refuse_addresses(where.names)
    listening = _listen(where.host, where.port)
    port, own = listening.getsockname()[1], bracketed(where.host)
    shown = bracketed(next(iter(where.names), "127.0.0.1" if own in EVERYWHERE else own))
    key = Key(lambda token: tell(f"http://{shown}:{port}{START}{token}"), cookie=f"{COOKIE}-{port}")
    key.renew(key.token)
    tell_word(key.secret)
    config = uvicorn.Config(
        app(rulebook, hosts(where.host, port, where.names), key, folder),
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=LAST_SECONDS,
        h11_max_incomplete_event_size=65_536,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _refuse_addresses(names: Iterable[str]) -> None:
    """Refuse what is no name of a host, such as a whole address, and no number of one."""
    for name in names:
        if not _HOST.fullmatch(name):
            help = ("write the name alone, without `http://` and without the port, as in `--name desk.example`",)
            raise UsageError(f"{quoted(name)} is no name by which a page can be reached", help=help)


def _listen(host: str, port: int) -> socket.socket:
    if not host.strip():
        raise UsageError("the host is empty", help=("without --host, only this machine reaches the page",))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(128)
    except (OSError, UnicodeError) as wrong:
        listening.close()
        why = getattr(wrong, "strerror", None) or "there is no such host"
        taken = getattr(wrong, "errno", None) in {errno.EADDRINUSE, errno.EACCES}
        help = (
            "name another port with --port, or --port 0 for one that is free"
            if taken
            else "name an address of this machine with --host; without it, only this machine reaches the page"
        )
        raise UsageError(f"the page cannot be served at {host}:{port}: {why}", help=(help,)) from None
    return listening
