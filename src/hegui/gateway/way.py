"""What the ways of all generations share: getting in, screening what is asked, and getting out.

Texts go by ``chat.py``, pictures, sounds and clips by ``media``; both keep to this.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence

import msgspec

from hegui.config.model import Limits
from hegui.gateway import refusals
from hegui.gateway.admission import Admission
from hegui.gateway.errors import GatewayError
from hegui.gateway.generation import Generation
from hegui.gateway.metrics import Metrics
from hegui.gateway.record import Asked, Recorder
from hegui.gateway.rows import Found, Row
from hegui.gateway.upstream.base import UpstreamReply
from hegui.gateway.words import LiveScreen
from hegui.people.api_keys import Key
from hegui.people.applications import Application
from hegui.screen import Finding, Screen
from hegui.store import StoreError
from hegui.world import World, new_id

Headers = Mapping[bytes, bytes]
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


class Way:
    """The shared part of every generation's way.

    Args:
        admission: who may generate.
        recorder: writes the record.
        live: the word packs in force.
        limits: bounds on a request.
        decision_url: where a reader finds a decision's reasons and its appeal, by its id.
        metrics: counters without persons.
        world: clock and randomness.

    Attributes:
        admission, recorder, live, limits, metrics, world: as given.
        active: generations in progress, with the task that carries each.
    """

    def __init__(
        self,
        *,
        admission: Admission,
        recorder: Recorder,
        live: LiveScreen,
        limits: Limits,
        decision_url: Callable[[str], str],
        metrics: Metrics,
        world: World,
    ) -> None:
        self.admission = admission
        self.recorder = recorder
        self.live = live
        self.limits = limits
        self.metrics = metrics
        self.world = world
        self.active: dict[Generation, asyncio.Task[object] | None] = {}
        self._decision_url = decision_url
        self._entering = 0

    async def enter(
        self, headers: Headers, read: Callable[[], Awaitable[bytes]]
    ) -> tuple[tuple[Key, Application], bytes]:
        """The key of a request and then its body; nothing is read for who has no key.

        Raises:
            GatewayError: 401 for the key; 503 ``busy``; what reading raises.
        """
        key = await self.admission.key(headers.get(b"authorization", b""))
        if len(self.active) + self._entering >= self.limits.requests:
            raise refusals.busy()
        self._entering += 1
        try:
            return key, await read()
        finally:
            self._entering -= 1

    async def screen_input(
        self, g: Generation, texts: Iterable[tuple[str, str]], screen: Screen
    ) -> Found | None:
        """The first stop in what was asked; other findings go to the record.

        Args:
            g: the generation.
            texts: places and their texts.
            screen: the word packs it began under.
        """
        turn = 0
        for where, text in texts:
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
                self.note(g, "input", [(where, finding) for finding in stream.reviews])
        return None

    async def refuse(self, g: Generation, asked: Asked, found: Found) -> None:
        """Put a stop of what a person wrote on record.

        Raises:
            GatewayError: 400 ``content_filter``, always.
        """
        decision = new_id(self.world)
        await self.recorder.refused(g, asked, decision, found)
        self.count(g, "stopped", found=found)
        raise refusals.content(self.told(g, decision, found))

    async def fail(self, g: Generation, error: GatewayError, more: Sequence[Row] = ()) -> None:
        """Put on record that the model or the way to it failed, and ``more`` with it."""
        await self.recorder.failed(g, error.code, more)
        self.count(g, "failed")

    async def stop(self, g: Generation, decision: str, found: Found) -> None:
        """Put a stop of what the model made on record."""
        await self.recorder.stopped(g, decision, found)
        self.count(g, "stopped", found=found)

    async def leave(self, g: Generation, upstream: UpstreamReply | None) -> None:
        """Whatever happened: the model is cancelled, and the outcome is on record."""
        self.active.pop(g, None)
        if upstream is not None:
            await upstream.aclose()
        if g.closed or g.intake is None:
            return
        try:
            await g.intake
            if g.cut is not None:
                await self.fail(g, g.cut)
            else:
                await self.recorder.abandoned(g)
                self.count(g, "abandoned")
        except StoreError as error:
            # Of an intake that is not on record there is no outcome; an outcome is tried again.
            _log.error("generation %s: %s", g.id, error.code)

    def note(self, g: Generation, side: str, found: list[tuple[str, Finding]]) -> None:
        """Keep findings that stopped nothing for the record."""
        if found:
            room = _MOST_FINDINGS - len(g.findings)
            g.findings += [(side, where, finding) for where, finding in found[:room]]

    def told(self, g: Generation, decision: str, found: Found) -> dict[str, object]:
        """What a reader is told of a stop."""
        side, _, finding = found
        return refusals.told(
            g.id,
            decision,
            side,
            category=finding.category,
            pack=finding.pack,
            appeal=self._decision_url(decision),
        )

    def count(
        self,
        g: Generation,
        outcome: str,
        *,
        found: Found | None = None,
        usage: dict[str, object] | None = None,
    ) -> None:
        """Count a generation that ended."""
        if found is not None:
            self.metrics.stop(found[0], found[2])
        self.metrics.ended(outcome, g, self.world.now(), usage)

    def tick(self) -> None:
        """Seal what left in the last moment, and end what has taken too long.

        Called about twice a second, so that a crash loses at most the last second of a text.
        """
        oldest = self.world.now() - int(self.limits.generation_seconds * 1000)
        for g in list(self.active):
            if not self.recorder.seal(g):
                self._cut(g, refusals.unrecorded())
            elif g.started < oldest:
                self._cut(g, refusals.too_long(g.id))
        self.recorder.retry()

    def end(self) -> None:
        """End what is still in progress; the service stops."""
        for g in list(self.active):
            self._cut(g, refusals.stopping())

    def _cut(self, g: Generation, why: GatewayError) -> None:
        task = self.active.get(g)
        if g.cut is None and task is not None:
            g.cut = why
            task.cancel()


def text_of(headers: Headers, name: bytes) -> str:
    """A header as text; empty when it is not there.

    Raises:
        GatewayError: 400 ``header_unreadable``.
    """
    try:
        return headers.get(name, b"").decode()
    except UnicodeDecodeError:
        raise refusals.header_unreadable(name.decode()) from None


def cause(g: Generation) -> GatewayError:
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
