"""The responder as an upstream: a request in, an answer out word by word, no network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from hegui.gateway.upstream.base import JSON, UpstreamReply, read_all
from hegui.gateway.upstream.responder import media, rules, tools, wire
from hegui.gateway.upstream.responder.ask import Ask, parse
from hegui.gateway.upstream.responder.words import pieces
from hegui.world import World

Sleep = Callable[[float], Awaitable[None]]
#: Seconds before each word of a stream, as a reader likes to read.
DELAY = 0.015


class DemoResponder:
    """Answers by rules; not an AI model.

    Args:
        name: its name among the upstreams.
        world: gives ids and the time of an answer.
        delay: seconds before each word of a stream.
        sleep: waits; a test passes its own.
    """

    def __init__(
        self, name: str, world: World, *, delay: float = DELAY, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.name = name
        self._world = world
        self._delay = delay
        self._sleep = sleep

    async def open(self, route: str, body: bytes | None, content_type: str = JSON) -> UpstreamReply:
        """Answer; see :meth:`hegui.gateway.upstream.Upstream.open`."""
        if route != "chat/completions" or body is None:
            made = await media.answer(route, body, content_type, self._world)
            return PacedReply(self.name, made.content_type, iter([made.body]), 0, self._sleep)
        ask = parse(body)
        ident = self._world.token(12).hex()
        head = wire.Head(f"chatcmpl-{ident}", self._world.now() // 1000, ask.model)
        answer = respond(ask, f"call_{ident}")
        count = ask.n or 1
        asked = sum(len(pieces(message.text)) for message in ask.messages)
        usage = wire.Usage(asked, count * len(answer.pieces))
        if not ask.stream:
            whole = wire.whole(head, answer, count, usage)
            return PacedReply(self.name, "application/json", iter([whole]), 0, self._sleep)
        told = ask.stream_options is not None and ask.stream_options.include_usage
        parts = wire.stream(head, answer, count, usage if told else None)
        return PacedReply(self.name, "text/event-stream", parts, self._delay, self._sleep)


def respond(ask: Ask, call_id: str) -> wire.Answer:
    """The answer to a request, cut where ``stop`` or the token limit says."""
    call = tools.call(ask)
    if call is not None:
        return wire.Answer(pieces(call.arguments), "tool_calls", call, call_id)
    result = ask.tool_result
    if result is None:
        text = rules.reply(ask.text, ask.language)
    else:
        text = {"zh": "工具给出的结果是：", "en": "The tool says: "}[ask.language] + result
    ends = [at for stop in ask.stops if (at := text.find(stop)) >= 0]
    words = pieces(text[: min(ends)] if ends else text)
    if ask.limit is not None and len(words) > ask.limit:
        return wire.Answer(words[: ask.limit], "length")
    return wire.Answer(words, "stop")


class PacedReply:
    """Parts that are there already, handed out with a pause before each but the first."""

    def __init__(
        self, upstream: str, content_type: str, parts: Iterator[bytes], delay: float, sleep: Sleep
    ) -> None:
        self.upstream = upstream
        self.content_type = content_type
        self._parts = parts
        self._delay = delay
        self._sleep = sleep
        self._begun = False
        self._closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The parts in order."""
        return self

    async def __anext__(self) -> bytes:
        if self._begun:
            await self._sleep(self._delay)
        self._begun = True
        part = b"" if self._closed else next(self._parts, b"")
        if not part:
            raise StopAsyncIteration
        return part

    async def whole(self, most: int) -> bytes:
        """All parts, joined."""
        return await read_all(self, most)

    async def aclose(self) -> None:
        """No further part."""
        self._closed = True
