"""When something is due: hours, days, working days and months from a start, and back.

Times are milliseconds since 1970, UTC; days are days in Beijing. A span runs from receipt. Hours
run exactly. For days, working days and months the day after the start is day 1, and what is due
is due by the end of the last day, 23:59:59.999; an end on a day off moves on to the next working
day. Outside the calendar's published years Monday to Friday count as worked, and the answer says
that it is provisional.

While a clock is paused it stands still: its hours don't run, and a day doesn't count at whose end
it stands still, so a pause over three midnights takes three days out, and one within a day none.
A month that was paused ends as many days later.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from hegui.law.calendar import Calendar, DayKind
from hegui.law.errors import LawError
from hegui.law.span import Span, Unit

_HOUR = 3_600_000
_DAY = 24 * _HOUR
#: Beijing is eight hours ahead, without summer time since 1991; no deadline here is older.
_AHEAD = 8 * _HOUR
_EPOCH = date(1970, 1, 1)
_ONE = timedelta(days=1)


class Pause(msgspec.Struct, frozen=True, order=True):
    """A time in which a clock stands still; milliseconds since 1970, UTC.

    Attributes:
        started: since when.
        ended: when it runs again.
    """

    started: int
    ended: int


class Step(msgspec.Struct, frozen=True):
    """One day on the way from the start to the end.

    Attributes:
        day: in Beijing.
        kind: ``working``, ``make_up``, ``weekend`` or ``holiday``.
        holiday: the English name of the holiday that makes it so; empty for plain days.
        number: which day of the span it is; 0 when it does not count.
        paused: whether the clock stood still at its end.
    """

    day: date
    kind: DayKind
    holiday: str
    number: int
    paused: bool = False


class Due(msgspec.Struct, frozen=True):
    """When a span ends, and why.

    Attributes:
        at: milliseconds since 1970, UTC.
        provisional: whether the answer depends on a year that is not published.
        calendar: the calendar's version.
        steps: day by day, for days and working days; for months the day it would end and those
            it moved on; for hours none.
    """

    at: int
    provisional: bool
    calendar: str
    steps: tuple[Step, ...]


def due(start: int, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
    """When a span that starts at ``start`` ends.

    Args:
        start: on receipt.
        span: how long.
        calendar: of working days.
        pauses: in which it stood still, in any order; they may overlap.

    Raises:
        LawError: ``span_beyond``, when no calendar reaches so far.
    """
    if span.unit is Unit.HOUR:
        at = _hours_on(start, span.count * _HOUR, _merged(pauses))
        return Due(at, False, calendar.version, ())
    try:
        return _Count(span, calendar, pauses).due(day_of(start))
    except (OverflowError, ValueError) as error:
        raise _beyond() from error


def subtract(end: int, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
    """The latest start from which a span ends by ``end``: the inverse of :func:`due`.

    Hours are exact. Otherwise it is the end of a day on which the clock runs: the latest from
    which the span ends by ``end``, and for working days the latest such working day. The steps
    are those of the span from there.

    Raises:
        LawError: ``span_beyond``, when no calendar reaches so far.
    """
    if span.unit is Unit.HOUR:
        at = _hours_back(end, span.count * _HOUR, _merged(pauses))
        return Due(at, False, calendar.version, ())
    try:
        asked, count = day_of(end), _Count(span, calendar, pauses)
        start = count.latest_start(asked)
        forward = count.due(start)
    except (OverflowError, ValueError) as error:
        raise _beyond() from error
    provisional = forward.provisional or not (calendar.knows(asked) and calendar.knows(start))
    return Due(end_of(start), provisional, calendar.version, forward.steps)


def day_of(at: int) -> date:
    """The day in Beijing of a moment."""
    return _EPOCH + timedelta(days=(at + _AHEAD) // _DAY)


def end_of(day: date) -> int:
    """The last millisecond of a day in Beijing."""
    return ((day - _EPOCH).days + 1) * _DAY - _AHEAD - 1


def numbered(day: date) -> int:
    """A day as tables and evidence keep it: ``20261122``."""
    return day.year * 10_000 + day.month * 100 + day.day


def dated(number: int) -> date:
    """The day that ``20261122`` is; it prints as ``2026-11-22``."""
    return date(number // 10_000, number // 100 % 100, number % 100)


class _Count:
    """Counts the days of one span in one calendar, but for those at whose end it stands still."""

    def __init__(self, span: Span, calendar: Calendar, pauses: Sequence[Pause]) -> None:
        self._span = span
        self._calendar = calendar
        # The end of the day on which a pause ends is past it.
        self._still = [(day_of(one.started), day_of(one.ended)) for one in _merged(pauses)]

    def due(self, start: date) -> Due:
        """When the span ends, and why."""
        asked = self._asked(start)
        last = _first(asked, _ONE, self._open)
        first = asked if self._span.unit is Unit.MONTH else start + _ONE
        calendar = self._calendar
        # Published years have no gap, so the two ends speak for what lies between.
        known = calendar.knows(asked) and calendar.knows(last)
        return Due(end_of(last), not known, calendar.version, tuple(self._steps(first, last)))

    def latest_start(self, end: date) -> date:
        """The latest day on which the clock runs, from which the span ends by a day."""
        last = _first(end, -_ONE, self._open)
        if self._span.unit is not Unit.MONTH:
            return _nth(last, -self._span.count, self._counts)
        start = _months_on(last, -self._span.count)
        # Several days end with a short month: 28 to 31 January are a month before 28 February.
        while _months_on(start + _ONE, self._span.count) <= last:
            start += _ONE
        while not (self._runs(start) and self._asked(start) <= last):
            start -= _ONE
        return start

    def _asked(self, start: date) -> date:
        """The span's last day, before it moves on to one that is worked."""
        if self._span.unit is not Unit.MONTH:
            return _nth(start, self._span.count, self._counts)
        end = _months_on(start, self._span.count)
        return _nth(start, (end - start).days, self._runs) if self._still else end

    def _runs(self, day: date) -> bool:
        return not any(since <= day < until for since, until in self._still)

    def _open(self, day: date) -> bool:
        return self._calendar.works(day) and self._runs(day)

    def _counts(self, day: date) -> bool:
        return self._open(day) if self._span.unit is Unit.WORKING_DAY else self._runs(day)

    def _steps(self, first: date, last: date) -> Iterator[Step]:
        number, day, calendar = 0, first, self._calendar
        while day <= last:
            shown = 0
            if self._span.unit is not Unit.MONTH and number < self._span.count:
                number += self._counts(day)
                shown = number if self._counts(day) else 0
            runs = self._runs(day)
            yield Step(day, calendar.kind(day), calendar.reason(day), shown, not runs)
            day += _ONE


