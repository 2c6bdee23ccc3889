"""One keep-alive connection to an OpenAI-compatible server, and what came over it and when."""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import httptools

_DATA = b"data: "
_DONE = b"[DONE]"


class WireError(Exception):
    """The connection ended or what came is no HTTP."""


class Exchange:
    """One request's answer. Times are ``time.perf_counter()`` seconds."""

    __slots__ = ("complete", "headers", "pieces", "reads", "sent", "status")

    def __init__(self) -> None:
        self.sent = 0.0
        self.status = 0
        self.headers: dict[str, str] = {}
        self.pieces: list[tuple[float, bytes]] = []
        self.reads = 0
        self.complete = False

    @property
    def first(self) -> float:
        """Seconds from the request to the first byte of the answer's body."""
        return self.pieces[0][0] - self.sent

    @property
    def last(self) -> float:
        """Seconds from the request to the last byte of the answer's body."""
        return self.pieces[-1][0] - self.sent

    def body(self) -> bytes:
        """All that came of the body."""
        return b"".join(data for _, data in self.pieces)

    def events(self) -> Iterator[tuple[float, bytes]]:
        """The data of each whole server-sent event, with the time of the byte that ended it."""
        rest = b""
        for at, data in self.pieces:
            *whole, rest = (rest + data).split(b"\n\n")
            for event in whole:
                if event.startswith(_DATA):
                    yield at, event[len(_DATA) :]

    def good(self, *, stream: bool) -> bool:
        """Whether the answer is a whole one: status 200, and a stream with its end."""
        if not (self.complete and self.status == 200 and self.pieces):
            return False
        return not stream or self.body().endswith(_DATA + _DONE + b"\n\n")

    def text(self) -> list[tuple[float, str]]:
        """The text of the first choice as it was streamed, piece by piece with its time."""
        found = []
        for at, data in self.events():
            if data == _DONE:
                continue
            for choice in json.loads(data).get("choices", ()):
                piece = choice["delta"].get("content")
                if choice["index"] == 0 and piece:
                    found.append((at, piece))
        return found


class Wire(asyncio.Protocol):
    """A client connection that carries one exchange at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._exchange = Exchange()
        self._done: asyncio.Future[None] | None = None
        self._parser = httptools.HttpResponseParser(self)

    @classmethod
    async def connect(cls, base: str) -> "Wire":
        """A connection to the server whose address ``base`` begins with (``http://HOST:PORT``)."""
        address = urlsplit(base)
        if address.hostname is None or address.port is None:
            raise ValueError(f"{base} is not http://HOST:PORT")
        loop = asyncio.get_running_loop()
        _, wire = await loop.create_connection(cls, address.hostname, address.port)
        return wire

    async def ask(self, request: bytes, exchange: Exchange) -> None:
        """Sends the request and fills ``exchange``, which keeps what came when this raises.

        Raises:
            WireError: the connection ended before the answer did.
        """
        if self._transport is None:
            raise WireError("the connection is closed")
        self._exchange = exchange
        self._done = asyncio.get_running_loop().create_future()
        exchange.sent = time.perf_counter()
        self._transport.write(request)
        await self._done

    def close(self) -> None:
        """Ends the connection; an answer under way fails with WireError."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a stream's transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._fail(WireError(f"the connection was lost: {exc}"))

    def data_received(self, data: bytes) -> None:
        self._exchange.reads += 1
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(WireError(f"no HTTP: {error}"))
            self.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._exchange.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._exchange.status = self._parser.get_status_code()

    def on_body(self, data: bytes) -> None:
        self._exchange.pieces.append((time.perf_counter(), data))

    def on_message_complete(self) -> None:
        self._exchange.complete = True
        if not self._parser.should_keep_alive():
            self.close()
            self._transport = None
        if self._done is not None and not self._done.done():
            self._done.set_result(None)

    def _fail(self, error: WireError) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_exception(error)


def request(
    base: str,
    path: str,
    *,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A request's bytes: POST with a JSON body when there is one, else GET."""
    address = urlsplit(base)
    data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    lines = [
        f"{'GET' if body is None else 'POST'} {address.path}{path} HTTP/1.1",
        f"Host: {address.netloc}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data
