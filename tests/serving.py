"""An app as a browser meets it: uvicorn in a thread of its own."""

import asyncio
import socket
import threading
from typing import Any

import httpx2
import uvicorn


class Served:
    """``app`` at ``url``, until :meth:`close`."""

    def __init__(self, app: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.url: str = self.call(self._open(app))

    def call(self, coroutine: Any) -> Any:
        """Runs a coroutine in the app's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    def client(self) -> httpx2.Client:
        """A browser without JavaScript that follows no redirect by itself."""
        return httpx2.Client(base_url=self.url, timeout=20, trust_env=False)

    def close(self) -> None:
        self.stop()
        self.end()

    def stop(self) -> None:
        """Answers nobody any more; the loop runs on."""
        self.call(self._close())

    def end(self) -> None:
        """Ends the loop."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _open(self, app: Any) -> str:
        # With its protocol named: asyncio sets TCP_NODELAY on no other, which costs 40 ms a page.
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, lifespan="off", log_config=None, ws="none")
        self.server = uvicorn.Server(config)
        self.serving = asyncio.ensure_future(self.server.serve(sockets=[bound]))
        while not self.server.started:
            await asyncio.sleep(0.005)
        return "http://{}:{}".format(*bound.getsockname())

    async def _close(self) -> None:
        self.server.should_exit = True
        self.server.force_exit = True
        await self.serving
