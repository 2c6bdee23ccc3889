"""One generation's way: admit, screen, model, screen while streaming, mark, record.

The core knows no transport: it takes headers and a way to read the body, and gives back bytes,
whole or as they come. ``asgi.py`` carries it over HTTP.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

import msgspec

from hegui.config.model import Limits
from hegui.gateway import refusals
from hegui.gateway.admission import Admission, Admitted
from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.gateway.mark import Marking, marking
from hegui.gateway.metrics import Metrics
from hegui.gateway.record import Generation, Recorder
from hegui.gateway.request import ChatRequest, parse
from hegui.gateway.rows import Found
from hegui.gateway.soon import Soon
from hegui.gateway.sse import broken
from hegui.gateway.stream import AnswerStream
from hegui.gateway.upstream.base import UpstreamReply
from hegui.gateway.upstream.pool import Pool
from hegui.gateway.whole import screen_whole
from hegui.gateway.words import LiveScreen
from hegui.screen import Finding, Screen
from hegui.store import StoreError
from hegui.world import World, new_id

Headers = Mapping[bytes, bytes]
_JSON = (b"content-type", b"application/json")
_STREAM = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
#: A whole answer larger than this is broken or hostile.
_MOST_ANSWER = 16 << 20
#: Characters of a prompt screened without a pause, some 2 ms; a text costs as much as this many.
_AT_ONCE = 32_768
_TEXT = 100
#: Findings of one generation that are kept; a stop is never among those left out.
_MOST_FINDINGS = 100
_log = logging.getLogger("hegui.gateway")


class Reply(msgspec.Struct, frozen=True):
    """An answer for the transport: ``body``, then what ``stream`` yields, if it streams."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    stream: AsyncGenerator[bytes, None] | None = None


