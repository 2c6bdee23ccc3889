"""The parts of one service, joined and not yet running: who runs them decides when."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import msgspec

from hegui import __version__, vault
from hegui.cases import clocks, outbox, retention
from hegui.console.app import build as build_console
from hegui.gateway.gateway import Gateway
from hegui.gateway.upstream.pool import Pool
from hegui.ledger.kinds import ServiceStarted
from hegui.portal.api import build as build_machine
from hegui.portal.app import build as build_portal
from hegui.service.house import House
from hegui.service.instance import RENEW_SECONDS, Instance, instance_of
from hegui.store import record, tally
from hegui.store.sequence import Sequencer
from hegui.vault import close_interrupted
from hegui.worker import Job, in_thread, outputs
from hegui.world import new_id

_log = logging.getLogger("hegui.service")
#: Pauses of the house's own jobs, in seconds. Evidence gets its place within a second.
_SEQUENCE, _TICK, _REFRESH, _RETENTION = 0.5, 0.4, 0.4, 60.0
_TALLY, _CLOCKS, _OUTBOX, _OUTPUTS = 1.0, 5.0, 2.0, 60.0
#: How many addresses a service has, one port after another.
ADDRESSES = 3


class Parts(NamedTuple):
    """What a service is made of.

    Attributes:
        gateway: the data plane.
        sequencer: gives evidence its place.
        apps: what to serve, in the order of their ports: API, portal, console.
        jobs: what must come round.
        failing: the names of the jobs that fail now; whoever runs them keeps it.
    """

    gateway: Gateway
    sequencer: Sequencer
    apps: tuple[Any, ...]
    jobs: list[Job]
    failing: set[str]


@asynccontextmanager
async def assembled(house: House, pool: Pool | None = None) -> AsyncIterator[Parts]:
    """The parts of a house, begun: what a crash cut is closed, and the start is on record.

    When the block ends, everything is written and the instance's name is given back; the servers
    and the jobs must have stopped by then.

    Args:
        house: the house.
        pool: its models, where they are not just those of the settings.

    Raises:
        ConfigError: ``instance_in_use``.
    """
    instance = instance_of(house.store, house.settings.instance, house.link_secret, house.world)
    await asyncio.to_thread(_begin, house, instance)
    failing: set[str] = set()
    gateway = Gateway(house, build_machine(house), lambda: sorted(failing), pool)
    sequencer = Sequencer(house.store, house.signer, house.signer.name, house.world)
    house.open_http()
    try:
        yield Parts(
            gateway=gateway,
            sequencer=sequencer,
            apps=(gateway.app, build_portal(house), build_console(house)),
            jobs=_jobs(house, gateway, sequencer, instance),
            failing=failing,
        )
    finally:
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
    store, world = house.store, house.world
    return [
        Job("sequence", _SEQUENCE, in_thread(sequencer.run_once)),
        Job("seal", _TICK, gateway.tick),
        Job("refresh", _REFRESH, gateway.refresh),
        Job("retention", _RETENTION, in_thread(lambda: _expire(house))),
        Job("instance", RENEW_SECONDS, in_thread(instance.renew)),
        Job("tally", _TALLY, in_thread(lambda: tally.fold(store))),
        Job("outputs", _OUTPUTS, in_thread(lambda: outputs.check(store, world))),
        Job("clocks", _CLOCKS, in_thread(lambda: clocks.poll(store, world))),
        Job("outbox", _OUTBOX, in_thread(lambda: outbox.deliver(store, world))),
    ]


def _expire(house: House) -> None:
    """Destroy the texts of generations and of closed cases, and logs, whose time is over."""
    store, world = house.store, house.world
    vault.expire(store, world.now(), world)
    outputs.expire(store, world.now())
    days = house.settings.retention.stopped_days
    retention.expire(store, house.person_keys, world.now(), days, world)


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
