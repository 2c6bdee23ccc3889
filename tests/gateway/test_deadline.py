"""A time limit on what a task waits for."""

import asyncio

import pytest

from hegui.gateway.alarms import Alarms
from hegui.gateway.deadline import Deadline


def test_in_time_nothing_happens() -> None:
    async def work() -> str:
        with Deadline(Alarms(5)):
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        return "done"

    assert asyncio.run(work()) == "done"


def test_too_late_it_raises_and_the_task_goes_on() -> None:
    async def work() -> int:
        with pytest.raises(TimeoutError), Deadline(Alarms(0.01)):
            await asyncio.sleep(60)
        await asyncio.sleep(0)
        task = asyncio.current_task()
        assert task is not None
        return task.cancelling()

    assert asyncio.run(work()) == 0


def test_a_cancellation_by_somebody_else_stays_one() -> None:
    async def work() -> None:
        with Deadline(Alarms(60)):
            await asyncio.sleep(60)

    async def run() -> None:
        task = asyncio.create_task(work())
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run())
