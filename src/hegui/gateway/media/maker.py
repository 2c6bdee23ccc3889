"""A picture's or a sound's way: admit, screen the prompt, model, mark, record, reader.

The answer comes whole, since a file is marked whole; so its record is durable before its first
byte leaves.
"""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec

from hegui.gateway import refusals
from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.gateway.generation import Generation
from hegui.gateway.mark import Marking, marking
from hegui.gateway.media import picture
from hegui.gateway.media.ask import Ask, read
from hegui.gateway.media.marker import Held, Marked, Marker
from hegui.gateway.media.policy import label_at
from hegui.gateway.media.record import FileRecord
from hegui.gateway.media.routes import Route
from hegui.gateway.record import Asked
from hegui.gateway.rows import Found, Row
from hegui.gateway.soon import Soon
from hegui.gateway.upstream.base import UpstreamReply
from hegui.gateway.upstream.pool import Pool
from hegui.gateway.way import Headers, Reply, Way, cause, text_of
from hegui.screen import Screen
from hegui.world import new_id

_JSON = (b"content-type", b"application/json")
#: Answers that are worked on at once: each is in memory, three times while it is marked.
_AT_ONCE = 8
#: A file in base64 takes four bytes for three, and pictures come with words around them.
_IN_JSON = 1.4


class Begun(msgspec.Struct, frozen=True):
    """A generation that is let in, with what it needs on its way.

    Attributes:
        g: the generation.
        ask: the request.
        asked: the same for the record.
        screen: the word packs it began under.
        label: the label in the answer's envelope.
    """

    g: Generation
    ask: Ask
    asked: Asked
    screen: Screen
    label: Marking

    @property
    def explicit(self) -> bool:
        """Whether the file itself shall show the label."""
        return self.g.label_at == "file"


Make = Callable[[Begun, UpstreamReply], Awaitable[Reply]]


