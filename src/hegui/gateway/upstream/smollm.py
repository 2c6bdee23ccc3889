"""SmolLM2-135M-Instruct in this process, through llama-cpp-python: a real, very small model.

One worker thread loads it at the first question and generates one answer at a time; further
questions wait. A bounded queue takes the tokens to the event loop, so that a slow reader slows
the model.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream.base import UpstreamReply
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

    async def open(self, route: str, body: bytes) -> UpstreamReply:
        """Answer; see :meth:`hegui.gateway.upstream.Upstream.open`. There is only one route."""
        del route
        request = parse(body)
        kind = "text/event-stream" if request.stream else "application/json"
        reply = TokenReply(self.name, kind, self._replies.discard)
        self._replies.add(reply)
        self._worker.submit(self._answer, request, reply).add_done_callback(reply.ended)
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
        #: Parts; then an error, or None for the end.
        self._queue: asyncio.Queue[bytes | UpstreamError | None] = asyncio.Queue(_QUEUE)
        self._first = b""

    async def begin(self) -> None:
        """Wait for the first part.

        Raises:
            UpstreamError: there is none.
        """
        self._first = await anext(self, b"")

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The parts as they come."""
        return self

    async def __anext__(self) -> bytes:
        if self._first:
            part, self._first = self._first, b""
            return part
        item = None if self.cancelled.is_set() else await self._queue.get()
        if isinstance(item, bytes):
            return item
        await self.aclose()
        if item is not None:
            raise item
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Nobody reads on: the model stops at its next token."""
        self.cancelled.set()
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)  # wakes a task that reads
        self._on_close(self)

    def put(self, item: bytes | UpstreamError | None) -> None:
        """From the thread: hand over an item; waits while the queue is full."""
        asyncio.run_coroutine_threadsafe(self._queue.put(item), self._loop).result()

    def ended(self, job: Future[None]) -> None:
        """From the thread: the answer is over, well or not."""
        if self.cancelled.is_set():
            return
        error = job.exception()
        if isinstance(error, ValueError):
            self.put(failure("upstream_rejected", detail=str(error)))
        elif error is not None:
            self.put(failure("upstream_failed"))
        else:
            self.put(None)
