"""The model server: aiohttp on a free loopback port, in a thread with its own event loop."""

import asyncio
import json
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web
from tests.simulator.play import HANG, RESET, Play
from tests.simulator.scripts import SCRIPTS, UNKNOWN, Script


@dataclass
class Asked:
    """One request that came: from which address and port, and whether the client left early."""

    headers: dict[str, str]
    body: dict[str, Any]
    peer: str
    cancelled: bool = False

    @property
    def model(self) -> str:
        """The model name asked for."""
        return str(self.body["model"])


class ModelServer:
    """``with ModelServer() as server:``; scripts go by the model name of a request.

    Attributes:
        url: base URL, with ``/v1``.
        asked: requests in order.
        open: answers in progress.
    """

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Asked] = []
        self.open = 0
        self._scripts: dict[str, Script] = dict(SCRIPTS)
        self._lose = False
        self._started = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def cancelled(self) -> int:
        """How many answers the client did not wait for."""
        return sum(asked.cancelled for asked in self.asked)

    def play(self, model: str, play: Play) -> None:
        """From now on answer questions to ``model`` like this."""
        self._scripts[model] = lambda _doc: play

    def lose_next_on_kept_connection(self) -> None:
        """Close the next connection that is used a second time, as its question comes."""
        self._lose = True

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_post("/v1/chat/completions", self._answer)
        # The handler is cancelled when its client goes away.
        runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/v1"
        self._started.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        doc = json.loads(await request.read())
        headers = {name.lower(): value for name, value in request.headers.items()}
        peer = str(_transport(request).get_extra_info("peername"))
        kept = any(asked.peer == peer for asked in self.asked)
        asked = Asked(headers, doc, peer)
        self.asked.append(asked)
        script = self._scripts.get(asked.model, UNKNOWN)
        self.open += 1
        try:
            if kept and self._lose:
                self._lose = False
                return await _play(request, Play(status=0))
            return await _play(request, script(doc))
        except (asyncio.CancelledError, ConnectionResetError):
            asked.cancelled = not self._stop.is_set()
            raise
        finally:
            self.open -= 1


async def _play(request: web.Request, play: Play) -> web.StreamResponse:
    response = web.StreamResponse(status=play.status or 200, headers=play.headers)
    response.content_type = play.content_type
    if play.status:
        await response.prepare(request)
    for step in play.steps:
        if isinstance(step, bytes):
            if play.status:
                await response.write(step)
            else:
                _transport(request).write(step)
        elif isinstance(step, float):
            await asyncio.sleep(step)
        elif step == HANG:
            await asyncio.Event().wait()
        elif step == RESET:
            _reset(request)
            return response
    if play.status:
        await response.write_eof()
    else:
        _transport(request).close()
    return response


def _transport(request: web.Request) -> asyncio.Transport:
    transport = request.transport
    assert isinstance(transport, asyncio.Transport)
    return transport


def _reset(request: web.Request) -> None:
    """Close so that the peer sees RST, not FIN."""
    transport = _transport(request)
    raw: socket.socket = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something that another thread brings about is so, for 10 seconds at most."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)
