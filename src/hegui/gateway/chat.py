"""One generation's way: admit, screen, model, screen while streaming, mark, record.

The core knows no transport: it takes headers and a way to read the body, and gives back bytes,
whole or as they come. ``api.py`` carries it over HTTP.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable

from hegui.gateway import refusals
from hegui.gateway.admission import Admitted
from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.gateway.generation import Generation
from hegui.gateway.mark import Marking, marking
from hegui.gateway.record import Asked
from hegui.gateway.request import ChatRequest, parse
from hegui.gateway.soon import Soon
from hegui.gateway.sse import broken
from hegui.gateway.stream import AnswerStream
from hegui.gateway.upstream.base import UpstreamReply
from hegui.gateway.upstream.pool import Pool
from hegui.gateway.way import Headers, Reply, Way, cause, text_of
from hegui.gateway.whole import screen_whole
from hegui.screen import Finding, Screen
from hegui.store import StoreError, Written
from hegui.world import new_id

_JSON = (b"content-type", b"application/json")
_STREAM = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
#: A whole answer larger than this is broken or hostile.
_MOST_ANSWER = 16 << 20
_log = logging.getLogger("hegui.gateway")


class Chat:
    """Chat completions.

    Args:
        way: what it shares with other kinds of generations.
        pool: the models.
        producer: the provider's code.
        label_text: the text label.
    """

    def __init__(self, *, way: Way, pool: Pool, producer: str, label_text: str) -> None:
        self._way = way
        self._pool = pool
        self._producer = producer
        self._label_text = label_text

    async def complete(self, headers: Headers, read: Callable[[], Awaitable[bytes]]) -> Reply:
        """Answer ``POST /v1/chat/completions``.

        Raises:
            GatewayError: with the status and code of the refusal.
        """
        way = self._way
        key, body = await way.enter(headers, read)
        request = parse(body)
        if request.model not in self._pool.models:
            raise refusals.model_unknown(request.model, self._pool.models)
        pseudonym = text_of(headers, b"hegui-person") or request.person
        admitted = await way.admission.admit(key, pseudonym)
        raw = request.structured or _asks_raw(headers, admitted)
        screen = way.live.current
        g = Generation(admitted, way.world)
        asked = Asked(body, request.model, request.stream, screen.fingerprint)
        found = await way.screen_input(g, request.texts(way.limits.depth), screen)
        if found is not None:
            await way.refuse(g, asked, found)
        return await self._generate(g, request, asked, screen, raw)

    async def _generate(
        self, g: Generation, request: ChatRequest, asked: Asked, screen: Screen, raw: bool
    ) -> Reply:
        way = self._way
        way.active[g] = asyncio.current_task()
        upstream: UpstreamReply | None = None
        label: Marking
        answer: AnswerStream | None = None
        streaming = False

        def meanwhile() -> Written:
            """While the model works: what its answer needs, and the intake."""
            nonlocal label, answer
            label = marking(self._producer, g.id, g.label_at, self._label_text, raw=raw)
            if request.stream:
                answer = AnswerStream(screen, label, request.choices)
            return way.recorder.intake(g, asked)

        try:
            g.intake = Soon(meanwhile)
            try:
                upstream = await self._pool.open(
                    request.model, "chat/completions", request.upstream_body
                )
            finally:
                # Durable before the first byte, and before any outcome.
                await g.intake
            g.upstream = upstream.upstream
            name = (b"hegui-generation", g.id.encode())
            if answer is None:
                body = await self._whole(g, upstream, screen, label)
                return Reply(200, [_JSON, name], body)
            streaming = True
            relay = self._relay(g, upstream, answer, label)
            return Reply(200, [*_STREAM, name], await anext(relay), relay)
        except UpstreamError as error:
            if not g.closed:
                await self._way.fail(g, error)
            raise refusals.of_upstream(error, screen, g.id) from None
        except asyncio.CancelledError:
            raise cause(g) from None
        finally:
            if not streaming:
                await self._way.leave(g, upstream)

    async def _whole(
        self, g: Generation, upstream: UpstreamReply, screen: Screen, label: Marking
    ) -> bytes:
        answer = screen_whole(await upstream.whole(_MOST_ANSWER), screen, label)
        self._way.note(g, "output", answer.reviews)
        if answer.stopped is not None:
            decision = new_id(self._way.world)
            found = ("output", *answer.stopped)
            await self._way.stop(g, decision, found)
            raise refusals.content(self._way.told(g, decision, found))
        g.taken += answer.taken
        g.first = self._way.world.now()
        await self._way.recorder.delivered(g, answer.finish, label.digest)
        self._way.count(g, "delivered", usage=answer.usage)
        return answer.body

    async def _relay(
        self, g: Generation, upstream: UpstreamReply, answer: AnswerStream, label: Marking
    ) -> AsyncGenerator[bytes, None]:
        """The bytes for the reader as they may leave; the last ones after the record."""
        error: GatewayError | None = None
        out = b""
        try:
            try:
                async for data in upstream:
                    out = answer.feed(data)
                    if answer.taken:
                        g.taken += answer.taken
                        answer.taken.clear()
                    if out and g.first is None:
                        g.first = self._way.world.now()
                    if answer.done or answer.stopped is not None:
                        break
                    if out:
                        yield out
                        out = b""
                    if answer.broken is not None:
                        raise answer.broken
                if answer.stopped is None and not answer.whole:
                    raise broken("ended_early")
            except UpstreamError as failure:
                error = failure
            except asyncio.CancelledError:
                error = cause(g)
            why = error or answer.stopped
            try:
                if why is None:
                    last = await self._delivered(g, answer, label)
                else:
                    await upstream.aclose()
                    last = await self._cut_off(g, answer, why)
            except StoreError as unwritten:
                if g.first is None:
                    raise
                _log.error("outcome of generation %s not written: %s", g.id, unwritten.code)
                last = answer.error(refusals.unrecorded().body())
            yield out + last
        finally:
            await self._way.leave(g, upstream)

    async def _delivered(self, g: Generation, answer: AnswerStream, label: Marking) -> bytes:
        """The last bytes of a whole stream, once their record is durable."""
        last = answer.close()
        g.taken += answer.taken
        self._way.note(g, "output", answer.reviews())
        await self._way.recorder.delivered(g, answer.finish, label.digest)
        self._way.count(g, "delivered", usage=answer.usage)
        return last

    async def _cut_off(
        self, g: Generation, answer: AnswerStream, why: GatewayError | tuple[str, Finding]
    ) -> bytes:
        """The last bytes of a stream that failed or was stopped, once their record is durable.

        Raises:
            GatewayError: why it failed, when nothing has left yet.
        """
        way = self._way
        way.note(g, "output", answer.reviews())
        if not isinstance(why, GatewayError):
            decision = new_id(way.world)
            found = ("output", *why)
            last = answer.stop(way.told(g, decision, found))
            g.taken += answer.taken
            await way.stop(g, decision, found)
            return last
        if g.first is None:
            await way.fail(g, why)
            raise why
        last = answer.error(why.body())
        g.taken += answer.taken
        await way.fail(g, why)
        return last


def _asks_raw(headers: Headers, admitted: Admitted) -> bool:
    if text_of(headers, b"hegui-output").lower() != "raw":
        return False
    if not admitted.application.interface:
        raise refusals.raw_not_declared()
    return True
