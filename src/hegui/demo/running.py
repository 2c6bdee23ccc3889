"""The real service, started in this process, with another clock; it can be stopped and started."""

import asyncio
import contextlib
import socket
from collections.abc import Sequence

from hegui.config import Home, Settings
from hegui.demo.clock import DemoWorld
from hegui.gateway.upstream.build import build_pool
from hegui.service.house import House, open_house
from hegui.service.parts import assembled
from hegui.service.servers import serving
from hegui.worker import Job, run_jobs

#: The responder's seconds before each word. Without a pause a stream still comes word by word,
#: and a month takes a minute.
_DELAY = 0.0


class Service:
    """The service, which can be stopped and started again as often as one likes.

    Args:
        settings: the settings, with the addresses of ``sockets``.
        home: the data folder, whose lock the caller holds.
        clock: the demonstration's.
        sockets: listening, one for each address. They stay open while the service is stopped, so
            that no other program takes their ports meanwhile.

    Attributes:
        house: the house as its last start opened it.
        jobs: its own jobs but sealing, which seals streams in real time, as they flow.
        model: the model that people ask.
    """

    house: House
    jobs: Sequence[Job]
    model: str

    def __init__(
        self, settings: Settings, home: Home, clock: DemoWorld, sockets: Sequence[socket.socket]
    ) -> None:
        self._settings = settings
        self._home = home
        self._clock = clock
        self._sockets = sockets
        self._running = contextlib.AsyncExitStack()

    async def start(self) -> None:
        """Start it, as ``hegui run`` does.

        Raises:
            HeguiError: why it can't start.
        """
        async with contextlib.AsyncExitStack() as stack:
            house = await asyncio.to_thread(open_house, self._settings, self._home, self._clock)
            stack.callback(house.close)
            # People ask the responder alone, whatever other models the settings name.
            own = [one for one in self._settings.upstream if one.kind == "responder"]
            pool = build_pool(own, self._clock, delay=_DELAY)
            parts = await stack.enter_async_context(assembled(house, pool))
            sockets = [one.dup() for one in self._sockets]  # a server closes its own when it ends
            await stack.enter_async_context(serving(parts.api, parts.pages, sockets))
            seal = [job for job in parts.jobs if job.name == "seal"]
            sealing = asyncio.create_task(run_jobs(seal, set()))
            stack.push_async_callback(_cancel, sealing)
            self.house, self.model = house, pool.models[0]
            self.jobs = [job for job in parts.jobs if job not in seal]
            self._running = stack.pop_all()

    async def stop(self) -> None:
        """Stop it, as a signal does: everything is written, and what is open is closed."""
        await self._running.aclose()


async def _cancel(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
