"""HTTP heads with bounds for the pages: uvicorn's protocol, which has none for size and time.

Slow and oversized heads are an old way to hold a server's memory and connections (Slowloris).
The API's own transport (:mod:`hegui.gateway.http`) keeps the same bounds.
"""

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hegui.gateway.errors import GatewayError

#: The most bytes before a head is whole, the request line included.
MOST_HEAD = 32_768
#: The longest time until a head is whole, in seconds.
HEAD_SECONDS = 10.0


class BoundedProtocol(HttpToolsProtocol):
    """Answers 431 to a head too large, and closes a connection whose head takes too long."""

    _head_bytes = 0
    _in_head = True
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock of the first head."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head that is not whole yet."""
        if self._in_head:
            if self._head_timer is None:
                self._await_head()
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD and not self.transport.is_closing():
            self._refuse_head()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._head_bytes = 0
        self._stop_clock()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next bytes belong to the next head."""
        self._in_head = True
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop_clock()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._close)

    def _stop_clock(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _close(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()

    def _refuse_head(self) -> None:
        self.transport.write(raw(HEAD_TOO_LARGE))
        self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP with an error object, like every other error."""
        del msg  # the parser's own words, for no reader of ours
        self.transport.write(raw(NOT_HTTP))
        self.transport.close()


HEAD_TOO_LARGE = GatewayError(
    "head_too_large",
    status=431,
    zh=f"请求头超过 {MOST_HEAD} 字节的上限，请减少后重发。",
    en=f"The request's head is larger than {MOST_HEAD} bytes; shorten it and send it again.",
)
NOT_HTTP = GatewayError(
    "not_http",
    status=400,
    zh="收到的不是有效的 HTTP/1.1 请求，连接已关闭。",
    en="What arrived is not a valid HTTP/1.1 request; the connection is closed.",
)


def raw(error: GatewayError) -> bytes:
    """A whole answer with an error, after which the connection closes."""
    body = error.json()
    head = (
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n"
        "content-type: application/json\r\nconnection: close\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
