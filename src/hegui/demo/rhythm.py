"""When simulated people are there: by hour and weekday, in Beijing's time."""

import random
from collections.abc import Iterator
from datetime import datetime

import msgspec

from hegui.world import BEIJING

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
#: How many come in each hour of a working day, as parts of the day: few at night, a rise before
#: noon, most in the evening.
_WORKDAY = (2, 1, 1, 1, 0, 1, 2, 4, 6, 7, 8, 7, 6, 5, 6, 6, 6, 7, 8, 10, 12, 11, 8, 5)
#: The same of a Saturday or Sunday: later in the morning, and more of them.
_WEEKEND = (4, 3, 2, 1, 0, 0, 1, 2, 5, 8, 11, 11, 9, 8, 10, 11, 10, 9, 9, 11, 13, 12, 10, 7)
_FULL = sum(_WORKDAY)


class Hour(msgspec.Struct, frozen=True, kw_only=True):
    """One simulated hour.

    Attributes:
        day: counted from 0 at the demonstration's start.
        days: how many days it has.
        hour: of the day in Beijing, 0 to 23.
        weekday: Monday is 0.
        start: milliseconds since 1970.
        end: the same.
        moment: within it, when a trade comes that has something to do.
    """

    day: int
    days: int
    hour: int
    weekday: int
    start: int
    end: int
    moment: int = 0

    @property
    def date(self) -> str:
        """The date and hour in Beijing, such as ``2026-10-16 18:00``."""
        return f"{datetime.fromtimestamp(self.start / 1000, BEIJING):%Y-%m-%d %H:00}"

    @property
    def weekend(self) -> bool:
        """Whether it is Saturday or Sunday."""
        return self.weekday >= 5

    @property
    def passed(self) -> float:
        """How much of the demonstration has passed, 0 to 1."""
        return (self.day + self.hour / 24) / self.days


def hours(start: int, days: int) -> Iterator[Hour]:
    """The hours of that many days from a time on; the first and the last may be cut short.

    Args:
        start: milliseconds since 1970.
        days: how many days of 24 hours.
    """
    end = start + days * DAY_MS
    at = start
    while at < end:
        local = datetime.fromtimestamp(at / 1000, BEIJING)
        next_hour = (at // HOUR_MS + 1) * HOUR_MS  # Beijing is whole hours from UTC
        yield Hour(
            day=(at - start) // DAY_MS,
            days=days,
            hour=local.hour,
            weekday=local.weekday(),
            start=at,
            end=min(next_hour, end),
        )
        at = next_hour


def visits(hour: Hour, a_day: float, dice: random.Random) -> int:
    """How many come in an hour, of ``a_day`` on a whole working day."""
    weights = _WEEKEND if hour.weekend else _WORKDAY
    share = (hour.end - hour.start) / HOUR_MS
    expected = a_day * weights[hour.hour] / _FULL * share
    return int(expected) + (dice.random() < expected % 1)
