"""Time limits of one length: one timer of the event loop serves all that run at a time.

A timer of its own for each request costs more than what it guards, and nearly none ever rings.
Limits of one length end in the order in which they began, so only the next one needs a timer.
"""

import asyncio
from collections.abc import Callable


class Alarm:
    """A limit that runs; made by :meth:`Alarms.set`."""

    __slots__ = ("_alarms", "ring")

    def __init__(self, alarms: "Alarms", ring: Callable[[], None]) -> None:
        self._alarms = alarms
        self.ring = ring

    def cancel(self) -> None:
        """It won't ring; may be called more than once, and after it rang."""
        self._alarms.forget(self)


class Alarms:
    """Limits of one length, for one event loop.

    Args:
        seconds: their length.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        #: When each rings, by the loop's clock; the next one first.
        self._set: dict[Alarm, float] = {}
        self._timer: asyncio.TimerHandle | None = None

    def set(self, ring: Callable[[], None]) -> Alarm:
        """Call ``ring`` after these seconds, unless the alarm is cancelled before."""
        loop = asyncio.get_running_loop()
        alarm = Alarm(self, ring)
        self._set[alarm] = loop.time() + self.seconds
        if self._timer is None:
            self._timer = loop.call_later(self.seconds, self._look)
        return alarm

    def forget(self, alarm: Alarm) -> None:
        """One is no longer needed."""
        self._set.pop(alarm, None)

    def _look(self) -> None:
        """Ring what is due, and see to the next one."""
        loop = asyncio.get_running_loop()
        self._timer = None
        due = []
        for alarm, at in self._set.items():
            if at > loop.time():
                self._timer = loop.call_at(at, self._look)
                break
            due.append(alarm)
        for alarm in due:
            if self._set.pop(alarm, None) is not None:  # none that another's ringing cancelled
                alarm.ring()
