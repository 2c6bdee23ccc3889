"""The moment at which checks are judged: the time, the law of that day, and the window."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from hegui.law import Book, Parameter, Span, china, dated, day_of, due, end_of, subtract

#: How many days back a check looks that asks for a rate: today, and the 29 days before it.
WINDOW_DAYS = 30
DAY_MS = 86_400_000
HOUR_MS = 3_600_000
#: China has one time zone without summer time (GB/T 7408: UTC+08:00).
_BEIJING_MS = 8 * HOUR_MS


def day_number(at: int) -> int:
    """The day in Beijing of a time, counted from 1970-01-01."""
    return (at + _BEIJING_MS) // DAY_MS


def day_start(number: int) -> int:
    """The first millisecond of a day that is counted from 1970-01-01."""
    return number * DAY_MS - _BEIJING_MS


def last_moment(day: int) -> int:
    """The last millisecond of a day in Beijing, given as ``20261122``."""
    return end_of(dated(day))


class Moment(msgspec.Struct, frozen=True):
    """When and by which law it is judged.

    Attributes:
        now: milliseconds since 1970, UTC.
        book: the packs in force.
    """

    now: int
    book: Book

    @property
    def day(self) -> date:
        """Today in Beijing."""
        return day_of(self.now)

    @property
    def first(self) -> int:
        """The number of the first day that a rate looks at."""
        return day_number(self.now) - WINDOW_DAYS + 1

    @property
    def since(self) -> int:
        """The first millisecond of that day."""
        return day_start(self.first)

    def rule(self, name: str) -> Parameter:
        """A parameter in force today.

        Raises:
            LawError: ``parameter_unknown``.
        """
        return self.book.parameter(name, self.day)

    def number(self, name: str) -> Decimal:
        """The same as a number: ``96%`` is 0.96.

        Raises:
            LawError: ``parameter_unknown``, ``number_malformed``.
        """
        return self.rule(name).number

    def after(self, at: int, name: str) -> int:
        """When the span of a parameter ends that starts at a time.

        Raises:
            LawError: ``parameter_unknown``, ``span_malformed``.
        """
        return due(at, self.rule(name).span, china()).at

    def before(self, at: int, name: str) -> int:
        """The latest start from which the span of a parameter ends by a time.

        Raises:
            LawError: ``parameter_unknown``, ``span_malformed``.
        """
        return _before(at, self.rule(name).span)


@lru_cache(maxsize=4096)
def _before(at: int, span: Span) -> int:
    """Kept, since every page asks anew when each attestation is to be warned of."""
    return subtract(at, span, china()).at
