"""A limit that is set again and again."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import uvloop

from hegui.gateway.watch import Watch


class Trial:
    """A watch, and when it rang, in seconds since the beginning."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.begun = self.loop.time()
        self.rang: list[float] = []
        self.watch = Watch(self.loop, self._ring)

    def until(self, seconds: float) -> None:
        self.watch.until(self.begun + seconds)

    def _ring(self) -> None:
        self.rang.append(self.loop.time() - self.begun)


def rang(acts: Callable[[Trial], Awaitable[None]]) -> list[float]:
    async def run() -> list[float]:
        trial = Trial()
        await acts(trial)
        return trial.rang

    return uvloop.run(run())


def test_it_rings_in_its_time_and_once() -> None:
    async def acts(trial: Trial) -> None:
        trial.until(0.03)
        await asyncio.sleep(0.1)

    (at,) = rang(acts)
    assert 0.029 <= at < 0.1


def test_set_later_it_rings_later() -> None:
    async def acts(trial: Trial) -> None:
        for step in range(1, 6):
            trial.until(step * 0.02 + 0.03)
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)

    (at,) = rang(acts)
    assert at >= 0.129


def test_set_earlier_it_rings_earlier() -> None:
    async def acts(trial: Trial) -> None:
        trial.until(60)
        trial.until(0.02)
        await asyncio.sleep(0.1)

    (at,) = rang(acts)
    assert at < 0.1


def test_what_has_passed_rings_at_once() -> None:
    async def acts(trial: Trial) -> None:
        trial.until(-1)
        await asyncio.sleep(0.05)

    assert len(rang(acts)) == 1


@pytest.mark.parametrize("before", [True, False], ids=["before it rang", "after it rang"])
def test_stopped_it_does_not_ring_and_can_be_set_again(before: bool) -> None:
    async def acts(trial: Trial) -> None:
        trial.until(0.02)
        if not before:
            await asyncio.sleep(0.05)
        trial.watch.stop()
        await asyncio.sleep(0.05)
        trial.until(0.12)
        await asyncio.sleep(0.15)

    assert len(rang(acts)) == (1 if before else 2)
