"""A time limit on what the running task waits for; costs far less than ``asyncio.timeout``."""

import asyncio
from types import TracebackType
from typing import Self

from hegui.gateway.alarms import Alarms


class Deadline:
    """``with Deadline(alarms):`` raises ``TimeoutError`` where the task waits when one rings.

    Being cancelled by somebody else meanwhile stays a cancellation.

    Args:
        alarms: the limits of that length.
    """

    __slots__ = ("_alarm", "_alarms", "_late", "_task")

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms
        self._late = False

    def __enter__(self) -> Self:
        self._task = asyncio.current_task()
        self._alarm = self._alarms.set(self._end)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._alarm.cancel()
        if self._late and self._task is not None:
            others = self._task.uncancel()
            if kind is asyncio.CancelledError and others == 0:
                raise TimeoutError from error

    def _end(self) -> None:
        self._late = True
        if self._task is not None:
            self._task.cancel()
