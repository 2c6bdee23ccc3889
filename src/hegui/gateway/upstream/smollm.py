"""SmolLM2-135M-Instruct in this process, through llama-cpp-python: a real, very small model.

One worker thread loads it at the first question and generates one answer at a time; further
questions wait. A bounded queue takes the tokens to the event loop, so that a slow reader slows
the model.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from hegui.gateway.upstream.base import JSON, UpstreamReply, read_all
from hegui.gateway.upstream.failures import failure
from hegui.gateway.upstream.smollm_model import Llama, Request, generate, parse

_QUEUE = 64


class SmolLM:
    """The model as an upstream.

    Args:
        name: its name among the upstreams.
        load: loads the model; see :func:`hegui.gateway.upstream.smollm_model.installed`.
    """

    def __init__(self, name: str, load: Callable[[], Llama]) -> None:
        self.name = name
        self._load = load
        self._model: Llama | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="smollm")
        self._replies: set[TokenReply] = set()

    async def open(self, route: str, body: bytes | None, content_type: str = JSON) -> UpstreamReply:
        """Answer; see :meth:`hegui.gateway.upstream.Upstream.open`. It writes texts only."""
        if route != "chat/completions" or body is None or content_type != JSON:
            raise failure("upstream_rejected", detail="this model writes texts only")
        request = parse(body)
        kind = "text/event-stream" if request.stream else "application/json"
        reply = TokenReply(self.name, kind, self._replies.discard)
        self._replies.add(reply)
        job = asyncio.get_running_loop().run_in_executor(self._worker, self._answer, request, reply)
        job.add_done_callback(reply.ended)
        try:
            await reply.begin()
        except BaseException:
            await reply.aclose()
            raise
        return reply

    async def aclose(self) -> None:
        """End every answer and the worker."""
        for reply in list(self._replies):
            await reply.aclose()
        await asyncio.to_thread(self._worker.shutdown, cancel_futures=True)

    def _answer(self, request: Request, reply: "TokenReply") -> None:
        """In the worker thread: put the answer's parts until it ends or nobody wants it."""
        if reply.cancelled.is_set():
            return
        if self._model is None:
            self._model = self._load()
        with closing(generate(self._model, request)) as parts:
            for part in parts:
                if reply.cancelled.is_set():
                    return
                if part:
                    reply.put(part)


class TokenReply:
    """An answer that a thread makes; see :class:`hegui.gateway.upstream.UpstreamReply`.

    Args:
        upstream: name of the model.
        content_type: media type.
        on_close: called with the reply once it is closed.

    Attributes:
        cancelled: tells the thread that nobody reads on.
    """

    def __init__(
        self, upstream: str, content_type: str, on_close: Callable[["TokenReply"], None]
    ) -> None:
        self.upstream = upstream
        self.content_type = content_type
        self.cancelled = threading.Event()
        self._on_close = on_close
        self._loop = asyncio.get_running_loop()
        #: Parts; None only wakes the reader.
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(_QUEUE)
        self._first = b""
        self._over = False
        self._error: Exception | None = None

    async def begin(self) -> None:
        """Wait for the first part.

        Raises:
            UpstreamError: there is none.
        """
        self._first = await anext(self, b"")
        if not self._first:
            raise failure("upstream_failed")

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The parts as they come."""
        return self

    async def __anext__(self) -> bytes:
        if self._first:
            part, self._first = self._first, b""
            return part
        if self.cancelled.is_set():
            raise StopAsyncIteration
        item = None if self._over and self._queue.empty() else await self._queue.get()
        if item is not None:
            return item
        await self.aclose()
        if self._error is not None:
            raise self._error
        raise StopAsyncIteration

    async def whole(self, most: int) -> bytes:
        """All parts, joined."""
        return await read_all(self, most)

    async def aclose(self) -> None:
        """Nobody reads on: the model stops at its next token."""
        self.cancelled.set()
        self._first = b""
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)  # wakes a task that reads
        self._on_close(self)

    def put(self, part: bytes) -> None:
        """From the thread: hand over a part; waits while the queue is full."""
        asyncio.run_coroutine_threadsafe(self._queue.put(part), self._loop).result()

    def ended(self, job: asyncio.Future[None]) -> None:
        """In the event loop: the thread has handed over its last part, or failed."""
        error = None if job.cancelled() else job.exception()
        if isinstance(error, ValueError):
            self._error = failure("upstream_rejected", detail=str(error))
        elif error is not None:
            self._error = failure("upstream_failed")
        self._over = True
        if self._queue.empty():
            self._queue.put_nowait(None)
