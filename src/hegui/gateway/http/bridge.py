"""ASGI over an exchange, for the machine API: an app of a framework, off the generations' way."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote

from hegui.gateway.http.exchange import Exchange, ReaderLeft

Message = MutableMapping[str, Any]
App = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]
#: What would end a field's line and begin another.
_BREAKS = re.compile(rb"[\r\n\0]")
_LENGTH = b"content-length"


async def bridge(app: App, exchange: Exchange) -> None:
    """Let an ASGI app answer a request.

    Raises:
        ValueError: a header of the app's would break out of its line.
    """
    raw_path, _, query = exchange.target.partition(b"?")
    scope: Message = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": exchange.method,
        "scheme": "http",
        "path": unquote(raw_path.decode("latin-1")),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": exchange.fields,
    }
    sending = _Sending(exchange)

    async def receive() -> Message:
        if exchange.whole and sending.asked:
            await exchange.over()
            return {"type": "http.disconnect"}
        try:
            data = await exchange.read()
        except ReaderLeft:
            return {"type": "http.disconnect"}
        sending.asked = exchange.whole
        return {"type": "http.request", "body": data, "more_body": not exchange.whole}

    await app(scope, receive, sending.send)


class _Sending:
    """Takes an app's messages to the exchange.

    Attributes:
        asked: the end of the body was given to the app.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._length = b""
        self.asked = False

    async def send(self, message: Message) -> None:
        """ASGI's ``send``."""
        exchange = self._exchange
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._take([(bytes(name).lower(), bytes(value)) for name, value in message["headers"]])
            return
        data = bytes(message.get("body", b""))
        more = message.get("more_body", False)
        if not exchange.started and not more and not self._held(data):
            await exchange.answer(self._status, self._headers, data)
            return
        if not exchange.started:
            exchange.begin(self._status, self._headers, self._length)
        await exchange.write(data)
        if not more:
            exchange.end()

    def _held(self, data: bytes) -> bool:
        """Whether the app named a length that is not this body's, as for ``HEAD``."""
        return self._length not in (b"", b"%d" % len(data))

    def _take(self, headers: list[tuple[bytes, bytes]]) -> None:
        for name, value in headers:
            if _BREAKS.search(name) or _BREAKS.search(value):
                raise ValueError(name)
            if name == _LENGTH:
                self._length = value
        self._headers = [field for field in headers if field[0] != _LENGTH]