def _first(day: date, step: timedelta, fits: Callable[[date], bool]) -> date:
    """The day itself when it fits, else the first one that does, going by ``step``."""
    while not fits(day):
        day += step
    return day


def _nth(day: date, count: int, fits: Callable[[date], bool]) -> date:
    """The ``count``-th day after a day that fits, or before it when the count is negative."""
    step = _ONE if count > 0 else -_ONE
    for _ in range(abs(count)):
        day = _first(day + step, step, fits)
    return day


def _months_on(day: date, count: int) -> date:
    """The same day of another month, or that month's last when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _hours_on(start: int, length: int, pauses: Sequence[Pause]) -> int:
    at = start + length
    for one in pauses:
        if one.started <= at and one.ended > start:
            at += one.ended - max(one.started, start)
    return at


def _hours_back(end: int, length: int, pauses: Sequence[Pause]) -> int:
    for one in pauses:
        if one.started <= end < one.ended:
            end = one.started - 1  # nothing ends while it stands still
    at = end - length
    for one in reversed(pauses):
        if at < one.ended <= end:
            at -= one.ended - one.started
    return at


def _merged(pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses in their order, those that overlap as one."""
    merged: list[Pause] = []
    for one in sorted(pauses):
        if merged and one.started <= merged[-1].ended:
            merged[-1] = Pause(merged[-1].started, max(merged[-1].ended, one.ended))
        else:
            merged.append(one)
    return merged


def _beyond() -> LawError:
    return LawError(
        "span_beyond",
        zh="期限超出了公历 1 至 9999 年的范围。请改用较短的期限或其他起点。",
        en="The span leaves the years 1 to 9999. Use a shorter one, or another start.",
    )
