"""Listening addresses, and a server on each: our own for the API, uvicorn for the pages."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn

from hegui.config import ConfigError
from hegui.gateway.api import Api
from hegui.gateway.bounded import BoundedProtocol
from hegui.gateway.http import Server

#: How long a stop waits for answers in progress, in seconds.
GRACE = 4


def bind(host: str, port: int) -> socket.socket:
    """A listening address, taken before anything else starts.

    Raises:
        ConfigError: ``address_taken``.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise ConfigError(
            "address_taken",
            zh=f"无法监听 {host}:{port}（{error.strerror}）。请用 HEGUI_PORT 换一个起始端口。",
            en=f"Can't listen on {host}:{port} ({error.strerror}). "
            "Choose another first port with HEGUI_PORT.",
        ) from error
    return bound


class Serving:
    """The API and the pages being served, each by a server of its own.

    Attributes:
        tasks: one a server; one that ends by itself is a fault.
    """

    def __init__(self, api: Api, pages: Sequence[Any], sockets: Sequence[socket.socket]) -> None:
        self._api = Server(api, GRACE + 2)
        self._pages = [_Server(_config(app)) for app in pages]
        self.tasks = [
            asyncio.create_task(self._api.serve(sockets[0])),
            *(
                asyncio.create_task(server.serve(sockets=[bound]))
                for server, bound in zip(self._pages, sockets[1:], strict=True)
            ),
        ]

    async def started(self) -> None:
        """Wait until every server answers."""
        servers: tuple[Server | _Server, ...] = (self._api, *self._pages)
        while not all(server.started for server in servers):  # noqa: ASYNC110  no event
            await asyncio.sleep(0.01)

    def stop(self) -> None:
        """Take nothing new; answers in progress may end."""
        self._api.stop()
        for server in self._pages:
            server.should_exit = True


@asynccontextmanager
async def serving(
    api: Api, pages: Sequence[Any], sockets: Sequence[socket.socket]
) -> AsyncIterator[Serving]:
    """Serve the API at the first socket and each page app at its own, until the block ends."""
    running = Serving(api, pages, sockets)
    try:
        await running.started()
        yield running
    finally:
        running.stop()
        await asyncio.gather(*running.tasks)


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE + 2,
    )


class _Server(uvicorn.Server):
    """uvicorn, whose signals are the service's own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
