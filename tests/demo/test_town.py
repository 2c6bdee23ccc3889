"""A round of the house's jobs: each comes, and what one takes in from another comes after it."""

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from hegui.demo.clock import DemoWorld
from hegui.demo.town import Town
from hegui.worker import Job
from hegui.world import RealWorld

if TYPE_CHECKING:
    from hegui.demo.running import Service

#: What is handed over in a house, and by which job to which.
AFTER = [
    ("tally", "outputs"),  # a day is told once all of it is counted
    ("head", "sequence"),  # a finding gets its place
    ("sequence", "checks"),
    ("checks", "duties"),
    ("clocks", "outbox"),  # a stage that was reached is told
    ("retention", "kept"),
]
NAMES = [
    *("sequence", "refresh", "retention", "instance", "duties", "tally", "outputs"),
    *("clocks", "checks", "head", "kept", "proof", "outbox"),
]


class _Stub:
    """A service whose jobs only say that they came."""

    model = "demo"
    house = SimpleNamespace(api_url="http://127.0.0.1:9")

    def __init__(self, clock: DemoWorld) -> None:
        self.said: list[str] = []
        self.jobs = [self._job(name) for name in NAMES]
        self._clock = clock

    async def start(self) -> None:
        self.said.append(f"start {self._clock.now() // 60_000}")

    async def stop(self) -> None:
        self.said.append(f"stop {self._clock.now() // 60_000}")

    def _job(self, name: str) -> Job:
        async def work() -> None:
            self.said.append(name)

        return Job(name, 1.0, work)


def _said(what: str, *args: Any) -> list[str]:
    """What happened in a town that does this."""

    async def live() -> list[str]:
        clock = DemoWorld(RealWorld(), 0)
        stub = _Stub(clock)
        town = Town(cast("Service", stub), clock, 1)
        await getattr(town, what)(*args)
        await town.close()
        return stub.said

    return asyncio.run(live())


def test_every_job_comes_round() -> None:
    assert set(_said("jobs")) == set(NAMES)


@pytest.mark.parametrize(("giver", "taker"), AFTER)
def test_what_one_leaves_another_takes_in(giver: str, taker: str) -> None:
    said = _said("jobs")
    last = len(said) - 1 - said[::-1].index(taker)
    assert said.index(giver) < last


def test_a_service_that_is_away_comes_back_later() -> None:
    assert _said("away", 40 * 60_000) == ["stop 0", "start 40"]
