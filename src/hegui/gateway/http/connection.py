"""One client's connection: requests in, one after another, with bounds on their heads.

Slow and oversized heads are an old way to hold a server's memory and connections (Slowloris).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, MutableSequence, Sequence
from http import HTTPStatus
from typing import Protocol

import httptools

from hegui.gateway.bounded import HEAD_TOO_LARGE, MOST_HEAD, NOT_HTTP, raw
from hegui.gateway.errors import GatewayError
from hegui.gateway.http.exchange import Exchange, Field, ReaderLeft
from hegui.gateway.waiter import Waiter
from hegui.gateway.watch import Watch

#: Fields that tell of a body.
_BODY = (b"content-length", b"transfer-encoding")
#: Of a body that nobody reads so much is passed over after its answer, in bytes; then the
#: connection closes.
_MOST_SKIPPED = 1 << 20
#: Where fields go that follow a body in chunks: they are none of the head's.
_NOWHERE: deque[Field] = deque(maxlen=0)
_log = logging.getLogger("hegui.gateway")


class Host(Protocol):
    """What a connection needs of the server.

    Attributes:
        app: answers a request.
        head_seconds: the longest that a head may take.
        idle_seconds: the longest that a connection may stay unused.
        connections: those that are open.
        stopping: nothing new is taken.
    """

    app: Callable[[Exchange], Awaitable[None]]
    head_seconds: float
    idle_seconds: float
    connections: "set[Connection]"
    stopping: bool

    def date(self) -> bytes:
        """The head's line of the time."""


class Connection(Waiter, asyncio.Protocol):
    """A connection, made by the event loop; one task answers its requests in their order.

    Args:
        host: the server.

    Attributes:
        loop, write, date, full: see :class:`hegui.gateway.http.exchange.Wire`.
    """

    write: Callable[[bytes], None]

    def __init__(self, host: Host) -> None:
        self._waiter = None
        self._host = host
        self._parser = httptools.HttpRequestParser(self)
        self.loop = asyncio.get_running_loop()
        self.date = host.date
        self.full: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport
        #: Rings when a head has taken too long, or the next request has.
        self._watch = Watch(self.loop, self._late)
        self._held = False
        # The head that comes.
        self._head_bytes = 0  # or of what frames a body, since the last piece of it
        self._target = b""
        self._fields: MutableSequence[Field] = []
        #: The request whose body comes, the one being answered, and those that wait their turn.
        self._incoming: Exchange | None = None
        self._current: Exchange | None = None
        self._waiting: deque[Exchange] = deque()
        self._task: asyncio.Task[None] | None = None
        self._skipped = 0

    # What the event loop tells.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The clock of the first head starts."""
        self._transport = transport
        self.write = transport.write
        self._host.connections.add(self)
        self._watch.until(self.loop.time() + self._host.head_seconds)

    def data_received(self, data: bytes) -> None:
        """Bytes came; count them as long as they make no whole head and no piece of a body."""
        before = self._head_bytes
        self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._close_after()  # answered as if it had not asked for another protocol
        except httptools.HttpParserError:
            self._refuse(NOT_HTTP)
            return
        if self._head_bytes:
            self._in_part(begun=not before)

    def pause_writing(self) -> None:
        """The client does not read as fast as we write."""
        self.full = self.loop.create_future()

    def resume_writing(self) -> None:
        """There is room again."""
        full, self.full = self.full, None
        if full is not None and not full.done():
            full.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client left, or we closed."""
        del exc
        self._watch.stop()
        self._host.connections.discard(self)
        self._waiting.clear()
        if self._current is not None:
            self._current.leave()
        self.resume_writing()
        self.wake()

    # What the parser tells.

    def on_url(self, url: bytes) -> None:
        """A piece of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field."""
        self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._head_bytes = 0
        target, self._target = self._target, b""
        fields, self._fields = self._fields, _NOWHERE
        headers = dict(fields)
        parser = self._parser
        if parser.should_upgrade() and not headers.keys().isdisjoint(_BODY):
            self._refuse(_NO_UPGRADE)  # its body would be taken for the other protocol's
            return
        old = parser.get_http_version() == "1.0"
        exchange = Exchange(
            self,
            parser.get_method().decode("ascii"),
            target if target.startswith(b"/") else _path_of(target),
            fields,
            headers,
            keep=not old and parser.should_keep_alive() and not self._host.stopping,
            chunked=not old,
        )
        if b"expect" in headers:
            exchange.invited = not _waits(fields)
        self._incoming = exchange
        if self._current is None:
            self._begin(exchange)
        else:
            self._waiting.append(exchange)
            self.hold()

    def on_body(self, data: bytes) -> None:
        """A piece of the body."""
        self._head_bytes = 0
        exchange = self._incoming
        if exchange is None:
            return
        if not exchange.ended:
            exchange.feed(data)
            return
        self._skipped += len(data)  # nobody reads it any more
        if self._skipped > _MOST_SKIPPED:
            self._transport.close()

    def on_message_complete(self) -> None:
        """The request is whole; the next bytes belong to the next head."""
        self._head_bytes = 0
        self._fields = []
        self._skipped = 0
        if self._incoming is not None:
            self._incoming.complete()
            self._incoming = None

    # What an exchange asks for.

    async def drain(self) -> None:
        """Wait while the client does not take what was written."""
        if self.full is not None:
            await asyncio.shield(self.full)

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

    def finished(self) -> None:
        """An answer has left: the next request, if there is one."""
        done, self._current = self._current, None
        if done is None or not done.keep:
            self._transport.close()
            return
        if self._waiting:
            self._begin(self._waiting.popleft())
        else:
            self._watch.until(self.loop.time() + self._host.idle_seconds)
        if self._held:
            self.read_on(invite=False)

    def cancel(self) -> None:
        """Cancel the task that answers."""
        if self._task is not None:
            self._task.cancel()

    # What the server asks for.

    def shut(self) -> None:
        """Close once what is being answered has left."""
        if self._current is None:
            self._transport.close()
        else:
            self._current.keep = False

    def cut(self) -> None:
        """Close now, whatever is being answered."""
        self.cancel()
        self._transport.abort()

    def _in_part(self, *, begun: bool) -> None:
        """Of a head, or of what frames a body, not all is here."""
        if self._head_bytes > MOST_HEAD:
            self._refuse(HEAD_TOO_LARGE)
        elif begun and self._fields is not _NOWHERE and self._current is None:
            self._watch.until(self.loop.time() + self._host.head_seconds)

    def _begin(self, exchange: Exchange) -> None:
        self._current = exchange
        if self._task is None:
            self._task = self.loop.create_task(self._serve())
        else:
            self.wake()

    async def _serve(self) -> None:
        """Answer one request after another; ends with the connection."""
        while True:
            while (exchange := self._current) is None:
                if self._transport.is_closing():
                    return
                await self._woken(self.loop)
            try:
                await self._host.app(exchange)
            except ReaderLeft:
                return
            except asyncio.CancelledError:
                self._transport.close()
                raise
            except Exception:  # noqa: BLE001  told to the log and to the client
                _log.exception("a request was not answered")
            if not exchange.ended:
                await self._give_up(exchange)
                return

    async def _give_up(self, exchange: Exchange) -> None:
        if exchange.gone:
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
        if self._current is None:
            self._transport.close()


def _waits(fields: Sequence[Field]) -> bool:
    """Whether a client waits to be asked for the body (RFC 9110, 10.1.1)."""
    return any(name == b"expect" and value.lower() == b"100-continue" for name, value in fields)


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
