"""The real service on free ports of this machine, and the people around it."""

import contextlib
import socket
from collections.abc import AsyncIterator

import msgspec

from hegui.config import Home, Mail, Settings, Webhook
from hegui.demo.clock import DemoWorld
from hegui.demo.running import Service
from hegui.demo.town import Town
from hegui.service.parts import ADDRESSES

_HOST = "127.0.0.1"


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
    # Deadlines of simulated people are no news for the real staff.
    settings = msgspec.structs.replace(settings, listen=listen, mail=Mail(), webhook=Webhook())
    with contextlib.ExitStack() as stack:
        for bound in sockets:
            stack.callback(bound.close)
        service = Service(settings, home, clock, sockets)
        await service.start()
        people = Town(service, clock, seed)
        try:
            yield people
        finally:
            await people.close()
            await service.stop()


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
