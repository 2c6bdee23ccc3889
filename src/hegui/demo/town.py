"""What the trades share: the running service, its clock, and what became of people so far."""

import asyncio
import random
from collections import Counter

import aiohttp
import msgspec

from hegui.demo.browser import Browser
from hegui.demo.clock import DemoWorld
from hegui.demo.colleague import Colleague
from hegui.demo.errors import broken
from hegui.demo.machine import Machine
from hegui.demo.running import Service
from hegui.service.house import House

#: Jobs with a pause shorter than this run before each move of the clock.
_OFTEN_SECONDS = 1.0
#: In a running house jobs come round by turns, in a few seconds. In one round here, first what
#: the others rest on, and last what takes in what the others left.
_FIRST = ("refresh", "sequence", "tally")
_LAST = ("sequence", "tally", "checks", "outbox", "duties")
#: How long the house may take to put on record that a reader left.
_RECORD_SECONDS = 10.0


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """A stop that somebody met.

    Attributes:
        decision: its id.
        at: when, milliseconds since 1970.
        wrong: whether what was stopped was harmless.
        lang: the language of who met it.
    """

    decision: str
    at: int
    wrong: bool
    lang: str


class Town:
    """The running service and the simulated people around it.

    Args:
        service: on ports of its own, started; its jobs run in simulated time.
        clock: its clock.
        seed: of the script; nothing else comes from it.

    Attributes:
        clock: the service's.
        counts: what happened, by name.
        stops: those that nobody has thought about yet.
        staff: who works at the provider, by the part they play.
        machine: an application's program.
    """

    def __init__(self, service: Service, clock: DemoWorld, seed: int) -> None:
        self.clock = clock
        self.counts: Counter[str] = Counter()
        self.stops: list[Stop] = []
        self.staff: dict[str, Colleague] = {}
        self._service = service
        self._seed = seed
        self._connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60)
        self._http = aiohttp.ClientSession(
            connector=self._connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        )
        self.machine = Machine(self.house.api_url, self._http)

    @property
    def house(self) -> House:
        """The service as it is now."""
        return self._service.house

    @property
    def model(self) -> str:
        """The model that people ask."""
        return self._service.model

    def dice(self, name: str) -> random.Random:
        """Seeded chance for one trade, so that another trade does not change it."""
        return random.Random(f"{self._seed}/{name}")  # noqa: S311  a script, no secret

    def reader(self, lang: str) -> Browser:
        """A browser at the portal."""
        return Browser(self.house.portal_url, self._connector, lang)

    def colleague(self, name: str, lang: str) -> Colleague:
        """Somebody of the staff, with a browser at the console."""
        browser = Browser(self.house.console_url, self._connector, lang)
        return Colleague(name, self.clock.token(12).hex(), browser)

    def met(self, stop: Stop) -> None:
        """Somebody met a stop."""
        self.counts["stops_wrong" if stop.wrong else "stops_right"] += 1
        self.stops.append(stop)

    async def move_to(self, at: int) -> None:
        """Let time pass, while nobody is doing anything.

        The house's quick jobs run first: in a running house they come round within a second, so
        nothing may wait an hour for them.
        """
        for job in self._service.jobs:
            if job.seconds < _OFTEN_SECONDS:
                await job.work()
        self.clock.move_to(at)

    async def jobs(self) -> None:
        """Let every job of the house come round."""
        names = [job.name for job in self._service.jobs]
        between = [name for name in names if name not in {*_FIRST, *_LAST}]
        await self.job(*_FIRST, *between, *_LAST)

    async def job(self, *names: str) -> None:
        """Run some of the house's jobs now, one after the other."""
        there = {job.name: job for job in self._service.jobs}
        for name in names:
            await there[name].work()

    async def away(self, length: int) -> None:
        """The service stops, and comes up again after so many milliseconds."""
        await self._service.stop()
        self.clock.move_to(self.clock.now() + length)
        await self._service.start()

    async def settled(self, generation: str) -> None:
        """Wait until the outcome of a generation that was left is on record.

        Raises:
            DemoError: ``demo_broken`` when it never comes.
        """
        ends = asyncio.get_running_loop().time() + _RECORD_SECONDS
        while asyncio.get_running_loop().time() < ends:
            if await asyncio.to_thread(self._has_outcome, generation):
                return
            await asyncio.sleep(0.002)
        raise broken("leaving a stream", "no record of it")

    async def close(self) -> None:
        """Close what people had open."""
        await self._http.close()

    def _has_outcome(self, generation: str) -> bool:
        return len(self.house.ledger.by_act(generation)) > 1
