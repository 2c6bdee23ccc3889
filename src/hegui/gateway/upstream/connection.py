"""One connection to a model's server: HTTP/1.1, one question at a time, kept for the next.

Written on the parser that the server side uses, too: a general HTTP client costs a request more
than all else that the house does with it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, MutableSequence, Sequence

import httptools

from hegui.gateway.upstream.answer import Answer, ConnectionFailed
from hegui.gateway.watch import Watch

#: An answer's head is bounded: bytes of a field, fields, and bytes in all.
_MOST_FIELD = 8_190
_MOST_FIELDS = 128
_MOST_HEAD = 131_072
#: A question longer than this goes out in pieces of it, so that writing holds nobody up.
_PIECE = 1 << 20
_NOTHING = memoryview(b"")
#: Fields that tell where a body ends.
_FRAMING = (b"content-length", b"transfer-encoding")
_Field = tuple[bytes, bytes]
#: Where fields go that follow a body in chunks: nobody reads them.
_NOWHERE: deque[_Field] = deque(maxlen=0)


class Connection(asyncio.Protocol):
    """A connection, made by the event loop.

    Args:
        loop: the event loop.
        free: called with it when it has answered and can be asked again.
        lost: called with it when it has closed.

    Attributes:
        loop: as given.
        is_open: it can be asked.
        unused_since: when it was put by, by the loop's clock.
        watch: the time for what is waited for.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        free: Callable[["Connection"], None],
        lost: Callable[["Connection"], None],
    ) -> None:
        self.loop = loop
        self.is_open = False
        self.unused_since = 0.0
        self.watch = Watch(loop, self._late)
        self._free = free
        self._lost = lost
        self._pieces: list[bytes] = []
        #: The parser: a piece of the body. There may be hundreds in one read.
        self.on_body = self._pieces.append
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport
        self._answer: Answer | None = None
        self._head_bytes = 0  # or of what frames a body, since the last piece of it
        self._fields: MutableSequence[_Field] = []
        self._rest = _NOTHING
        self._paused = False
        self._held = False

    def ask(self, answer: Answer, head: bytes, body: bytes) -> None:
        """Send a question; its answer begins to come. The one before must be over."""
        if not self.is_open:
            answer.end(ConnectionFailed("closed"))
            return
        self._answer = answer
        self._head_bytes = 0
        if len(body) <= _PIECE:
            self._transport.write(head + body)
        else:
            self._transport.write(head)
            self._rest = memoryview(body)
            self.resume_writing()

    def pause(self) -> None:
        """Read no more for now."""
        if not self._held:
            self._held = True
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        self._held = False
        self._transport.resume_reading()

    def abort(self) -> None:
        """Close at once, whatever is under way."""
        self.is_open = False
        self._answer = None
        self._rest = _NOTHING
        self._transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The event loop has connected."""
        self._transport = transport
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """Bytes came; whoever waits is woken once, however much of the answer is in them."""
        answer = self._answer
        if answer is not None:
            answer.heard = True
        self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(error)
        if self._pieces:
            self._head_bytes = 0
            if answer is not None:
                answer.take(self._pieces)
            self._pieces.clear()
        if self._head_bytes > _MOST_HEAD:
            self._fail(ConnectionFailed("head too large"))
        elif answer is not None and not answer.over:
            answer.wake()

    def on_message_begin(self) -> None:
        """The parser: an answer begins."""
        if self._answer is None:
            raise ConnectionFailed("an answer that nobody asked for")

    def on_header(self, name: bytes, value: bytes) -> None:
        """The parser: a field."""
        self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """The parser: the head is whole."""
        answer = self._answer
        if answer is None:
            return
        fields = self._fields
        if len(fields) > _MOST_FIELDS or (self._head_bytes > _MOST_FIELD and _has_long(fields)):
            raise ConnectionFailed("head too large")
        status = self._parser.get_status_code()
        if status < 200:  # what is said before the answer (RFC 9110, 15.2)
            self._fields = []
            return
        self._fields = _NOWHERE
        self._head_bytes = 0
        answer.headers = dict(fields)
        answer.status = status

    def on_message_complete(self) -> None:
        """The parser: the answer is whole."""
        answer = self._answer
        if answer is None or not answer.status:
            return
        self._answer = None
        self._head_bytes = 0
        self._fields = []
        if self._held:
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

    def eof_received(self) -> None:
        """The event loop: the server says no more, and the connection closes."""
        self.is_open = False

    def connection_lost(self, exc: Exception | None) -> None:
        """The event loop: it is closed."""
        answer, self._answer = self._answer, None
        self.is_open = False
        self.watch.stop()
        self._rest = _NOTHING
        if answer is not None:
            # Without a length or chunks the body's end is the connection's.
            whole = exc is None and answer.status and answer.headers.keys().isdisjoint(_FRAMING)
            answer.end(None if whole else ConnectionFailed(str(exc or "closed")))
        self._lost(self)

    def _fail(self, error: Exception) -> None:
        answer = self._answer
        self.abort()
        if answer is not None:
            answer.end(ConnectionFailed(str(error)))

    def _late(self) -> None:
        if self._answer is not None:
            self._answer.late()


def _has_long(fields: Sequence[_Field]) -> bool:
    """Whether a field is longer than a head may have."""
    return any(len(name) + len(value) > _MOST_FIELD for name, value in fields)
