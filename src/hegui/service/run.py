"""Starts and stops a service: API, portal, console and worker in one process and event loop."""

import asyncio
import os
import signal
import socket

import msgspec
import uvloop

from hegui.config import Home, Settings, write_private
from hegui.gateway.gateway import Gateway
from hegui.gateway.memory import settle, share_arenas
from hegui.service.greeting import greeting, run_facts
from hegui.service.house import House, open_house
from hegui.service.owner import owner_link
from hegui.service.parts import ADDRESSES, assembled
from hegui.service.servers import GRACE, bind, serving
from hegui.worker import run_jobs


def run(settings: Settings, home: Home, *, as_json: bool = False) -> None:
    """Run until SIGINT or SIGTERM.

    Args:
        settings: checked settings.
        home: the data folder.
        as_json: print the addresses as one JSON document.

    Raises:
        HeguiError: the service can't start; what is wrong and what to do.
    """
    share_arenas()
    listen = settings.listen
    with home.lock():
        sockets = [bind(listen.host, listen.port + offset) for offset in range(ADDRESSES)]
        house = open_house(settings, home)
        try:
            uvloop.run(_serve(house, sockets, as_json=as_json))
        finally:
            home.run_json.unlink(missing_ok=True)
            house.close()
    if not as_json:
        print("已停止 stopped", flush=True)  # noqa: T201


async def _serve(house: House, sockets: list[socket.socket], *, as_json: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with assembled(house) as parts:
        working = asyncio.create_task(run_jobs(parts.jobs, parts.failing))
        try:
            async with serving(parts.api, parts.pages, sockets) as served:
                settle()
                await asyncio.to_thread(_tell, house, as_json=as_json)
                waiting = asyncio.create_task(stop.wait())
                await asyncio.wait(
                    [waiting, working, *served.tasks], return_when=asyncio.FIRST_COMPLETED
                )
                waiting.cancel()
                served.stop()
                await _wind_down(parts.gateway)
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)


def _tell(house: House, *, as_json: bool) -> None:
    sign_in = owner_link(house)
    facts = msgspec.json.encode(run_facts(house, os.getpid(), sign_in))
    write_private(house.home.run_json, msgspec.json.format(facts) + b"\n")
    print(facts.decode() if as_json else greeting(house, sign_in), flush=True)  # noqa: T201


async def _wind_down(gateway: Gateway) -> None:
    """Let answers in progress end for a while, then end them with a word."""
    loop = asyncio.get_running_loop()
    until = loop.time() + GRACE
    while gateway.active and loop.time() < until:  # noqa: ASYNC110  a count, no event
        await asyncio.sleep(0.05)
    gateway.stop()
