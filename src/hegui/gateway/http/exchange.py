"""One request and its answer, as the API sees them: its body comes, and pieces leave.

Flow control goes both ways: what nobody reads is not taken in beyond a bound, and ``write`` waits
while the reader's buffer is full.
"""

import asyncio
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Protocol

from hegui.gateway.waiter import Waiter

Field = tuple[bytes, bytes]
_CLOSE = (b"connection", b"close")
_LINES = {one.value: f"HTTP/1.1 {one.value} {one.phrase}\r\n".encode() for one in HTTPStatus}
#: Answers that have no body, nor a length of it (RFC 9110, 8.6).
_BODILESS = (204, 304)
#: Of a body that nobody reads so much is taken in before its sender has to wait, in bytes.
_MOST_UNREAD = 65_536
#: A longer answer leaves in pieces of this many bytes, so that it is not copied as a whole.
_PIECE = 1 << 20


class ReaderLeft(Exception):  # noqa: N818  an event, not a fault
    """The client closed the connection."""


class Wire(Protocol):
    """What an exchange needs of its connection.

    Attributes:
        loop: the event loop.
        write: sends bytes.
        date: the head's line of the time.
        full: there while the client does not take what was written.
    """

    loop: asyncio.AbstractEventLoop
    write: Callable[[bytes], None]
    date: Callable[[], bytes]
    full: asyncio.Future[None] | None

    async def drain(self) -> None:
        """Wait while it is full."""

    def read_on(self, *, invite: bool) -> None:
        """Take in more of the body; with ``invite``, the client waits to be asked for it."""

    def hold(self) -> None:
        """Take in nothing for now."""

    def finished(self) -> None:
        """The answer is whole."""

    def cancel(self) -> None:
        """Cancel the task that answers."""


class Exchange(Waiter):
    """A request whose head is here, and the answer to it.

    Args:
        wire: its connection.
        method: such as ``POST``.
        target: what is asked for, a path with its query.
        fields: of the head, names in lower case and values, as they came.
        headers: the same by name; of a name that came twice, the last one.
        keep: the connection may serve another request after this one.
        chunked: the client reads an answer in chunks; else its end is the connection's.

    Attributes:
        method, target, fields, headers, keep: as given.
        invited: no word is needed before the client sends the body.
        whole: the body has come to its end.
        gone: the client has left.
        started: the answer has begun to leave.
        ended: the answer has left.
        on_leave: called when the client leaves before that; none: nobody need know at once.
    """

    __slots__ = (
        "_chunked",
        "_head",
        "_pieces",
        "_unread",
        "_wire",
        "ended",
        "fields",
        "gone",
        "headers",
        "invited",
        "keep",
        "method",
        "on_leave",
        "started",
        "target",
        "whole",
    )

    def __init__(
        self,
        wire: Wire,
        method: str,
        target: bytes,
        fields: Sequence[Field],
        headers: dict[bytes, bytes],
        *,
        keep: bool,
        chunked: bool,
    ) -> None:
        self._waiter = None
        self._wire = wire
        self.method = method
        self.target = target
        self.fields = fields
        self.headers = headers
        self.keep = keep
        self._chunked = chunked
        self.invited = True
        self._pieces: list[bytes] = []
        self._unread = 0
        self._head = b""
        self.whole = False
        self.gone = False
        self.started = False
        self.ended = False
        self.on_leave: Callable[[], object] | None = None

    async def read(self) -> bytes:
        """What came of the body since the last time, waiting for something; empty at its end.

        Raises:
            ReaderLeft: the client closed the connection, even if all of the body is here.
        """
        while not self._pieces and not self.whole and not self.gone:
            self._wire.read_on(invite=not self.invited)
            self.invited = True
            await self._woken(self._wire.loop)
        return self.taken()

    def taken(self) -> bytes:
        """What came of the body since the last time, be it nothing.

        Raises:
            ReaderLeft: as of :meth:`read`.
        """
        if self.gone:
            raise ReaderLeft
        data = b"".join(self._pieces)
        self._pieces.clear()
        self._unread = 0
        return data

    async def over(self) -> None:
        """Wait until the answer has left or the client has."""
        while not self.ended and not self.gone:
            await self._woken(self._wire.loop)

    def cancel(self) -> None:
        """Cancel the task that answers it."""
        self._wire.cancel()

    async def answer(self, status: int, headers: Sequence[Field], body: bytes) -> None:
        """Send a whole answer."""
        framing = b"" if status in _BODILESS else b"content-length: %d\r\n" % len(body)
        head = self._made(status, headers, framing)
        if self.method == "HEAD":
            body = b""
        if len(body) > _PIECE:
            self._put(head)
            for start in range(0, len(body), _PIECE):
                await self._wire.drain()
                self._put(body[start : start + _PIECE])
            head = body = b""
        self._finish(head + body)

    def begin(self, status: int, headers: Sequence[Field], length: bytes = b"") -> None:
        """Begin an answer that comes in pieces; its head leaves with the first of them.

        Args:
            status: such as 200.
            headers: without those that frame the body.
            length: of the body, in digits, if it is known.
        """
        if length:
            self._chunked = False
            self._head = self._made(status, headers, b"content-length: %b\r\n" % length)
        elif self._chunked:
            self._head = self._made(status, headers, b"transfer-encoding: chunked\r\n")
        else:
            self.keep = False
            self._head = self._made(status, headers, b"")

    async def write(self, data: bytes) -> None:
        """Send a piece of the body, once there is room for it."""
        if self._wire.full is not None:
            await self._wire.drain()
        if self.method == "HEAD":
            data = b""
        elif data and self._chunked:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        if self._head:
            data = self._head + data
            self._head = b""
        self._put(data)

    def end(self) -> None:
        """The last piece was written."""
        last = b"0\r\n\r\n" if self._chunked and self.method != "HEAD" else b""
        head, self._head = self._head, b""
        self._finish(head + last)

    def feed(self, data: bytes) -> None:
        """From the connection: a piece of the body came."""
        self._pieces.append(data)
        self._unread += len(data)
        if self._unread > _MOST_UNREAD:
            self._wire.hold()
        if self._waiter is not None:
            self.wake()

    def complete(self) -> None:
        """From the connection: the body has come to its end."""
        self.whole = True
        if self._waiter is not None:
            self.wake()

    def leave(self) -> None:
        """From the connection: the client has left."""
        self.gone = True
        self.wake()
        if self.on_leave is not None and not self.ended:
            self.on_leave()

    def _made(self, status: int, headers: Sequence[Field], framing: bytes) -> bytes:
        head = _LINES[status] + self._wire.date() + framing
        for field in headers:
            head += b"%b: %b\r\n" % field
        if _CLOSE in headers:
            self.keep = False
        elif not self.keep:
            head += b"connection: close\r\n"
        return head + b"\r\n"

    def _put(self, data: bytes) -> None:
        self.started = True
        if data and not self.gone:
            self._wire.write(data)

    def _finish(self, last: bytes) -> None:
        self.started = self.ended = True
        if self._waiter is not None:
            self.wake()
        if not self.gone:
            self._wire.write(last)
            self._wire.finished()
