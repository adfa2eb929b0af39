"""The server of the page: the routes behind the gate, on this machine alone unless told otherwise."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from plenipo.errors import UsageError
from plenipo.rulebook.model import Rulebook
from plenipo.web.gate import START, Gate, Key, hosts
from plenipo.web.json_api import json_api
from plenipo.web.pages import Pages

#: How many connections may be open, and how many seconds an idle one stays.
MOST_CONNECTIONS, IDLE_SECONDS = 200, 15


def app(rulebook: Rulebook, host: str, port: int, key: Key, folder: str | None = None) -> Gate:
    """Return the page as an ASGI app behind its gate."""
    routes = [*Pages(rulebook, folder).routes, Mount("/api/v1", json_api(rulebook))]
    return Gate(Starlette(routes=routes), key, hosts(host, port))


def serve(
    rulebook: Rulebook,
    host: str = "127.0.0.1",
    port: int = 8765,
    *,
    folder: str | None = None,
    tell: Callable[[str], None] = print,
) -> None:
    """
    Serve the page until interrupted; `tell` is called with each start-up link. Port 0 takes one that is free.

    Raises:
        UsageError: the port is taken, or the host is not one of this machine's.
    """
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared with

    def link(token: str) -> None:
        tell(f"http://{shown}:{port}{START}{token}")

    key = Key(link)
    link(key.token)
    config = uvicorn.Config(
        app(rulebook, host, port, key, folder),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        h11_max_incomplete_event_size=65_536,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(128)
    except OSError as wrong:
        listening.close()
        help = "name another with --port, or --port 0 for one that is free"
        raise UsageError(f"the page cannot be served at {host}:{port}: {wrong.strerror}", help=(help,)) from None
    return listening
