"""The parts of one service, joined and not yet running: who runs them decides when."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, NamedTuple

from hegui import checks, vault
from hegui.cases import needed, retention
from hegui.console.app import build as build_console
from hegui.duties import changes, packs
from hegui.gateway.api import Api
from hegui.gateway.gateway import Gateway
from hegui.gateway.memory import give_back
from hegui.gateway.upstream.pool import Pool
from hegui.outbox import outbox, poll
from hegui.outbox.channels import channels
from hegui.people import word_packs
from hegui.portal.api import build as build_machine
from hegui.portal.app import build as build_portal
from hegui.service.house import House
from hegui.service.instance import RENEW_SECONDS, Instance, instance_of
from hegui.service.start import record_start
from hegui.store import tally
from hegui.store.sequence import Sequencer
from hegui.vault import close_interrupted
from hegui.worker import Job, head, in_thread, kept, outputs, proof

_log = logging.getLogger("hegui.service")
#: Pauses of the house's own jobs, in seconds. Evidence gets its place within a second.
_SEQUENCE, _TICK, _REFRESH, _RETENTION = 0.5, 0.4, 0.4, 60.0
_TALLY, _CLOCKS, _OUTBOX, _OUTPUTS = 1.0, 5.0, 2.0, 60.0
_DUTIES = 10.0
_CHECKS, _PROBES = 2.0, 60.0
#: How many addresses a service has, one port after another.
ADDRESSES = 3


class Parts(NamedTuple):
    """What a service is made of.

    Attributes:
        gateway: the data plane.
        sequencer: gives evidence its place.
        api: answers requests at the first port.
        pages: ASGI apps at the ports after it: portal, console.
        jobs: what must come round.
        failing: the names of the jobs that fail now; whoever runs them keeps it.
    """

    gateway: Gateway
    sequencer: Sequencer
    api: Api
    pages: tuple[Any, ...]
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
        OutboxError: ``channel_secret``.
    """
    instance = instance_of(house.store, house.settings.instance, house.link_secret, house.world)
    told = await asyncio.to_thread(_channels, house)
    await asyncio.to_thread(_begin, house, instance)
    failing: set[str] = set()
    gateway = Gateway(house, build_machine(house), lambda: sorted(failing), pool)
    sequencer = Sequencer(house.store, house.signer, house.signer.name, house.world)
    house.open_http()
    try:
        yield Parts(
            gateway=gateway,
            sequencer=sequencer,
            api=gateway.api,
            pages=(build_portal(house), build_console(house)),
            jobs=_jobs(house, gateway, sequencer, instance, told),
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
    away = instance.arrive()
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
    _tell_of_packs(house)
    record_start(house.store, house.settings, house.world, away)


def _channels(house: House) -> Mapping[str, outbox.Channel]:
    """The channels that are set up; what waits for others is told in the log."""
    told = channels(house.settings, needed)
    for name, waiting in outbox.stranded(house.store, told).items():
        _log.warning("%d messages wait for %s, which is no longer set up", waiting, name)
    return told


def _jobs(
    house: House,
    gateway: Gateway,
    sequencer: Sequencer,
    instance: Instance,
    told: Mapping[str, outbox.Channel],
) -> list[Job]:
    store, world = house.store, house.world
    return [
        Job("sequence", _SEQUENCE, in_thread(sequencer.run_once)),
        Job("seal", _TICK, gateway.tick),
        Job("refresh", _REFRESH, gateway.refresh),
        Job("retention", _RETENTION, in_thread(lambda: _expire(house))),
        Job("instance", RENEW_SECONDS, in_thread(instance.renew)),
        Job("tally", _TALLY, in_thread(lambda: tally.fold(store))),
        Job("outputs", _OUTPUTS, in_thread(lambda: outputs.check(store, world))),
        Job("clocks", _CLOCKS, in_thread(lambda: poll(store, world))),
        Job("checks", _CHECKS, in_thread(lambda: checks.fold(store))),
        Job("duties", _DUTIES, in_thread(lambda: changes.refresh(store, world))),
        *_probes(house, gateway),
        *_deliveries(house, told),
    ]


def _probes(house: House, gateway: Gateway) -> Iterator[Job]:
    """Jobs that look for themselves whether what the house promises is so, and record it."""
    store, world = house.store, house.world
    days = house.settings.retention.stopped_days
    yield Job("head", _PROBES, in_thread(lambda: head.check(store, house.verifier, world)))
    yield Job("kept", _PROBES, in_thread(lambda: kept.check(store, days, world)))
    yield Job("proof", _PROBES, in_thread(lambda: _prove(house, gateway)))


def _prove(house: House, gateway: Gateway) -> None:
    """Hold the screen against the words in force, if that is due, and let go of them."""
    packs_in_force = partial(word_packs.in_force, house.store, house.settings)
    if proof.check(house.store, gateway.screen, packs_in_force, house.world):
        give_back()


def _deliveries(house: House, told: Mapping[str, outbox.Channel]) -> Iterator[Job]:
    """A job for each channel, so that one that hangs holds up no other."""
    for name, channel in told.items():
        then = told.keys() - {name} if name == outbox.CONSOLE else ()
        work = partial(outbox.deliver, house.store, house.world, name, channel, then)
        yield Job("outbox" if name == outbox.CONSOLE else name, _OUTBOX, in_thread(work))


def _tell_of_packs(house: House) -> None:
    """Put the law packs in force on record, and say what an update of the house changed."""
    for change in packs.note_seen(house.store, house.world):
        for line in packs.lines(change):
            _log.warning("%s", line)


def _expire(house: House) -> None:
    """Destroy the texts of generations and of closed cases, and logs, whose time is over."""
    store, world = house.store, house.world
    vault.expire(store, world.now(), world)
    outputs.expire(store, world.now())
    days = house.settings.retention.stopped_days
    retention.expire(store, house.person_keys, world.now(), days, world)
