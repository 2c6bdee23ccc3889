"""Starts and stops a service: API, portal and worker in one process and one event loop."""

import asyncio
import hashlib
import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import uvicorn
import uvloop

from hegui import __version__
from hegui.config import ConfigError, Home, Settings, write_private
from hegui.gateway.bounded import BoundedProtocol
from hegui.gateway.gateway import Gateway
from hegui.gateway.memory import settle, share_arenas
from hegui.ledger.kinds import ServiceStarted
from hegui.portal.api import build as build_machine
from hegui.portal.app import build as build_portal
from hegui.service.greeting import greeting, run_facts
from hegui.service.house import House, open_house
from hegui.service.instance import RENEW_SECONDS, Instance, instance_of
from hegui.store import record
from hegui.store.sequence import Sequencer
from hegui.vault import close_interrupted, expire
from hegui.worker import Job, in_thread, run_jobs
from hegui.world import new_id

_log = logging.getLogger("hegui.service")
#: Pauses of the house's own jobs, in seconds. Evidence gets its place within a second.
_SEQUENCE, _TICK, _REFRESH, _RETENTION = 0.5, 0.4, 0.4, 60.0
#: How long a stop waits for answers in progress.
_GRACE = 4


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
    with home.lock():
        sockets = [_bind(settings, offset) for offset in (0, 1)]
        house = open_house(settings, home)
        try:
            uvloop.run(_serve(house, sockets, as_json=as_json))
        finally:
            home.run_json.unlink(missing_ok=True)
            house.close()
    if not as_json:
        print("已停止 stopped", flush=True)  # noqa: T201


async def _serve(house: House, sockets: list[socket.socket], *, as_json: bool) -> None:
    instance = instance_of(house.store, house.settings.instance, house.link_secret, house.world)
    await asyncio.to_thread(_begin, house, instance)
    failing: set[str] = set()
    gateway = Gateway(house, build_machine(house), lambda: sorted(failing))
    sequencer = Sequencer(house.store, house.signer, house.signer.name, house.world)
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
    working = asyncio.create_task(run_jobs(_jobs(house, gateway, sequencer, instance), failing))
    try:
        while not all(server.started for server in servers):  # noqa: ASYNC110  uvicorn has no event
            await asyncio.sleep(0.01)
        settle()
        _tell(house, as_json=as_json)
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait([waiting, working, *serving], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        await _wind_down(gateway, servers, serving)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await gateway.aclose()
        await house.http.close()
        await asyncio.to_thread(sequencer.run_once)
        await asyncio.to_thread(sequencer.close)
        await asyncio.to_thread(instance.end)


def _begin(house: House, instance: Instance) -> None:
    """Before the first request: what a crash cut is closed."""
    instance.renew()
    began = house.world.now()
    closed = close_interrupted(
        house.store,
        house.person_keys,
        instance.name,
        house.world,
        since=instance.last_run(),
    )
    instance.begin(began)
    if closed:
        _log.warning("%d generations that a crash cut were closed as interrupted", closed)
    _record_start(house)


def _jobs(house: House, gateway: Gateway, sequencer: Sequencer, instance: Instance) -> list[Job]:
    def retention() -> None:
        expire(house.store, house.world.now(), house.world)

    return [
        Job("sequence", _SEQUENCE, in_thread(sequencer.run_once)),
        Job("seal", _TICK, gateway.tick),
        Job("refresh", _REFRESH, gateway.refresh),
        Job("retention", _RETENTION, in_thread(retention)),
        Job("instance", RENEW_SECONDS, in_thread(instance.renew)),
    ]


def _tell(house: House, *, as_json: bool) -> None:
    facts = msgspec.json.encode(run_facts(house, os.getpid()))
    write_private(house.home.run_json, msgspec.json.format(facts) + b"\n")
    print(facts.decode() if as_json else greeting(house), flush=True)  # noqa: T201


async def _wind_down(
    gateway: Gateway, servers: list["_Server"], serving: list[asyncio.Task[None]]
) -> None:
    """Take nothing new, let answers in progress end for a while, then end them with a word."""
    for server in servers:
        server.should_exit = True
    loop = asyncio.get_running_loop()
    until = loop.time() + _GRACE
    while gateway.active and loop.time() < until:  # noqa: ASYNC110  a count, no event
        await asyncio.sleep(0.05)
    gateway.stop()
    await asyncio.gather(*serving)


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
            zh=f"无法监听 {host}:{port}（{error.strerror}）。请用 HEGUI_PORT 换一个起始端口。",
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
        timeout_graceful_shutdown=_GRACE + 2,
    )


class _Server(uvicorn.Server):
    """uvicorn, whose signals are the service's own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
