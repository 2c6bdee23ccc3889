"""The gateway over HTTP: which request leads where, and how its answer leaves.

Flow control goes both ways (:mod:`hegui.gateway.http`): nothing more is read from the model while
the reader's buffer is full. When the reader leaves, the model is cancelled at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
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
from hegui.gateway.way import Headers, Reply, Way

#: What answers a request, given its headers and a way to read its body.
Work = Callable[[Headers, Callable[[], Awaitable[bytes]]], Awaitable[Reply]]

_CHAT = "/v1/chat/completions"
#: The same as it nearly always comes, with nothing to unquote.
_PLAIN_CHAT = _CHAT.encode()
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
        models: Callable[[bytes], Awaitable[bytes]],
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
        #: Within this bound is every body, whatever its type.
        self._least = min(limits.body_bytes, limits.upload_bytes)
        self._bodies = Alarms(limits.body_seconds)
        self._metrics = metrics
        self._ready = ready

    def __call__(self, exchange: Exchange) -> Awaitable[None]:
        """Answer one request."""
        if exchange.target == _PLAIN_CHAT and exchange.method == "POST":
            return self._generate(exchange, self._chat.complete)
        return self._lead(exchange)

    async def _lead(self, exchange: Exchange) -> None:
        raw, _, query = exchange.target.partition(b"?")
        path = unquote(raw.decode("latin-1"))
        if path == _CHAT and exchange.method == "POST":
            await self._generate(exchange, self._chat.complete)
        elif path.startswith("/api/"):
            await bridge(self._machine, exchange)
        elif path.startswith(PATHS):
            await self._generate(exchange, partial(self._door.answer, exchange.method, path, query))
        else:
            await self._send(exchange, await self._other(exchange, path))

    async def _generate(self, exchange: Exchange, work: Work) -> None:
        headers, fields = exchange.headers, exchange.fields
        if len(headers) != len(fields) and (repeated := _repeated(fields)):
            await self._send(exchange, _refusal(refusals.header_repeated(repeated)))
            return
        try:
            try:
                reply = await work(headers, partial(self._body, exchange))
            except HeguiError as error:
                reply = _told(error)
            await self._send(exchange, reply)
        except asyncio.CancelledError:
            if not exchange.gone:
                raise

    async def _other(self, exchange: Exchange, path: str) -> Reply:
        reading = exchange.method in ("GET", "HEAD")
        if path == "/v1/models" and reading:
            return await self._list_models(exchange.headers)
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
        try:
            return Reply(200, [_JSON], await self._models(headers.get(b"authorization", b"")))
        except HeguiError as error:
            return _told(error)

    async def _body(self, exchange: Exchange) -> bytes:
        """The body; from then on the reader's leaving cancels the answer."""
        # It came with the head, as most do.
        body = exchange.taken() if exchange.whole else await self._slow_body(exchange)
        if len(body) > self._least and len(body) > (most := self._most(exchange.headers)):
            raise refusals.body_too_large(most)
        exchange.on_leave = exchange.cancel
        return body

    async def _slow_body(self, exchange: Exchange) -> bytes:
        most = self._most(exchange.headers)
        length = exchange.headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > most:
            raise refusals.body_too_large(most)
        pieces: list[bytes] = []
        size = 0
        try:
            with Deadline(self._bodies):
                while not exchange.whole and size <= most:
                    pieces.append(await exchange.read())
                    size += len(pieces[-1])
        except TimeoutError:
            raise refusals.body_slow() from None
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


def _told(error: HeguiError) -> Reply:
    """What a reader is told of an error; of one that is not theirs, only that there was one."""
    if isinstance(error, GatewayError):
        return _refusal(error)
    _log.error("request refused: %s", error.code)
    return _refusal(refusals.unrecorded())


def _refusal(error: GatewayError) -> Reply:
    headers = [_JSON]
    if error.retry_after is not None:
        headers.append((b"retry-after", str(error.retry_after).encode()))
    if error.status in (408, 413):
        headers.append((b"connection", b"close"))  # the rest of the body is not read
    return Reply(error.status, headers, error.json())


def _repeated(headers: Sequence[Field]) -> str:
    """The name of a header of ours that came twice, so that nobody knows which one counts."""
    names = [name for name, _ in headers]
    return next((name.decode() for name in _ONCE if names.count(name) > 1), "")


_ONCE = (b"authorization", b"hegui-person", b"hegui-output")
