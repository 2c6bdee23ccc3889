"""Async tests without a plug-in, and how a reply is read."""

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

from hegui.gateway.upstream.base import Upstream, UpstreamReply

P = ParamSpec("P")
ROUTE = "chat/completions"


def in_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an async test in an event loop of its own."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


async def read(reply: UpstreamReply) -> bytes:
    """The whole answer."""
    try:
        return b"".join([part async for part in reply])
    finally:
        await reply.aclose()


async def answer(upstream: Upstream, body: bytes) -> bytes:
    """Ask and read the whole answer."""
    return await read(await upstream.open(ROUTE, body))
