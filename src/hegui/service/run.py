"""Starts and stops a service: API, portal and worker in one process and one event loop."""

import asyncio
import hashlib
import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec
import uvicorn
import uvloop

from hegui import __version__
from hegui.config import ConfigError, Home, Settings, write_private
from hegui.gateway.bounded import BoundedProtocol
from hegui.gateway.gateway import Gateway
from hegui.ledger.kinds import ServiceStarted
from hegui.portal.api import build as build_machine
from hegui.portal.app import build as build_portal
from hegui.service.greeting import greeting, run_facts
from hegui.service.house import House, open_house
from hegui.store import record
from hegui.store.sequence import Sequencer
from hegui.vault import close_interrupted, expire
from hegui.worker import Job, in_thread, run_jobs
from hegui.world import new_id

_log = logging.getLogger("hegui.service")
#: Pauses of the house's own jobs, in seconds. Evidence gets its place within a second.
_SEQUENCE, _TICK, _REFRESH, _RETENTION = 0.5, 0.4, 0.4, 60.0
#: How long a stop waits for answers in progress.
_GRACE = 5


def run(settings: Settings, home: Home, *, as_json: bool = False) -> None:
    """Run until SIGINT or SIGTERM.

    Args:
        settings: checked settings.
        home: the data folder.
        as_json: print the addresses as one JSON document.

    Raises:
        HeguiError: the service can't start; what is wrong and what to do.
    """
    with home.lock():
        sockets = [_bind(settings, offset) for offset in (0, 1)]
        house = open_house(settings, home)
        try:
            uvloop.run(_serve(house, sockets, as_json=as_json))
        finally:
            home.run_json.unlink(missing_ok=True)
            house.close()


async def _serve(house: House, sockets: list[socket.socket], *, as_json: bool) -> None:
    settings, world = house.settings, house.world
    # Before the first request: what a crash cut is closed.
    closed = await asyncio.to_thread(
        close_interrupted, house.store, house.person_keys, settings.instance, world
    )
    if closed:
        _log.warning("%d generations that a crash cut were closed as interrupted", closed)
    _record_start(house)
    gateway = Gateway(house, build_machine(house))
    sequencer = Sequencer(house.store, house.signer, house.signer.name, world)
    jobs = [
        Job("sequence", _SEQUENCE, in_thread(sequencer.run_once)),
        Job("seal", _TICK, gateway.tick),
        Job("refresh", _REFRESH, gateway.refresh),
        Job("retention", _RETENTION, in_thread(lambda: expire(house.store, world.now(), world))),
    ]
    house.open_http()
    servers = [
        _Server(_uvicorn(gateway.app, http=BoundedProtocol)),
        _Server(_uvicorn(build_portal(house), http=BoundedProtocol)),
    ]
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    serving = [
        asyncio.create_task(server.serve(sockets=[bound]))
        for server, bound in zip(servers, sockets, strict=True)
    ]
    working = asyncio.create_task(run_jobs(jobs))
    while not all(server.started for server in servers):  # noqa: ASYNC110  uvicorn has no event
        await asyncio.sleep(0.01)
    facts = run_facts(house, os.getpid())
    write_private(house.home.run_json, msgspec.json.format(msgspec.json.encode(facts)) + b"\n")
    print(msgspec.json.encode(facts).decode() if as_json else greeting(house), flush=True)  # noqa: T201
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, working, *serving], return_when=asyncio.FIRST_COMPLETED)
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*serving)
    waiting.cancel()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    await gateway.aclose()
    await house.http.close()
    await asyncio.to_thread(sequencer.run_once)
    await asyncio.to_thread(sequencer.close)


def _record_start(house: House) -> None:
    settings, world = house.settings, house.world
    recipients = [upstream.recipient for upstream in settings.upstream]
    with house.store.begin() as conn:
        record(
            conn,
            ServiceStarted(
                act=new_id(world),
                at=world.now(),
                nonce=world.token(16).hex(),
                version=__version__,
                settings=_digest(settings),
                recipients=_digest(recipients),
            ),
        )


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


def _bind(settings: Settings, offset: int) -> socket.socket:
    """A listening address, taken before anything else starts."""
    host, port = settings.listen.host, settings.listen.port + offset
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        raise ConfigError(
            "address_taken",
            zh=f"无法监听 {host}:{port}({error.strerror})。请用 HEGUI_PORT 换一个起始端口。",
            en=f"Can't listen on {host}:{port} ({error.strerror}). "
            "Choose another first port with HEGUI_PORT.",
        ) from error
    return bound


def _uvicorn(app: object, http: type) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=http,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_GRACE,
    )


class _Server(uvicorn.Server):
    """uvicorn, whose signals are the service's own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
