"""The gateway over HTTP: raw ASGI, no framework on the way of a generation.

It is served by :class:`hegui.gateway.bounded.BoundedProtocol`, which tells when a reader leaves.

Flow control goes both ways: the server's ``send`` waits while the reader's buffer is full, and
then nothing more is read from the model. When the reader leaves, the model is cancelled at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from hegui.config.model import Limits
from hegui.errors import HeguiError
from hegui.gateway import refusals
from hegui.gateway.bounded import LEAVING
from hegui.gateway.chat import Chat
from hegui.gateway.deadline import Deadline
from hegui.gateway.errors import GatewayError
from hegui.gateway.media.door import PATHS, Door
from hegui.gateway.metrics import Metrics
from hegui.gateway.way import Headers, Reply, Way, bearer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: What answers a request, given its headers and a way to read its body.
Work = Callable[[Headers, Callable[[], Awaitable[bytes]]], Awaitable[Reply]]

#: Of an answer so many bytes are handed to the server at once.
_PIECE = 1 << 20
_JSON = (b"content-type", b"application/json")
_log = logging.getLogger("hegui.gateway")


class ReaderLeft(Exception):  # noqa: N818  an event, not a fault
    """The client closed the connection."""


class Api:
    """The API address: ``/v1``, health and metrics, and the machine API under ``/api``.

    Args:
        chat: chat completions.
        door: pictures, sounds and clips.
        way: what all generations share.
        models: answers ``GET /v1/models`` for an application's key.
        machine: the app behind ``/api``.
        limits: bounds on a request.
        metrics: counters.
        ready: what keeps the service from being ready, as stable codes; empty when it is.
    """

    def __init__(
        self,
        *,
        chat: Chat,
        door: Door,
        way: Way,
        models: Callable[[str], Awaitable[bytes]],
        machine: App,
        limits: Limits,
        metrics: Metrics,
        ready: Callable[[], list[str]],
    ) -> None:
        self._chat = chat
        self._door = door
        self._way = way
        self._models = models
        self._machine = machine
        self._limits = limits
        self._metrics = metrics
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        if path.startswith("/api/"):
            await self._machine(scope, receive, send)
        elif path == "/v1/chat/completions" and scope["method"] == "POST":
            await self._generate(scope, receive, send, self._chat.complete)
        elif path.startswith(PATHS):
            await self._generate(scope, receive, send, self._media(scope))
        else:
            await self._send(await self._other(path, scope), send)

    def _media(self, scope: Scope) -> Work:
        method, path, query = scope["method"], scope["path"], scope["query_string"]
        return lambda headers, read: self._door.answer(method, path, query, headers, read)

    async def _generate(self, scope: Scope, receive: Receive, send: Send, work: Work) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if len(headers) != len(scope["headers"]):
            repeated = _repeated(scope["headers"])
            if repeated:
                await self._send(_refusal(refusals.header_repeated(repeated)), send)
                return
        watch = _Watch(scope)

        async def read() -> bytes:
            body = await self._body(headers, receive)
            watch.start()
            return body

        try:
            await self._send(await _answer(work(headers, read)), send)
        except ReaderLeft:
            return
        except asyncio.CancelledError:
            if not watch.left:
                raise
        finally:
            watch.end()

    async def _other(self, path: str, scope: Scope) -> Reply:
        reading = scope["method"] in ("GET", "HEAD")
        if path == "/v1/models" and reading:
            return await _answer(self._list_models(dict(scope["headers"])))
        if path == "/healthz" and reading:
            return Reply(200, [(b"content-type", b"text/plain")], b"ok\n")
        if path == "/readyz" and reading:
            missing = self._ready()
            body = msgspec.json.encode({"ready": not missing, "missing": missing})
            return Reply(503 if missing else 200, [_JSON], body)
        if path == "/metrics" and reading:
            self._metrics.active = len(self._way.active)
            kind = b"text/plain; version=0.0.4; charset=utf-8"
            return Reply(200, [(b"content-type", kind)], self._metrics.text())
        return _refusal(refusals.not_found())

    async def _list_models(self, headers: Headers) -> Reply:
        return Reply(200, [_JSON], await self._models(bearer(headers)))

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        most = self._limits.body_bytes
        if headers.get(b"content-type", b"").startswith(b"multipart/"):
            most = self._limits.upload_bytes
        length = headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > most:
            raise refusals.body_too_large(most)
        pieces: list[bytes] = []
        size = 0
        try:
            with Deadline(self._limits.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise ReaderLeft
                    piece: bytes = message.get("body", b"")
                    pieces.append(piece)
                    size += len(piece)
                    if size > most:
                        raise refusals.body_too_large(most)
                    if not message.get("more_body"):
                        return b"".join(pieces)
        except TimeoutError:
            raise refusals.body_slow() from None

    async def _send(self, reply: Reply, send: Send) -> None:
        self._metrics.request(reply.status)
        stream = reply.stream
        headers = reply.headers
        if stream is None:
            headers = [*headers, (b"content-length", str(len(reply.body)).encode())]
        try:
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            if stream is None:
                await _send_whole(reply.body, send)
                return
            await send({"type": "http.response.body", "body": reply.body, "more_body": True})
            async for data in stream:
                await send({"type": "http.response.body", "body": data, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            if stream is not None:
                await stream.aclose()


async def _send_whole(body: bytes, send: Send) -> None:
    """A large body leaves in pieces, so that it is not copied as a whole."""
    start = 0
    while len(body) - start > _PIECE:
        piece = body[start : start + _PIECE]
        start += _PIECE
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": body[start:]})


class _Watch:
    """Cancels the request's task when the reader leaves."""

    def __init__(self, scope: Scope) -> None:
        self._leaving: set[Callable[[], None]] = scope["extensions"][LEAVING]
        self._request = asyncio.current_task()
        self.left = False

    def start(self) -> None:
        """Begin to watch; the body has been read."""
        self._leaving.add(self._leave)

    def end(self) -> None:
        """Watch no more."""
        self._leaving.discard(self._leave)

    def _leave(self) -> None:
        self.left = True
        if self._request is not None:
            self._request.cancel()


async def _answer(work: Awaitable[Reply]) -> Reply:
    try:
        return await work
    except GatewayError as error:
        return _refusal(error)
    except HeguiError as error:
        _log.error("request refused: %s", error.code)
        return _refusal(refusals.unrecorded())


def _refusal(error: GatewayError) -> Reply:
    headers = [_JSON]
    if error.retry_after is not None:
        headers.append((b"retry-after", str(error.retry_after).encode()))
    if error.status in (408, 413):
        headers.append((b"connection", b"close"))  # the rest of the body is not read
    return Reply(error.status, headers, error.json())


def _repeated(headers: list[tuple[bytes, bytes]]) -> str:
    """The name of a header of ours that came twice, so that nobody knows which one counts."""
    names = [name for name, _ in headers]
    return next((name.decode() for name in _ONCE if names.count(name) > 1), "")


_ONCE = (b"authorization", b"hegui-person", b"hegui-output")
