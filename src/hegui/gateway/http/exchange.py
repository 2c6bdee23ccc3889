"""One request and its answer, as the API sees them: its body comes, and pieces leave.

Flow control goes both ways: what nobody reads is not taken in beyond a bound, and ``write`` waits
while the reader's buffer is full.
"""

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
    """What an exchange needs of its connection."""

    def write(self, data: bytes) -> None:
        """Send bytes."""

    async def drain(self) -> None:
        """Wait while the client does not take what was written."""

    def read_on(self, *, invite: bool) -> None:
        """Take in more of the body; with ``invite``, the client waits to be asked for it."""

    def hold(self) -> None:
        """Take in nothing for now."""

    def date(self) -> bytes:
        """The head's line of the time."""

    def finished(self) -> None:
        """The answer is whole."""


class Exchange(Waiter):
    """A request whose head is here, and the answer to it.

    Args:
        wire: its connection.
        method: such as ``POST``.
        target: what is asked for, a path with its query.
        headers: names in lower case and values, as they came.
        keep: the connection may serve another request after this one.
        chunked: the client reads an answer in chunks; else its end is the connection's.
        invited: no word is needed before the client sends the body.

    Attributes:
        method, target, headers, keep: as given.
        whole: the body has come to its end.
        gone: the client has left.
        started: the answer has begun to leave.
        ended: the answer has left.
        on_leave: called when the client leaves before that; none: nobody need know at once.
    """

    __slots__ = (
        "_chunked",
        "_head",
        "_invited",
        "_pieces",
        "_unread",
        "_wire",
        "ended",
        "gone",
        "headers",
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
        headers: list[Field],
        *,
        keep: bool,
        chunked: bool,
        invited: bool,
    ) -> None:
        super().__init__()
        self._wire = wire
        self.method = method
        self.target = target
        self.headers = headers
        self.keep = keep
        self._chunked = chunked
        self._invited = invited
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
            self._wire.read_on(invite=not self._invited)
            self._invited = True
            await self._wait()
        if self.gone:
            raise ReaderLeft
        data = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        self._unread = 0
        return data

    async def over(self) -> None:
        """Wait until the answer has left or the client has."""
        while not self.ended and not self.gone:
            await self._wait()

    async def answer(self, status: int, headers: Sequence[Field], body: bytes) -> None:
        """Send a whole answer."""
        framing = b"" if status in _BODILESS else b"content-length: %d\r\n" % len(body)
        head = self._made(status, headers, framing)
        if self.method == "HEAD":
            body = b""
        if len(body) <= _PIECE:
            self._put(head + body)
        else:
            self._put(head)
            for start in range(0, len(body), _PIECE):
                await self._wire.drain()
                self._put(body[start : start + _PIECE])
        self._finish()

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
        await self._wire.drain()
        head, self._head = self._head, b""
        if self.method == "HEAD" or not data:
            data = b""
        elif self._chunked:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        self._put(head + data)

    def end(self) -> None:
        """The last piece was written."""
        last = b"0\r\n\r\n" if self._chunked and self.method != "HEAD" else b""
        self._put(self._head + last)
        self._head = b""
        self._finish()

    def feed(self, data: bytes) -> None:
        """From the connection: a piece of the body came."""
        if self.ended:
            return  # nobody reads it any more
        self._pieces.append(data)
        self._unread += len(data)
        if self._unread > _MOST_UNREAD:
            self._wire.hold()
        self.wake()

    def complete(self) -> None:
        """From the connection: the body has come to its end."""
        self.whole = True
        self.wake()

    def leave(self) -> None:
        """From the connection: the client has left."""
        self.gone = True
        self.wake()
        if self.on_leave is not None and not self.ended:
            self.on_leave()

    def _made(self, status: int, headers: Sequence[Field], framing: bytes) -> bytes:
        lines = [_LINES[status], self._wire.date(), framing]
        for name, value in headers:
            lines += (name, b": ", value, b"\r\n")
        if _CLOSE in headers:
            self.keep = False
        elif not self.keep:
            lines.append(b"connection: close\r\n")
        lines.append(b"\r\n")
        return b"".join(lines)

    def _put(self, data: bytes) -> None:
        self.started = True
        if data and not self.gone:
            self._wire.write(data)

    def _finish(self) -> None:
        self.ended = True
        self.wake()
        if not self.gone:
            self._wire.finished()
