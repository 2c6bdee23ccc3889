"""Jobs that come round: each in its own time, none stopped by another's failure."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from hegui.errors import HeguiError

_log = logging.getLogger("hegui.worker")


class Job(msgspec.Struct, frozen=True):
    """Something to do again and again.

    Attributes:
        name: for the log.
        seconds: the pause between two runs.
        work: one run; an error of the house is logged and the next run tries again.
    """

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


def in_thread(work: Callable[[], object]) -> Callable[[], Awaitable[object]]:
    """A blocking run, for a thread."""

    async def run() -> object:
        return await asyncio.to_thread(work)

    return run


async def run_jobs(jobs: Sequence[Job]) -> None:
    """Run all jobs until cancelled."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job), name=f"hegui-{job.name}")


async def _repeat(job: Job) -> None:
    while True:
        try:
            await job.work()
        except HeguiError as error:
            _log.error("%s failed and will be tried again: %s", job.name, error.code)
        await asyncio.sleep(job.seconds)
