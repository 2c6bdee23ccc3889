"""A case's deadline as pages show it: in words, as a small bar, and day by day."""

from datetime import timedelta

import msgspec
from markupsafe import Markup

from hegui.cases import Clock
from hegui.law import (
    Calendar,
    LawError,
    Parameter,
    Span,
    Step,
    day_of,
    due,
    packs,
    parameter,
)
from hegui.outbox import soon
from hegui.web import clock_bar
from hegui.web.language import Say
from hegui.web.times import stamp

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
_ONE = timedelta(days=1)


class Standing(msgspec.Struct, frozen=True):
    """How a deadline stands.

    Attributes:
        kind: ``running``, ``paused``, ``due`` (soon), ``overdue``, ``met`` or ``not_met``; all but
            the first two are statuses with a shape.
        word: ``cases.clock.KIND`` in the catalogue.
        left: how long it still has or how far it is over, in words, or since when it stands still;
            empty once stopped.
        working: working days left, today not counted; ``None`` unless it runs.
    """

    kind: str
    word: str
    left: str
    working: int | None


def standing(clock: Clock, now: int, calendar: Calendar, say: Say) -> Standing:
    """How a deadline stands at ``now`` (milliseconds since 1970, UTC)."""
    if clock.stopped is not None:
        kind = "met" if clock.in_time else "not_met"
        return Standing(kind, say(f"cases.clock.{kind}"), "", None)
    if clock.paused is not None:
        left = say("cases.paused", when=stamp(clock.paused, say))
        return Standing("paused", say("cases.clock.paused"), left, None)
    if now > clock.due:
        left = say("cases.over", length=length(now - clock.due, say))
        return Standing("overdue", say("cases.clock.overdue"), left, None)
    left = say("cases.left", length=length(clock.due - now, say))
    kind = "due" if now > soon(clock.due, calendar) else "running"
    word = say(f"cases.clock.{kind}")
    return Standing(kind, word, left, working_days(now, clock.due, calendar))


def length(ms: int, say: Say) -> str:
    """A stretch of time in the largest unit that fills once."""
    for unit, name in ((_DAY, "days"), (_HOUR, "hours")):
        if ms >= unit:
            return say(f"cases.{name}", n=ms // unit)
    return say("cases.minutes", n=max(ms // _MINUTE, 1))


def working_days(now: int, until: int, calendar: Calendar) -> int:
    """The working days after today (Beijing) up to and with the day of ``until``."""
    day, last, count = day_of(now), day_of(until), 0
    while day < last:
        day += _ONE
        count += calendar.works(day)
    return count


class Rule(msgspec.Struct, frozen=True):
    """Where a deadline comes from.

    Attributes:
        parameter: the law's number.
        version: of the pack it stands in.
        counted: day by day; empty when the calendar of now would count otherwise.
    """

    parameter: Parameter
    version: str
    counted: tuple[Step, ...]


def rule(clock: Clock, calendar: Calendar) -> Rule | None:
    """The rule of a deadline as it was in force at its start; ``None`` for one of a setting."""
    name, _, _ = clock.rule.rpartition("/")
    pack = next((pack for pack in packs() if pack.name == name), None)
    if pack is None:
        return None
    try:
        found = parameter(clock.rule, on=day_of(clock.started))
    except LawError:  # a later version of the pack no longer has it
        return None
    counted = due(clock.started, Span.parse(clock.span), calendar)
    return Rule(found, pack.version, counted.steps if counted.at == clock.due else ())


#: The small bar of a list, in CSS pixels; its track is 104 long.
_BAR = Markup(
    '<svg class="clock small {state}" width="112" height="16" aria-hidden="true">'
    '<rect class="clock-all" x="4" y="6" width="104" height="4" rx="2"/>'
    '<rect class="clock-gone" x="4" y="6" width="{gone:.1f}" height="4" rx="2"/>'
    '<line class="clock-due" x1="{due:.1f}" x2="{due:.1f}" y1="2" y2="14"/>'
    '<circle class="clock-now" cx="{now:.1f}" cy="8" r="4"/></svg>'
)


def bar(clock: Clock, now: int) -> Markup:
    """The clock as a small bar with today's mark; the words beside it say the same."""
    place = clock_bar.lay_out(clock.started, clock.due, now, clock.stopped)
    state = "late" if place.late else "stopped" if place.stopped else "running"
    gone, due_at = 1.04 * place.now, 1.04 * place.due
    return _BAR.format(state=state, gone=gone, due=4 + due_at, now=4 + gone)


#: The picture of the days: the side of a cell in CSS pixels, and two weeks in a line.
CELL, PER_LINE = 24, 14
_STRIP = Markup(
    '<svg class="days" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    ' aria-hidden="true">{cells}</svg>'
)
_DAY_CELL = Markup(
    '<g class="{kind} {when}"><rect x="{x}" y="{y}" width="20" height="20" rx="4"/>'
    '<text x="{middle}" y="{base}" text-anchor="middle">{number}</text></g>'
)


def strip(steps: tuple[Step, ...], now: int) -> Markup:
    """The days of a deadline, two weeks to a line: worked or off, numbered as they count.

    The table behind it says the same, so the picture is hidden from those who don't see it.
    """
    first = steps[0].day.weekday() if steps else 0
    cells = Markup("").join(_cell(place, step, now) for place, step in enumerate(steps, first))
    lines = -(-(first + len(steps)) // PER_LINE)
    return _STRIP.format(width=CELL * PER_LINE, height=lines * CELL, cells=cells)


def _cell(place: int, step: Step, now: int) -> Markup:
    today = day_of(now)
    x, y = place % PER_LINE * CELL, place // PER_LINE * CELL
    return _DAY_CELL.format(
        kind=step.kind,
        when="today" if step.day == today else "gone" if step.day < today else "ahead",
        x=x + 2,
        y=y + 2,
        middle=x + 12,
        base=y + 16,
        number=step.number or "",
    )
