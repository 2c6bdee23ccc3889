"""The real service, started in this process on free ports of this machine, with another clock."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import msgspec

from hegui.config import Home, Settings
from hegui.demo.clock import DemoWorld
from hegui.demo.town import Town
from hegui.gateway.upstream.build import build_pool
from hegui.service.house import open_house
from hegui.service.parts import ADDRESSES, assembled
from hegui.service.servers import serving
from hegui.worker import Job, run_jobs

_HOST = "127.0.0.1"
#: The responder's seconds before each word. Without a pause a stream still comes word by word,
#: and a month takes a minute.
_DELAY = 0.0


@contextlib.asynccontextmanager
async def town(settings: Settings, home: Home, clock: DemoWorld, seed: int) -> AsyncIterator[Town]:
    """The service with its people, until the block ends.

    Args:
        settings: the settings; only their addresses are replaced.
        home: the data folder, whose lock the caller holds.
        clock: the demonstration's.
        seed: of the script.

    Raises:
        HeguiError: why the service can't start.
    """
    port, sockets = _free_ports()
    listen = msgspec.structs.replace(
        settings.listen, host=_HOST, port=port, public_url="", console_url=""
    )
    settings = msgspec.structs.replace(settings, listen=listen)
    with contextlib.ExitStack() as stack:
        for bound in sockets:
            stack.callback(bound.close)
        house = open_house(settings, home, clock)
        stack.callback(house.close)
        # People ask the responder alone, whatever other models the settings name.
        own = [upstream for upstream in settings.upstream if upstream.kind == "responder"]
        pool = build_pool(own, clock, delay=_DELAY)
        async with assembled(house, pool) as parts, serving(parts.apps, sockets):
            # Streams are sealed in real time, as they flow; the other jobs run between acts.
            seal = [job for job in parts.jobs if job.name == "seal"]
            sealing = asyncio.create_task(run_jobs(seal, set()))
            people = Town(house, clock, _others(parts.jobs, seal), pool.models[0], seed)
            try:
                yield people
            finally:
                await people.close()
                sealing.cancel()
                await asyncio.gather(sealing, return_exceptions=True)


def _others(jobs: list[Job], but: list[Job]) -> list[Job]:
    return [job for job in jobs if job not in but]


def _free_ports() -> tuple[int, list[socket.socket]]:
    """The first of as many free ports in a row as a service has, and all of them, listening."""
    while True:
        bound = [socket.create_server((_HOST, 0))]
        port: int = bound[0].getsockname()[1]
        with contextlib.suppress(OSError, OverflowError):  # taken, or past the last port
            for offset in range(1, ADDRESSES):
                bound.append(socket.create_server((_HOST, port + offset)))  # noqa: PERF401
        if len(bound) == ADDRESSES:
            return port, bound
        for one in bound:
            one.close()
