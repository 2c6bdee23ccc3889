"""The same rules, counted naively: one day after the other, every candidate tried."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from hegui.law import Calendar, Pause, Span, Unit, end_of

ONE = timedelta(days=1)


def runs(day: date, pauses: Sequence[Pause]) -> bool:
    """Whether the clock runs at the end of a day."""
    return not any(one.started <= end_of(day) < one.ended for one in pauses)


def due_day(start: date, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()) -> date:
    day = start
    if span.unit is Unit.MONTH:
        for _ in range(span.count):
            day = day.replace(day=monthrange(day.year, day.month)[1]) + ONE  # next month's first
        end = day.replace(day=min(start.day, monthrange(day.year, day.month)[1]))
        day, left = start, (end - start).days
    else:
        left = span.count
    while left:
        day += ONE
        works = span.unit is not Unit.WORKING_DAY or calendar.works(day)
        left -= works and runs(day, pauses)
    while not (calendar.works(day) and runs(day, pauses)):
        day += ONE
    return day


def start_day(end: date, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()) -> date:
    """The latest start that is due by the end; a working day where working days are counted."""
    day = end
    while (
        due_day(day, span, calendar, pauses) > end
        or not runs(day, pauses)
        or (span.unit is Unit.WORKING_DAY and not calendar.works(day))
    ):
        day -= ONE
    return day


def hours_due(start: int, length: int, pauses: Sequence[Pause]) -> int:
    """The first unit of time that is not paused and has so many that run before it."""
    at, ran = start, 0
    while ran < length or any(one.started <= at < one.ended for one in pauses):
        ran += not any(one.started <= at < one.ended for one in pauses)
        at += 1
    return at
