"""Turns: a few requests are worked out at once, the others wait, and more than may wait are refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

#: As many requests of the page, and as many of the API, are worked out at once. So programs slow a page down no
#: further, however many they are.
AT_ONCE = 2
#: As many of each wait or are worked out: together they leave connections free for those who are refused.
MOST = 75
#: The status of an answer to somebody who has gone.
GONE = 499
#: The answer to a request that comes when so many wait.
TOO_MANY = f"{MOST} requests are waiting already; ask again in a moment"


class TooManyError(Exception):
    """As many requests as may wait are there already."""


class Turns:
    """Has requests worked out in the order in which they came, `AT_ONCE` at a time."""

    def __init__(self) -> None:
        self._free, self._here = asyncio.Semaphore(AT_ONCE), 0

    async def answer(self, request: Request, work: Callable[[], Awaitable[Response]]) -> Response:
        """
        Return the answer that is worked out once it is a request's turn, or an empty one where nobody waits for it.

        Raises:
            TooManyError: `MOST` requests are there already.
        """
        if self._here >= MOST:
            raise TooManyError(TOO_MANY)
        self._here += 1
        try:
            async with self._free:
                return Response(status_code=GONE) if await request.is_disconnected() else await work()
        finally:
            self._here -= 1
