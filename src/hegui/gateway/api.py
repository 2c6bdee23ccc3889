"""The gateway over HTTP: which request leads where, and how its answer leaves.

Flow control goes both ways (:mod:`hegui.gateway.http`): nothing more is read from the model while
the reader's buffer is full. When the reader leaves, the model is cancelled at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import unquote

import msgspec

from hegui.config.model import Limits
from hegui.errors import HeguiError
from hegui.gateway import refusals
from hegui.gateway.alarms import Alarms
from hegui.gateway.chat import Chat
from hegui.gateway.deadline import Deadline
from hegui.gateway.errors import GatewayError
from hegui.gateway.http import Exchange
from hegui.gateway.http.bridge import App, bridge
from hegui.gateway.http.exchange import Field
from hegui.gateway.media.door import PATHS, Door
from hegui.gateway.metrics import Metrics
from hegui.gateway.way import Headers, Reply, Way, bearer

#: What answers a request, given its headers and a way to read its body.
Work = Callable[[Headers, Callable[[], Awaitable[bytes]]], Awaitable[Reply]]

_JSON = (b"content-type", b"application/json")
_log = logging.getLogger("hegui.gateway")


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
        self._bodies = Alarms(limits.body_seconds)
        self._metrics = metrics
        self._ready = ready

    async def __call__(self, exchange: Exchange) -> None:
        """Answer one request."""
        raw, _, query = exchange.target.partition(b"?")
        path = unquote(raw.decode("latin-1"))
        if path == "/v1/chat/completions" and exchange.method == "POST":
            await self._generate(exchange, self._chat.complete)
        elif path.startswith("/api/"):
            await bridge(self._machine, exchange)
        elif path.startswith(PATHS):
            await self._generate(exchange, partial(self._door.answer, exchange.method, path, query))
        else:
            await self._send(exchange, await self._other(exchange, path))

    async def _generate(self, exchange: Exchange, work: Work) -> None:
        fields = exchange.headers
        headers: dict[bytes, bytes] = dict(fields)
        if len(headers) != len(fields) and (repeated := _repeated(fields)):
            await self._send(exchange, _refusal(refusals.header_repeated(repeated)))
            return
        task = asyncio.current_task()

        async def read() -> bytes:
            body = await self._body(exchange, headers)
            if task is not None:
                exchange.on_leave = task.cancel
            return body

        try:
            await self._send(exchange, await _answer(work(headers, read)))
        except asyncio.CancelledError:
            if not exchange.gone:
                raise

    async def _other(self, exchange: Exchange, path: str) -> Reply:
        reading = exchange.method in ("GET", "HEAD")
        if path == "/v1/models" and reading:
            return await _answer(self._list_models(dict(exchange.headers)))
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

    async def _body(self, exchange: Exchange, headers: Headers) -> bytes:
        if exchange.whole:  # it came with the head, as most do
            body = await exchange.read()
            if len(body) > self._most(headers):
                raise refusals.body_too_large(self._most(headers))
            return body
        try:
            with Deadline(self._bodies):
                return await self._slow_body(exchange, headers)
        except TimeoutError:
            raise refusals.body_slow() from None

    async def _slow_body(self, exchange: Exchange, headers: Headers) -> bytes:
        most = self._most(headers)
        length = headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > most:
            raise refusals.body_too_large(most)
        pieces: list[bytes] = []
        size = 0
        while not exchange.whole or not pieces:
            piece = await exchange.read()
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise refusals.body_too_large(most)
        return b"".join(pieces)

    def _most(self, headers: Headers) -> int:
        if headers.get(b"content-type", b"").startswith(b"multipart/"):
            return self._limits.upload_bytes
        return self._limits.body_bytes

    async def _send(self, exchange: Exchange, reply: Reply) -> None:
        self._metrics.request(reply.status)
        stream = reply.stream
        if stream is None:
            await exchange.answer(reply.status, reply.headers, reply.body)
            return
        try:
            exchange.begin(reply.status, reply.headers)
            await exchange.write(reply.body)
            async for data in stream:
                await exchange.write(data)
            exchange.end()
        finally:
            await stream.aclose()


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


def _repeated(headers: list[Field]) -> str:
    """The name of a header of ours that came twice, so that nobody knows which one counts."""
    names = [name for name, _ in headers]
    return next((name.decode() for name in _ONCE if names.count(name) > 1), "")


_ONCE = (b"authorization", b"hegui-person", b"hegui-output")