class Maker:
    """Pictures and sounds; and the beginning of a clip.

    Args:
        way: what it shares with other kinds of generations.
        pool: the models.
        marker: marks files.
        files: the record of files.
        producer: the provider's code.
        unlabelled: whether copies without the explicit label are given on request.
        most: the most bytes of one file.
    """

    def __init__(
        self,
        *,
        way: Way,
        pool: Pool,
        marker: Marker,
        files: FileRecord,
        producer: str,
        unlabelled: bool,
        most: int,
    ) -> None:
        self._way = way
        self._pool = pool
        self._marker = marker
        self._files = files
        self._producer = producer
        self._unlabelled = unlabelled
        self._most = most
        #: Taken while a file is in memory.
        self.room = asyncio.Semaphore(_AT_ONCE)

    async def pictures(
        self, route: Route, headers: Headers, body: Callable[[], Awaitable[bytes]]
    ) -> Reply:
        """Answer ``POST /v1/images/generations`` and ``POST /v1/images/edits``.

        Raises:
            GatewayError: with the status and code of the refusal.
        """
        return await self.run(route, headers, body, self._pictures)

    async def sound(
        self, route: Route, headers: Headers, body: Callable[[], Awaitable[bytes]]
    ) -> Reply:
        """Answer ``POST /v1/audio/speech``.

        Raises:
            GatewayError: with the status and code of the refusal.
        """
        return await self.run(route, headers, body, self._sound)

    async def run(
        self, route: Route, headers: Headers, body: Callable[[], Awaitable[bytes]], make: Make
    ) -> Reply:
        """Let a request in, screen it, ask the model, and let ``make`` answer it.

        Raises:
            GatewayError: with the status and code of the refusal.
        """
        begun = await self._begin(route, headers, body)
        way, g, ask = self._way, begun.g, begun.ask
        way.active[g] = asyncio.current_task()
        upstream: UpstreamReply | None = None
        try:
            g.intake = Soon(lambda: way.recorder.intake(g, begun.asked))
            try:
                upstream = await self._pool.open(
                    ask.model, route.path, ask.upstream_body, ask.content_type
                )
            finally:
                await g.intake  # durable before any outcome
            g.upstream = upstream.upstream
            async with self.room:
                return await make(begun, upstream)
        except UpstreamError as error:
            if not g.closed:
                await way.fail(g, error)
            raise refusals.of_upstream(error, begun.screen, g.id) from None
        except Held as error:
            await way.fail(g, error, self._files.held(g.id, error))
            raise
        except GatewayError as error:
            if not g.closed:
                await way.fail(g, error)
            raise
        except asyncio.CancelledError:
            raise cause(g) from None
        finally:
            await way.leave(g, upstream)

    async def deliver(self, begun: Begun, finish: str, rows: list[Row]) -> None:
        """Put on record that an answer is whole; it may leave then."""
        g = begun.g
        g.first = self._way.world.now()
        await self._way.recorder.delivered(g, finish, begun.label.digest, rows)

    async def _begin(
        self, route: Route, headers: Headers, body: Callable[[], Awaitable[bytes]]
    ) -> Begun:
        way = self._way
        key, data = await way.enter(headers, body)
        boundary = f"hegui-{way.world.token(16).hex()}"
        kind = headers.get(b"content-type", b"")
        ask = await asyncio.to_thread(read, route, data, kind, boundary)
        if ask.model not in self._pool.models:
            raise refusals.model_unknown(ask.model, self._pool.models)
        pseudonym = text_of(headers, b"hegui-person") or ask.person
        admitted = await way.admission.admit(key, pseudonym)
        at = label_at(headers, admitted, unlabelled=self._unlabelled)
        self._marker.check(route.media, explicit=at == "file")
        screen = way.live.current
        g = Generation(admitted, way.world, route=route.name, label_at=at)
        asked = Asked(
            await asyncio.to_thread(ask.sealed),
            ask.model,
            streamed=False,
            screen=screen.fingerprint,
        )
        found = await way.screen_input(g, ask.texts(way.limits.depth), screen)
        if found is not None:
            await way.refuse(g, asked, found)
        label = marking(self._producer, g.id, "interface", "", raw=True)
        return Begun(g, ask, asked, screen, label)

    async def _pictures(self, begun: Begun, upstream: UpstreamReply) -> Reply:
        g, ask = begun.g, begun.ask
        most = int(self._most * _IN_JSON * int(ask.doc.get("n") or 1))
        body = await upstream.whole(most)
        answer = await asyncio.to_thread(picture.read, body)
        del body
        await self._screen_revised(begun, answer)
        files: list[Marked] = []
        for place, one in enumerate(answer.pictures):
            data = one.data or await self._fetch(upstream.upstream, one.url)
            number = f"{g.id}-{place + 1}" if place else g.id
            files.append(await self._marker.mark(data, "image", number, explicit=begun.explicit))
        form = ask.doc.get("response_format") or ""
        body = await asyncio.to_thread(picture.write, answer, files, form, begun.label.fragment)
        await self.deliver(begun, "stop", self._left(begun, files))
        self._way.count(g, "delivered", usage=picture.tokens(answer))
        return Reply(200, [_JSON, (b"hegui-generation", g.id.encode())], body)

    async def _sound(self, begun: Begun, upstream: UpstreamReply) -> Reply:
        g = begun.g
        data = await upstream.whole(self._most)
        file = await self._marker.mark(data, "audio", g.id, explicit=begun.explicit)
        await self.deliver(begun, "stop", self._left(begun, [file]))
        self._way.count(g, "delivered")
        headers = [
            (b"content-type", file.media_type.encode()),
            (b"hegui-generation", g.id.encode()),
        ]
        return Reply(200, headers, file.data)

    def _left(self, begun: Begun, files: list[Marked]) -> list[Row]:
        g = begun.g
        return [
            row for file in files for row in self._files.left(g.id, g.admitted, g.label_at, file)
        ]

    async def _fetch(self, upstream: str, url: str) -> bytes:
        reply = await self._pool.fetch(upstream, url)
        try:
            return await reply.whole(self._most)
        finally:
            await reply.aclose()

    async def _screen_revised(self, begun: Begun, answer: picture.Answer) -> None:
        """A prompt that the model's server wrote anew is text of the model.

        Raises:
            GatewayError: 400 ``content_filter``.
        """
        g, way = begun.g, self._way
        for place, one in enumerate(answer.pictures):
            if not one.revised:
                continue
            where = f"data[{place}].revised_prompt"
            findings = begun.screen.scan(one.revised)
            for finding in findings:
                if finding.action == "stop":
                    found: Found = ("output", where, finding)
                    decision = new_id(way.world)
                    await way.stop(g, decision, found)
                    raise refusals.content(way.told(g, decision, found))
            way.note(g, "output", [(where, finding) for finding in findings])
            g.taken.append((place, ("revised_prompt",), one.revised))
