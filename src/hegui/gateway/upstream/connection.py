"""One connection to a model's server: HTTP/1.1, one question at a time, kept for the next.

Written on the parser that the server side uses, too: a general HTTP client costs a request more
than all else that the house does with it.
"""

import asyncio
from collections import deque
from collections.abc import Callable

import httptools

from hegui.gateway.waiter import Waiter

#: An answer's head is bounded: bytes of a field, fields, and bytes in all.
_MOST_FIELD = 8_190
_MOST_FIELDS = 128
_MOST_HEAD = 131_072
#: Of an answer that nobody reads so much is taken in before its sender has to wait.
_MOST_UNREAD = 131_072
#: A question longer than this goes out in pieces of it, so that writing holds nobody up.
_PIECE = 1 << 20
_NOTHING = memoryview(b"")


class ConnectionFailed(Exception):  # noqa: N818  told apart from Python's ConnectionError
    """The connection ended, or what came over it is no answer."""


class Answer(Waiter):
    """An answer while it comes.

    Attributes:
        status: its HTTP status; 0 before its head is here.
        headers: its fields, names in lower case.
        heard: whether any byte of it came.
    """

    __slots__ = (
        "_connection",
        "_error",
        "_over",
        "_pieces",
        "headers",
        "heard",
        "status",
        "unread",
    )

    def __init__(self, connection: "Connection") -> None:
        super().__init__()
        self.status = 0
        self.headers: dict[str, str] = {}
        self.heard = False
        self.unread = 0
        self._connection = connection
        self._pieces: deque[bytes] = deque()
        self._over = False
        self._error: Exception | None = None

    @property
    def content_type(self) -> str:
        """Media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def ready(self) -> bool:
        """Whether reading needs no wait."""
        return bool(self._pieces) or self._over

    async def head(self) -> None:
        """Wait until status and headers are here.

        Raises:
            ConnectionFailed: they don't come.
        """
        while not self.status:
            if self._over:
                raise self._error or ConnectionFailed("closed")
            await self._wait()

    async def read(self) -> bytes:
        """What came since the last time, waiting for something; empty at the end.

        Raises:
            ConnectionFailed: the answer broke off.
        """
        while not self._pieces:
            if self._over:
                if self._error is not None:
                    raise self._error
                return b""
            await self._wait()
        pieces = self._pieces
        data = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        pieces.clear()
        if self.unread > _MOST_UNREAD and not self._over:
            self._connection.resume()
        self.unread = 0
        return data

    def close(self) -> None:
        """Nobody reads on: unless the answer is whole its connection is closed at once."""
        if not self._over:
            self._connection.abort()
            self.end()

    def take(self, data: bytes) -> None:
        """A piece of its body came."""
        self._pieces.append(data)
        self.unread += len(data)
        if self.unread > _MOST_UNREAD:
            self._connection.pause()
        self.wake()

    def end(self, error: Exception | None = None) -> None:
        """Nothing more of it comes; with an error, it is not whole."""
        self._over = True
        self._error = error
        self.wake()


class Connection(asyncio.Protocol):
    """A connection, made by the event loop.

    Args:
        free: called with it when it has answered and can be asked again.
        lost: called with it when it has closed.
    """

    def __init__(
        self, free: Callable[["Connection"], None], lost: Callable[["Connection"], None]
    ) -> None:
        self._free = free
        self._lost = lost
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport
        self._answer: Answer | None = None
        self._in_head = True
        self._head_bytes = 0
        self._fields = 0
        self._framed = False
        self._rest = _NOTHING
        self._paused = False

    @property
    def is_open(self) -> bool:
        """Whether it can be asked."""
        return not self._transport.is_closing()

    def ask(self, head: bytes, body: bytes) -> Answer:
        """Send a question; its answer begins to come. The one before must be over."""
        answer = Answer(self)
        if not self.is_open:
            answer.end(ConnectionFailed("closed"))
            return answer
        self._answer = answer
        self._in_head = True
        self._head_bytes = self._fields = 0
        if len(body) <= _PIECE:
            self._transport.write(head + body)
        else:
            self._transport.write(head)
            self._rest = memoryview(body)
            self.resume_writing()
        return answer

    def pause(self) -> None:
        """Read no more for now."""
        self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        self._transport.resume_reading()

    def abort(self) -> None:
        """Close at once, whatever is under way."""
        self._answer = None
        self._rest = _NOTHING
        self._transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The event loop has connected."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        if self._answer is not None:
            self._answer.heard = True
        if self._in_head:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(error)
            return
        if self._in_head and self._head_bytes > _MOST_HEAD:
            self._fail(ConnectionFailed("head too large"))

    def on_message_begin(self) -> None:
        """The parser: an answer begins."""
        if self._answer is None:
            raise ConnectionFailed("an answer that nobody asked for")

    def on_header(self, name: bytes, value: bytes) -> None:
        """The parser: a field of the head, or of what follows a body in chunks."""
        self._fields += 1
        if self._fields > _MOST_FIELDS or len(name) + len(value) > _MOST_FIELD:
            raise ConnectionFailed("head too large")
        if self._in_head and self._answer is not None:
            self._answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """The parser: the head is whole."""
        answer = self._answer
        status = self._parser.get_status_code()
        if answer is None:
            return
        if status < 200:  # what is said before the answer (RFC 9110, 15.2)
            answer.headers.clear()
            return
        headers = answer.headers
        self._framed = "content-length" in headers or "transfer-encoding" in headers
        self._in_head = False
        answer.status = status
        answer.wake()

    def on_body(self, data: bytes) -> None:
        """The parser: a piece of the body."""
        if self._answer is not None:
            self._answer.take(data)

    def on_message_complete(self) -> None:
        """The parser: the answer is whole."""
        answer = self._answer
        if answer is None or not answer.status:
            return
        self._answer = None
        if answer.unread > _MOST_UNREAD:
            self.resume()
        answer.end()
        unsent = self._rest or self._transport.get_write_buffer_size()
        if unsent or not self._parser.should_keep_alive():
            self.abort()
        else:
            self._free(self)

    def pause_writing(self) -> None:
        """The event loop: the server does not read as fast as we write."""
        self._paused = True

    def resume_writing(self) -> None:
        """The event loop: there is room, again."""
        self._paused = False
        while self._rest and not self._paused:
            piece, self._rest = self._rest[:_PIECE], self._rest[_PIECE:]
            self._transport.write(piece)

    def connection_lost(self, exc: Exception | None) -> None:
        """The event loop: it is closed."""
        answer, self._answer = self._answer, None
        self._rest = _NOTHING
        if answer is not None:
            # Without a length or chunks the body's end is the connection's.
            whole = exc is None and answer.status and not self._framed
            answer.end(None if whole else ConnectionFailed(str(exc or "closed")))
        self._lost(self)

    def _fail(self, error: Exception) -> None:
        answer = self._answer
        self.abort()
        if answer is not None:
            answer.end(ConnectionFailed(str(error)))
