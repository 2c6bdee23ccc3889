"""An answer over HTTP while it comes: its head, its pieces, and how long it may stay silent."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING

from hegui.gateway.sse import broken
from hegui.gateway.upstream.base import read_all
from hegui.gateway.upstream.failures import failure
from hegui.gateway.waiter import Waiter

if TYPE_CHECKING:
    from hegui.gateway.upstream.connection import Connection

#: Of an answer that nobody reads so much is taken in before its sender has to wait.
_MOST_UNREAD = 131_072
_IDENTITY = b"identity"


class ConnectionFailed(Exception):  # noqa: N818  told apart from Python's ConnectionError
    """The connection ended, or what came over it is no answer."""


class Answer(Waiter):
    """An answer; once it has begun it is a :class:`hegui.gateway.upstream.UpstreamReply`.

    Args:
        connection: it comes over this one.
        upstream: name of the server.
        idle_seconds: the longest silence once it has begun.

    Attributes:
        upstream: as given.
        status: its HTTP status; 0 before its head is here.
        headers: its fields, names in lower case.
        heard: whether any byte of it came.
        over: nothing more of it comes.
    """

    __slots__ = (
        "_connection",
        "_error",
        "_idle",
        "_pieces",
        "_unread",
        "headers",
        "heard",
        "over",
        "status",
        "upstream",
    )

    def __init__(self, connection: "Connection", upstream: str, idle_seconds: float) -> None:
        self._waiter = None
        self._connection = connection
        self.upstream = upstream
        self._idle = idle_seconds
        self.status = 0
        self.headers: Mapping[bytes, bytes] = {}
        self.heard = False
        self.over = False
        self._error: Exception | None = None
        self._pieces: list[bytes] = []
        self._unread = 0

    @property
    def content_type(self) -> str:
        """Media type without parameters."""
        found = self.headers.get(b"content-type", b"").decode("latin-1")
        return found.partition(";")[0].strip().lower()

    async def begin(self, due: float) -> None:
        """Wait for its head and, if that tells of a success, for the first bytes of its body.

        Up to here another server may still be asked, so more than the head is waited for.

        Args:
            due: when that has taken too long, by the loop's clock.

        Raises:
            ConnectionFailed: they don't come, or nobody here could read them.
            TimeoutError: not in time.
        """
        try:
            while not self.status:
                await self._more(due)
            if self.status != 200:
                return
            if self.headers.get(b"content-encoding", _IDENTITY) != _IDENTITY:
                raise ConnectionFailed("packed")  # noqa: TRY301  closed like every other failure
            while not self._pieces:
                await self._more(due)
        except BaseException:  # the reader leaving, too: the model stops at once
            self.close()
            raise

    async def read(self, due: float) -> bytes:
        """What came since the last time, waiting for something; empty at the end.

        Args:
            due: as of :meth:`begin`.

        Raises:
            ConnectionFailed: the answer broke off.
            TimeoutError: nothing came in time.
        """
        while not self._pieces:
            if self.over and self._error is None:
                return b""
            await self._more(due)
        return self._taken()

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Raw body bytes, one item a read."""
        return self

    async def __anext__(self) -> bytes:
        while not self._pieces:
            if self.over:
                error, self._error = self._error, None
                if error is None:
                    raise StopAsyncIteration
                if isinstance(error, TimeoutError):
                    raise failure("upstream_timeout", retryable=False) from error
                raise broken("connection") from error
            await self._more(self._connection.loop.time() + self._idle)
        return self._taken()

    async def whole(self, most: int) -> bytes:
        """All of its body; see :class:`hegui.gateway.upstream.UpstreamReply`."""
        if self.over and self._error is None and self._unread <= most:
            return self._taken()
        return await read_all(self, most)

    async def aclose(self) -> None:
        """Close the connection, unless the body came to its end and it can be used again."""
        self.close()

    def close(self) -> None:
        """Nobody reads on: unless the answer is whole its connection is closed at once."""
        self._pieces.clear()
        if not self.over:
            self._connection.abort()
            self.end()

    def take(self, pieces: list[bytes]) -> None:
        """From the connection: so much of its body came at once."""
        self._pieces += pieces
        self._unread += sum(map(len, pieces))
        if self._unread > _MOST_UNREAD and not self.over:
            self._connection.pause()

    def end(self, error: Exception | None = None) -> None:
        """Nothing more of it comes; with an error, it is not whole."""
        self.over = True
        self._error = error
        self.wake()

    def late(self) -> None:
        """From the connection: the time for what is waited for has passed."""
        if self._waiter is not None:
            self._connection.abort()
            self.end(TimeoutError())

    def _more(self, due: float) -> asyncio.Future[None]:
        """Await it, to wait for more of it; by ``due`` that has taken too long.

        Raises:
            ConnectionFailed: nothing more comes.
            TimeoutError: it has taken too long already.
        """
        if self.over:
            raise self._error or ConnectionFailed("closed")
        connection = self._connection
        connection.watch.until(due)
        return self._woken(connection.loop)

    def _taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        if self._unread > _MOST_UNREAD and not self.over:
            self._connection.resume()
        self._unread = 0
        return data
