"""Listens at one address and answers each request with one function."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate

from hegui.gateway.bounded import HEAD_SECONDS
from hegui.gateway.http.connection import Connection
from hegui.gateway.http.exchange import Exchange

#: A connection that nobody uses is closed after so long, in seconds.
_IDLE_SECONDS = 30.0
_BACKLOG = 2048


class Server:
    """HTTP/1.1 at one address; made in the event loop that it runs in.

    Args:
        app: answers a request.
        grace: how long a stop waits for answers in progress, in seconds.

    Attributes:
        app: as given.
        head_seconds, idle_seconds: limits on a head and on an unused connection.
        connections: those that are open.
        stopping: nothing new is taken.
        started: it answers.
    """

    def __init__(self, app: Callable[[Exchange], Awaitable[None]], grace: float) -> None:
        self.app = app
        self.head_seconds = HEAD_SECONDS
        self.idle_seconds = _IDLE_SECONDS
        self.connections: set[Connection] = set()
        self.stopping = False
        self.started = False
        self._grace = grace
        self._stop = asyncio.Event()
        self._second = 0
        self._date = b""

    async def serve(self, bound: socket.socket) -> None:
        """Answer at a bound socket until :meth:`stop`; it is closed then."""
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(lambda: Connection(self), sock=bound, backlog=_BACKLOG)
        self.started = True
        try:
            await self._stop.wait()
        finally:
            self.stopping = True
            listening.close()
            bound.close()
            for connection in list(self.connections):
                connection.shut()
            await self._wait()

    def stop(self) -> None:
        """Take nothing new; answers in progress may end."""
        self._stop.set()

    def date(self) -> bytes:
        """The head's line of the time (RFC 9110, 6.6.1), made once a second."""
        second = int(time.time())
        if second != self._second:
            self._second = second
            self._date = f"date: {formatdate(second, usegmt=True)}\r\n".encode()
        return self._date

    async def _wait(self) -> None:
        """Let answers in progress end for a while, then cut them."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._grace
        while self.connections and loop.time() < until:  # noqa: ASYNC110  a count, no event
            await asyncio.sleep(0.02)
        for connection in list(self.connections):
            connection.cut()
        while self.connections:  # noqa: ASYNC110  the loop tells each that it is closed
            await asyncio.sleep(0)
