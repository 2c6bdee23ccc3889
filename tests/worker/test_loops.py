"""Jobs that come round."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from hegui.errors import HeguiError
from hegui.worker import Job, run_jobs


def failing_then_fine(error: Exception) -> tuple[Callable[[], Awaitable[None]], list[int]]:
    runs: list[int] = []

    async def work() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise error

    return work, runs


@pytest.mark.parametrize(
    "error", [HeguiError("store_unavailable", zh="忙", en="busy"), FileNotFoundError("x")]
)
def test_a_job_that_fails_is_told_and_tried_again(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> list[set[str]]:
        seen: list[set[str]] = []
        failing: set[str] = set()
        work, runs = failing_then_fine(error)
        task = asyncio.create_task(run_jobs([Job("one", 0.01, work)], failing))
        while len(runs) < 3:
            await asyncio.sleep(0.001)
            seen.append(set(failing))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return seen

    seen = asyncio.run(run())
    assert {"one"} in seen
    assert seen[-1] == set()
    assert sum("one failed" in record.message for record in caplog.records) == 1


def test_a_job_that_fails_stops_no_other() -> None:
    async def run() -> int:
        async def broken() -> None:
            raise HeguiError("store_unavailable", zh="忙", en="busy")

        done = 0

        async def fine() -> None:
            nonlocal done
            done += 1

        task = asyncio.create_task(
            run_jobs([Job("broken", 0.001, broken), Job("fine", 0.001, fine)], set())
        )
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return done

    assert asyncio.run(run()) > 3