class Chat:
    """Chat completions.

    Args:
        admission: who may generate.
        recorder: writes the record.
        pool: the models.
        live: the word packs in force.
        limits: bounds on a request.
        producer: the provider's code.
        label_text: the text label.
        decision_url: where a reader finds a decision's reasons and its appeal, by its id.
        metrics: counters without persons.
        world: clock and randomness.
    """

    def __init__(
        self,
        *,
        admission: Admission,
        recorder: Recorder,
        pool: Pool,
        live: LiveScreen,
        limits: Limits,
        producer: str,
        label_text: str,
        decision_url: Callable[[str], str],
        metrics: Metrics,
        world: World,
    ) -> None:
        self._admission = admission
        self._recorder = recorder
        self._pool = pool
        self._live = live
        self._limits = limits
        self._producer = producer
        self._label_text = label_text
        self._decision_url = decision_url
        self._metrics = metrics
        self._world = world
        #: Generations in progress, with the task that carries each.
        self._active: dict[Generation, asyncio.Task[object] | None] = {}
        self._entering = 0

    async def complete(self, headers: Headers, read: Callable[[], Awaitable[bytes]]) -> Reply:
        """Answer ``POST /v1/chat/completions``.

        Raises:
            GatewayError: with the status and code of the refusal.
        """
        key = await self._admission.key(bearer(headers))
        if len(self._active) + self._entering >= self._limits.requests:
            raise refusals.busy()
        self._entering += 1
        try:
            body = await read()
        finally:
            self._entering -= 1
        request = parse(body)
        if request.model not in self._pool.models:
            raise refusals.model_unknown(request.model, self._pool.models)
        pseudonym = text_of(headers, b"hegui-person") or request.person
        admitted = await self._admission.admit(key, pseudonym)
        raw = request.structured or _asks_raw(headers, admitted)
        screen = self._live.current
        g = Generation(admitted, self._world)
        found = await self._screen_input(g, request, screen)
        if found is not None:
            await self._refuse(g, request, body, screen, found)
        label = marking(
            self._producer, g.id, admitted.application.label_at, self._label_text, raw=raw
        )
        return await self._generate(g, request, body, screen, label)

    def tick(self) -> None:
        """Seal what left in the last moment, and end what has taken too long.

        Called about twice a second, so that a crash loses at most the last second of a text.
        """
        oldest = self._world.now() - int(self._limits.generation_seconds * 1000)
        for g in list(self._active):
            if not self._recorder.seal(g):
                self._cut(g, refusals.unrecorded())
            elif g.started < oldest:
                self._cut(g, refusals.too_long(g.id))
        self._recorder.retry()

    def stop(self) -> None:
        """End what is still in progress; the service stops."""
        for g in list(self._active):
            self._cut(g, refusals.stopping())

    def _cut(self, g: Generation, why: GatewayError) -> None:
        task = self._active.get(g)
        if g.cut is None and task is not None:
            g.cut = why
            task.cancel()

    @property
    def active(self) -> int:
        """How many generations are in progress."""
        return len(self._active)

    async def _screen_input(
        self, g: Generation, request: ChatRequest, screen: Screen
    ) -> Found | None:
        """The first stop in what was asked; other findings go to the record."""
        turn = 0
        for where, text in request.texts(self._limits.depth):
            turn += len(text) + _TEXT
            if turn > _AT_ONCE:
                turn = 0
                await asyncio.sleep(0)  # many texts must not hold up other readers
            escapes = "\\u" in text  # JSON inside a string may spell a word in escapes
            if not escapes and len(text) <= _AT_ONCE and screen.clears(text):
                continue
            streams = [screen.stream(escaped=False)]
            if escapes:
                streams.append(screen.stream(escaped=True))
            for stream in streams:
                for start in range(0, len(text), _AT_ONCE):
                    if start:
                        await asyncio.sleep(0)  # a long text must not hold up other readers
                    stream.feed(text[start : start + _AT_ONCE])
                stream.finish()
                if stream.stopped is not None:
                    return "input", where, stream.stopped
                self._note(g, "input", [(where, finding) for finding in stream.reviews])
        return None

    async def _refuse(
        self, g: Generation, request: ChatRequest, body: bytes, screen: Screen, found: Found
    ) -> None:
        decision = new_id(self._world)
        await self._recorder.refused(
            g,
            body,
            decision,
            found,
            model=request.model,
            streamed=request.stream,
            screen=screen.fingerprint,
        )
        self._count(g, "stopped", found=found)
        raise refusals.content(self._told(g, decision, found))

    async def _generate(
        self, g: Generation, request: ChatRequest, body: bytes, screen: Screen, label: Marking
    ) -> Reply:
        self._active[g] = asyncio.current_task()
        headers = [(b"hegui-generation", g.id.encode())]
        upstream: UpstreamReply | None = None
        streaming = False
        try:
            g.intake = Soon(
                lambda: self._recorder.intake(
                    g, body, model=request.model, streamed=request.stream, screen=screen.fingerprint
                )
            )
            try:
                upstream = await self._pool.open(
                    request.model, "chat/completions", request.upstream_body
                )
            finally:
                # Durable before the first byte, and before any outcome.
                await g.intake
            g.upstream = upstream.upstream
            if not request.stream:
                answer = await self._whole(g, upstream, screen, label)
                return Reply(200, [_JSON, *headers], answer)
            streaming = True
            relay = self._relay(g, upstream, AnswerStream(screen, label, request.choices), label)
            return Reply(200, [*_STREAM, *headers], await anext(relay), relay)
        except UpstreamError as error:
            if not g.closed:
                await self._fail(g, error)
            raise refusals.of_upstream(error, screen, g.id) from None
        except asyncio.CancelledError:
            raise _cause(g) from None
        finally:
            if not streaming:
                await self._leave(g, upstream)

    async def _whole(
        self, g: Generation, upstream: UpstreamReply, screen: Screen, label: Marking
    ) -> bytes:
        pieces: list[bytes] = []
        size = 0
        async for data in upstream:
            pieces.append(data)
            size += len(data)
            if size > _MOST_ANSWER:
                raise broken("answer_too_large")
        answer = screen_whole(b"".join(pieces), screen, label)
        self._note(g, "output", answer.reviews)
        if answer.stopped is not None:
            decision = new_id(self._world)
            found: Found = ("output", *answer.stopped)
            await self._stop(g, decision, found)
            raise refusals.content(self._told(g, decision, found))
        g.taken += answer.taken
        g.first = self._world.now()
        await self._recorder.delivered(g, answer.finish, label.digest)
        self._count(g, "delivered", usage=answer.usage)
        return answer.body

    async def _relay(
        self, g: Generation, upstream: UpstreamReply, answer: AnswerStream, label: Marking
    ) -> AsyncGenerator[bytes, None]:
        """The bytes for the reader as they may leave; the last ones after the record."""
        error: GatewayError | None = None
        try:
            try:
                async for data in upstream:
                    out = answer.feed(data)
                    if answer.taken:
                        g.taken += answer.taken
                        answer.taken.clear()
                    if out:
                        if g.first is None:
                            g.first = self._world.now()
                        yield out
                    if answer.done or answer.stopped is not None:
                        break
                    if answer.broken is not None:
                        raise answer.broken
                if answer.stopped is None and not answer.whole:
                    raise broken("ended_early")
            except UpstreamError as failure:
                error = failure
            except asyncio.CancelledError:
                error = _cause(g)
            await upstream.aclose()
            self._note(g, "output", answer.reviews())
            if error is not None and g.first is None:
                await self._fail(g, error)
                raise error
            try:
                yield await self._last(g, answer, label, error)
            except StoreError as unwritten:
                _log.error("outcome of generation %s not written: %s", g.id, unwritten.code)
                yield answer.error(refusals.unrecorded().body())
        finally:
            await self._leave(g, upstream)

    async def _last(
        self, g: Generation, answer: AnswerStream, label: Marking, error: GatewayError | None
    ) -> bytes:
        """The last bytes of a stream, once their record is durable."""
        decision = new_id(self._world)
        found: Found | None = None
        if error is not None:
            last = answer.error(error.body())
        elif answer.stopped is not None:
            found = ("output", *answer.stopped)
            last = answer.stop(self._told(g, decision, found))
        else:
            last = answer.close()
        g.taken += answer.taken
        if error is not None:
            await self._fail(g, error)
        elif found is not None:
            await self._stop(g, decision, found)
        else:
            await self._recorder.delivered(g, answer.finish, label.digest)
            self._count(g, "delivered", usage=answer.usage)
        return last

    async def _fail(self, g: Generation, error: GatewayError) -> None:
        await self._recorder.failed(g, error.code)
        self._count(g, "failed")

    async def _stop(self, g: Generation, decision: str, found: Found) -> None:
        await self._recorder.stopped(g, decision, found)
        self._count(g, "stopped", found=found)

    async def _leave(self, g: Generation, upstream: UpstreamReply | None) -> None:
        """Whatever happened: the model is cancelled, and the outcome is on record."""
        self._active.pop(g, None)
        if upstream is not None:
            await upstream.aclose()
        if g.closed or g.intake is None:
            return
        try:
            await g.intake
            if g.cut is not None:
                await self._fail(g, g.cut)
            else:
                await self._recorder.abandoned(g)
                self._count(g, "abandoned")
        except StoreError as error:
            # Of an intake that is not on record there is no outcome; an outcome is tried again.
            _log.error("generation %s: %s", g.id, error.code)

    def _note(self, g: Generation, side: str, found: list[tuple[str, Finding]]) -> None:
        room = _MOST_FINDINGS - len(g.findings)
        g.findings += [(side, where, finding) for where, finding in found[:room]]

    def _told(self, g: Generation, decision: str, found: Found) -> dict[str, object]:
        side, _, finding = found
        return refusals.told(
            g.id,
            decision,
            side,
            category=finding.category,
            pack=finding.pack,
            appeal=self._decision_url(decision),
        )

    def _count(
        self,
        g: Generation,
        outcome: str,
        *,
        found: Found | None = None,
        usage: dict[str, object] | None = None,
    ) -> None:
        if found is not None:
            self._metrics.stop(found[0], found[2])
        self._metrics.ended(outcome, g, self._world.now(), usage)


def bearer(headers: Headers) -> str:
    """The application key of a request.

    Raises:
        GatewayError: 401 ``key_missing``.
    """
    scheme, _, secret = text_of(headers, b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise refusals.key_missing()
    return secret.strip()


def text_of(headers: Headers, name: bytes) -> str:
    """A header as text; empty when it is not there.

    Raises:
        GatewayError: 400 ``header_unreadable``.
    """
    try:
        return headers.get(name, b"").decode()
    except UnicodeDecodeError:
        raise refusals.header_unreadable(name.decode()) from None


def _asks_raw(headers: Headers, admitted: Admitted) -> bool:
    if text_of(headers, b"hegui-output").lower() != "raw":
        return False
    if not admitted.application.interface:
        raise refusals.raw_not_declared()
    return True


def _cause(g: Generation) -> GatewayError:
    """Why we ended a generation ourselves.

    Raises:
        CancelledError: we did not: the reader left.
    """
    if g.cut is None:
        raise asyncio.CancelledError
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()
    return g.cut
