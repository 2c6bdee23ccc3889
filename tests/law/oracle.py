"""The same rules, counted naively: one day after the other, every candidate tried."""

from calendar import monthrange
from datetime import date, timedelta

from hegui.law import Calendar, Span, Unit

ONE = timedelta(days=1)


def due_day(start: date, span: Span, calendar: Calendar) -> date:
    if span.unit is Unit.WORKING_DAY:
        day, counted = start, 0
        while counted < span.count:
            day += ONE
            counted += calendar.works(day)
        return day
    day = start
    if span.unit is Unit.DAY:
        for _ in range(span.count):
            day += ONE
    else:
        for _ in range(span.count):
            day = day.replace(day=monthrange(day.year, day.month)[1]) + ONE  # next month's first
        day = day.replace(day=min(start.day, monthrange(day.year, day.month)[1]))
    while not calendar.works(day):
        day += ONE
    return day


def start_day(end: date, span: Span, calendar: Calendar) -> date:
    """The latest start that is due by the end; a working day where working days are counted."""
    day = end
    while due_day(day, span, calendar) > end or (
        span.unit is Unit.WORKING_DAY and not calendar.works(day)
    ):
        day -= ONE
    return day
