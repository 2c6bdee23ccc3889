"""One client's connection: requests in, one after another, with bounds on their heads.

Slow and oversized heads are an old way to hold a server's memory and connections (Slowloris).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

import httptools

from hegui.gateway.bounded import HEAD_TOO_LARGE, MOST_HEAD, NOT_HTTP, raw
from hegui.gateway.errors import GatewayError
from hegui.gateway.http.exchange import Exchange, Field, ReaderLeft

if TYPE_CHECKING:
    from hegui.gateway.alarms import Alarm, Alarms

#: Fields that tell of a body.
_BODY = (b"content-length", b"transfer-encoding")
#: Of a body that nobody reads so much is passed over after its answer, in bytes; then the
#: connection closes.
_MOST_SKIPPED = 1 << 20
_log = logging.getLogger("hegui.gateway")


class Host(Protocol):
    """What a connection needs of the server.

    Attributes:
        app: answers a request.
        heads: limits on how long a head takes.
        idle: limits on how long a connection stays unused.
        connections: those that are open.
        stopping: nothing new is taken.
    """

    app: Callable[[Exchange], Awaitable[None]]
    heads: "Alarms"
    idle: "Alarms"
    connections: "set[Connection]"
    stopping: bool

    def date(self) -> bytes:
        """The head's line of the time."""


