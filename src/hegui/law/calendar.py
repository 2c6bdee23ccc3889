"""Which days are worked: weekends, public holidays, and the days worked to make up for them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec


class DayKind(StrEnum):
    """What a day is in a calendar."""

    WORKING = "working"
    MAKE_UP = "make_up"  # worked on a weekend, for a holiday
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """A country's calendar as far as it is published.

    Attributes:
        version: sources and last years, at most 64 characters; another version, another answer.
        first: the first published year.
        last: the last published year.
        holidays: days off that are published, each with its holiday's name.
        make_up: weekend days that are worked, each with the holiday's name.
        names: the holidays' English names, by which they stand above, to the Chinese ones.
    """

    version: str
    first: int
    last: int
    holidays: Mapping[date, str]
    make_up: Mapping[date, str]
    names: Mapping[str, str] = {}

    def kind(self, day: date) -> DayKind:
        """What a day is; in an unpublished year Monday to Friday are worked."""
        if day in self.make_up:
            return DayKind.MAKE_UP
        if day in self.holidays:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING

    def works(self, day: date) -> bool:
        """Whether a day is a working day."""
        return self.kind(day) in (DayKind.WORKING, DayKind.MAKE_UP)

    def knows(self, day: date) -> bool:
        """Whether the day's year is published."""
        return self.first <= day.year <= self.last

    def reason(self, day: date) -> str:
        """The holiday that makes a day what it is; empty for plain days."""
        return self.make_up.get(day) or self.holidays.get(day, "")
