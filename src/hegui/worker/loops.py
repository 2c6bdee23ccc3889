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


async def run_jobs(jobs: Sequence[Job], failing: set[str]) -> None:
    """Run all jobs until cancelled.

    Args:
        jobs: what to run.
        failing: holds the names of the jobs whose last run failed.
    """
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job, failing), name=f"hegui-{job.name}")


async def _repeat(job: Job, failing: set[str]) -> None:
    while True:
        try:
            await job.work()
            failing.discard(job.name)
        except HeguiError as error:
            _failed(job, failing, error.code)
        except Exception:  # noqa: BLE001  told and not ready; one job must not end the service
            _failed(job, failing, "internal")
            _log.exception("%s", job.name)
        await asyncio.sleep(job.seconds)


def _failed(job: Job, failing: set[str], code: str) -> None:
    if job.name not in failing:  # once, not twice a second
        _log.error("%s failed and will be tried again: %s", job.name, code)
    failing.add(job.name)
