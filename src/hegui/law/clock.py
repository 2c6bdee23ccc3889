"""When something is due: hours, days, working days and months from a start, and back.

Times are milliseconds since 1970, UTC; days are days in Beijing. A span runs from receipt. Hours
run exactly. For days, working days and months the day after the start is day 1, and what is due
is due by the end of the last day, 23:59:59.999; an end on a day off moves on to the next working
day. Outside the calendar's published years Monday to Friday count as worked, and the answer says
that it is provisional.
"""

from calendar import monthrange
from collections.abc import Iterator
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


class Step(msgspec.Struct, frozen=True):
    """One day on the way from the start to the end.

    Attributes:
        day: in Beijing.
        kind: ``working``, ``make_up``, ``weekend`` or ``holiday``.
        holiday: the English name of the holiday that makes it so; empty for plain days.
        number: which day of the span it is; 0 when it does not count.
    """

    day: date
    kind: DayKind
    holiday: str
    number: int


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


def due(start: int, span: Span, calendar: Calendar) -> Due:
    """When a span that starts at ``start`` ends.

    Raises:
        LawError: ``span_beyond``, when no calendar reaches so far.
    """
    if span.unit is Unit.HOUR:
        return Due(start + span.count * _HOUR, False, calendar.version, ())
    try:
        return _due(day_of(start), span, calendar)
    except (OverflowError, ValueError) as error:
        raise _beyond() from error


def subtract(end: int, span: Span, calendar: Calendar) -> Due:
    """The latest start from which a span ends by ``end``: the inverse of :func:`due`.

    Hours are exact. Otherwise it is the end of a day: the latest from which the span ends by
    ``end``, and for working days the latest such working day. The steps are those of the span
    from there.

    Raises:
        LawError: ``span_beyond``, when no calendar reaches so far.
    """
    if span.unit is Unit.HOUR:
        return Due(end - span.count * _HOUR, False, calendar.version, ())
    try:
        asked = day_of(end)
        start = _latest_start(calendar.next_working(asked, -_ONE), span, calendar)
        forward = _due(start, span, calendar)
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


def _due(start: date, span: Span, calendar: Calendar) -> Due:
    if span.unit is Unit.WORKING_DAY:
        asked, last = start + _ONE, _nth_working(start, span.count, calendar)
    else:
        asked = _plain_end(start, span)
        last = calendar.next_working(asked, _ONE)
    first = asked if span.unit is Unit.MONTH else start + _ONE
    # Published years have no gap, so the two ends speak for what lies between.
    known = calendar.knows(asked) and calendar.knows(last)
    return Due(
        end_of(last), not known, calendar.version, tuple(_steps(first, last, span, calendar))
    )


def _latest_start(last: date, span: Span, calendar: Calendar) -> date:
    """The latest (working) day from which the span ends on a working day or before it."""
    if span.unit is Unit.WORKING_DAY:
        return _nth_working(last, -span.count, calendar)
    if span.unit is Unit.DAY:
        return last - timedelta(days=span.count)
    start = _months_on(last, -span.count)
    # Several days end with a short month: 28 to 31 January are a month before 28 February.
    while _months_on(start + _ONE, span.count) <= last:
        start += _ONE
    return start


def _nth_working(day: date, count: int, calendar: Calendar) -> date:
    """The ``count``-th working day after a day, or before it when the count is negative."""
    step = _ONE if count > 0 else -_ONE
    for _ in range(abs(count)):
        day = calendar.next_working(day + step, step)
    return day


def _plain_end(start: date, span: Span) -> date:
    if span.unit is Unit.DAY:
        return start + timedelta(days=span.count)
    return _months_on(start, span.count)


def _months_on(day: date, count: int) -> date:
    """The same day of another month, or that month's last when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _steps(first: date, last: date, span: Span, calendar: Calendar) -> Iterator[Step]:
    number, day = 0, first
    while day <= last:
        counts = span.unit is Unit.DAY or (span.unit is Unit.WORKING_DAY and calendar.works(day))
        shown = 0
        if counts and number < span.count:
            number += 1
            shown = number
        yield Step(day, calendar.kind(day), calendar.reason(day), shown)
        day += _ONE


def _beyond() -> LawError:
    return LawError(
        "span_beyond",
        zh="期限超出了公历 1 至 9999 年的范围。请改用较短的期限或其他起点。",
        en="The span leaves the years 1 to 9999. Use a shorter one, or another start.",
    )