class Connection(asyncio.Protocol):
    """A connection, made by the event loop.

    Args:
        host: the server.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._parser = httptools.HttpRequestParser(self)
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._clock: Alarm | None = None
        self._held = False
        self._room: asyncio.Future[None] | None = None
        # The head that comes.
        self._in_head = True
        self._head_bytes = 0
        self._target = b""
        self._headers: list[Field] = []
        self._invited = True
        #: The request whose body comes, the one being answered, and those that wait their turn.
        self._incoming: Exchange | None = None
        self._current: Exchange | None = None
        self._task: asyncio.Task[None] | None = None
        self._waiting: deque[Exchange] = deque()
        self._skipped = 0

    # What the event loop tells.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The clock of the first head starts."""
        self._transport = transport
        self._host.connections.add(self)
        self._clock = self._host.heads.set(self._late)

    def data_received(self, data: bytes) -> None:
        """Bytes came; count what belongs to a head that is not whole yet."""
        if self._in_head:
            if self._head_bytes == 0 and self._current is None:
                self._stop_clock()
                self._clock = self._host.heads.set(self._late)
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._close_after()  # answered as if it had not asked for another protocol
        except httptools.HttpParserError:
            self._refuse(NOT_HTTP)
            return
        if self._in_head and self._head_bytes > MOST_HEAD:
            self._refuse(HEAD_TOO_LARGE)

    def pause_writing(self) -> None:
        """The client does not read as fast as we write."""
        self._room = self._loop.create_future()

    def resume_writing(self) -> None:
        """There is room again."""
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client left, or we closed."""
        del exc
        self._stop_clock()
        self._host.connections.discard(self)
        self._waiting.clear()
        if self._current is not None:
            self._current.leave()
        self.resume_writing()

    # What the parser tells.

    def on_message_begin(self) -> None:
        """A head begins."""
        self._target = b""
        self._headers = []
        self._invited = True

    def on_url(self, url: bytes) -> None:
        """A piece of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field; what follows a body in chunks is none of the head's."""
        if self._in_head:
            name = name.lower()
            if name == b"expect" and value.lower() == b"100-continue":
                self._invited = False
            self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._head_bytes = 0
        self._stop_clock()
        if self._parser.should_upgrade() and any(name in _BODY for name, _ in self._headers):
            self._refuse(_NO_UPGRADE)  # its body would be taken for the other protocol's
            return
        old = self._parser.get_http_version() == "1.0"
        exchange = Exchange(
            self,
            self._parser.get_method().decode("ascii"),
            self._target if self._target.startswith(b"/") else _path_of(self._target),
            self._headers,
            keep=not old and self._parser.should_keep_alive() and not self._host.stopping,
            chunked=not old,
            invited=self._invited,
        )
        self._incoming = exchange
        if self._current is None:
            self._begin(exchange)
        else:
            self._waiting.append(exchange)
            self.hold()

    def on_body(self, data: bytes) -> None:
        """A piece of the body."""
        exchange = self._incoming
        if exchange is None:
            return
        exchange.feed(data)
        if exchange.ended:
            self._skipped += len(data)
            if self._skipped > _MOST_SKIPPED:
                self._transport.close()

    def on_message_complete(self) -> None:
        """The request is whole; the next bytes belong to the next head."""
        self._in_head = True
        self._skipped = 0
        if self._incoming is not None:
            self._incoming.complete()
            self._incoming = None

    # What an exchange asks for.

    def write(self, data: bytes) -> None:
        """Send bytes."""
        self._transport.write(data)

    async def drain(self) -> None:
        """Wait while the client does not take what was written."""
        if self._room is not None:
            await asyncio.shield(self._room)

    def read_on(self, *, invite: bool) -> None:
        """Take in more; with ``invite``, say so to a client that waits to be asked."""
        if invite:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if self._held and not self._waiting:
            self._held = False
            self._transport.resume_reading()

    def hold(self) -> None:
        """Take in nothing for now."""
        if not self._held:
            self._held = True
            self._transport.pause_reading()

    def date(self) -> bytes:
        """The head's line of the time."""
        return self._host.date()

    def finished(self) -> None:
        """An answer has left: the next request, if there is one."""
        done, self._current, self._task = self._current, None, None
        if done is None or not done.keep or self._host.stopping:
            self._transport.close()
            return
        if self._waiting:
            self._begin(self._waiting.popleft())
        elif self._clock is None:
            self._clock = self._host.idle.set(self._late)
        self.read_on(invite=False)

    # What the server asks for.

    def shut(self) -> None:
        """Close once what is being answered has left."""
        if self._current is None:
            self._transport.close()
        else:
            self._current.keep = False

    def cut(self) -> None:
        """Close now, whatever is being answered."""
        if self._task is not None:
            self._task.cancel()
        self._transport.abort()

    def _begin(self, exchange: Exchange) -> None:
        self._current = exchange
        self._task = self._loop.create_task(self._answer(exchange))

    async def _answer(self, exchange: Exchange) -> None:
        try:
            await self._host.app(exchange)
        except ReaderLeft:
            return
        except asyncio.CancelledError:
            self._transport.close()
            raise
        except Exception:  # noqa: BLE001  told to the log and to the client
            _log.exception("a request was not answered")
        if exchange.ended or exchange.gone:
            return
        if exchange.started:
            self._transport.close()  # the client sees that it is cut
            return
        headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
        await exchange.answer(HTTPStatus.INTERNAL_SERVER_ERROR, headers, _INTERNAL.json())

    def _refuse(self, error: GatewayError) -> None:
        """What comes is no request: say so, unless an earlier one is still being answered."""
        current = self._current
        if current is None or (current is self._incoming and not current.started):
            self._transport.write(raw(error))
            self._transport.close()
        else:
            self.hold()
            self._close_after()

    def _close_after(self) -> None:
        if self._current is not None:
            self._current.keep = False

    def _late(self) -> None:
        self._clock = None
        if self._current is None:
            self._transport.close()

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


def _path_of(target: bytes) -> bytes:
    """The path of a whole address, as one asks a proxy for it (RFC 9112, 3.2.2)."""
    try:
        parts = httptools.parse_url(target)
    except httptools.HttpParserInvalidURLError:
        return target  # OPTIONS *, which leads nowhere here
    query = b"?" + parts.query if parts.query else b""
    return (parts.path or b"/") + query


_NO_UPGRADE = GatewayError(
    "upgrade_refused",
    status=400,
    zh="此地址只支持 HTTP/1.1，请求要求改用其他协议（Upgrade）。请去掉该头后重发。",
    en="This address speaks HTTP/1.1 alone, and the request asks for another protocol (Upgrade). "
    "Leave that header out and send it again.",
)
_INTERNAL = GatewayError(
    "internal",
    status=500,
    zh="服务内部出错，请求未完成。请稍后重试；若持续出现，请联系服务方。",
    en="The service failed inside, and the request was not completed. Try again later; if it goes "
    "on, tell the provider.",
)
