"""A time limit that its owner sets again and again, and that hardly ever passes.

Setting one costs an assignment: the event loop's timer stays where it is, looks when it rings
whether the limit was set anew, and is then wound to that.
"""

import asyncio
from collections.abc import Callable

_NEVER = float("inf")


class Watch:
    """One limit at a time; its owner decides when it rings whether it still matters.

    Args:
        loop: its clock.
        ring: called when the limit has passed.
    """

    __slots__ = ("_due", "_loop", "_ring", "_rings", "_timer")

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop = loop
        self._ring = ring
        self._due = _NEVER
        #: When the timer rings: never later than what is due.
        self._rings = _NEVER
        self._timer: asyncio.TimerHandle | None = None

    def until(self, due: float) -> None:
        """Ring at this time of the loop's clock, and not when it was set to before."""
        self._due = due
        if due < self._rings:
            self._wind()

    def stop(self) -> None:
        """Ring no more."""
        self._rings = _NEVER
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wind(self) -> None:
        self.stop()
        self._rings = self._due
        self._timer = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        if self._due > self._loop.time():
            self._wind()
        else:
            self.stop()
            self._ring()
