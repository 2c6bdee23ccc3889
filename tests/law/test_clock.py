"""Deadlines: golden dates, and every rule against a naive count day by day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.oracle import due_day, hours_due, runs, start_day

from hegui.law import (
    Calendar,
    DayKind,
    LawError,
    Pause,
    Span,
    china,
    day_of,
    due,
    end_of,
    subtract,
)

BEIJING = timezone(timedelta(hours=8))
HOUR = 3_600_000

days = st.dates(date(2010, 1, 1), date(2028, 12, 31))
day_spans = st.builds(
    lambda count, unit: Span.parse(f"{count}{unit}"),
    st.integers(1, 40),
    st.sampled_from(["d", "wd", "m"]),
)
moments = st.builds(lambda day, ms: end_of(day) - ms, days, st.integers(0, 24 * HOUR - 1))


def at(*when: int) -> int:
    """A moment in Beijing."""
    return int(datetime(*when, tzinfo=BEIJING).timestamp() * 1000)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2026, 9, 28), "10wd", date(2026, 10, 16)),
        (date(2026, 2, 10), "15wd", date(2026, 3, 9)),
        (date(2026, 9, 28), "1wd", date(2026, 9, 29)),
        (date(2026, 9, 19), "1wd", date(2026, 9, 20)),  # a Sunday worked for a holiday
        (date(2026, 9, 30), "1d", date(2026, 10, 8)),  # moves on past the holiday
        (date(2026, 9, 28), "2d", date(2026, 9, 30)),
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),  # a shorter month; a day worked
        (date(2026, 11, 5), "1m", date(2026, 12, 7)),  # a Saturday moves on
        (date(2024, 2, 29), "12m", date(2025, 2, 28)),
    ],
)
def test_golden_dates(start: date, span: str, end: date) -> None:
    answer = due(at(start.year, start.month, start.day, 15), Span.parse(span), china())
    assert day_of(answer.at) == end
    assert answer.at == end_of(end)
    assert not answer.provisional
    assert answer.calendar == china().version


def test_a_day_ends_with_its_last_millisecond_in_beijing() -> None:
    last = datetime.fromtimestamp(end_of(date(2026, 10, 16)) / 1000, UTC)
    assert last.isoformat(timespec="milliseconds") == "2026-10-16T15:59:59.999+00:00"
    assert day_of(end_of(date(2026, 10, 16))) == date(2026, 10, 16)
    assert day_of(end_of(date(2026, 10, 16)) + 1) == date(2026, 10, 17)


def test_what_comes_before_midnight_in_beijing_starts_that_day() -> None:
    span = Span.parse("1wd")
    assert day_of(due(at(2026, 9, 28, 23, 59), span, china()).at) == date(2026, 9, 29)
    assert day_of(due(at(2026, 9, 29), span, china()).at) == date(2026, 9, 30)


def test_hours_run_exactly_over_nights_and_holidays() -> None:
    start = at(2026, 9, 30, 23, 30)
    answer = due(start, Span.parse("24h"), china())
    assert answer.at == start + 24 * HOUR
    assert not answer.provisional
    assert answer.steps == ()


def test_the_steps_explain_the_answer() -> None:
    answer = due(at(2026, 9, 28, 9), Span.parse("10wd"), china())
    told = [(step.day, step.number) for step in answer.steps]
    assert told[0] == (date(2026, 9, 29), 1)
    assert told[-1] == (date(2026, 10, 16), 10)
    assert (date(2026, 10, 1), 0) in told
    assert (date(2026, 10, 10), 5) in told  # worked to make up
    (made_up,) = [step for step in answer.steps if step.kind is DayKind.MAKE_UP]
    assert (made_up.day, made_up.holiday) == (date(2026, 10, 10), "National Day")


def test_steps_of_a_roll_and_of_months() -> None:
    rolled = due(at(2026, 9, 29), Span.parse("2d"), china()).steps
    assert [(step.day.day, step.number) for step in rolled][:3] == [(30, 1), (1, 2), (2, 0)]
    assert rolled[-1].day == date(2026, 10, 8)
    (plain,) = due(at(2026, 10, 12), Span.parse("1m"), china()).steps
    assert (plain.day, plain.number) == (date(2026, 11, 12), 0)


def test_an_unpublished_year_is_provisional_and_its_holidays_count() -> None:
    last = china().last
    assert due(at(last, 12, 28), Span.parse("15wd"), china()).provisional
    assert not due(at(last, 12, 1), Span.parse("15wd"), china()).provisional
    assert due(at(last, 12, 1), Span.parse("2m"), china()).provisional
    assert subtract(at(last + 1, 1, 6), Span.parse("10wd"), china()).provisional
    assert due(at(2003, 12, 1), Span.parse("1wd"), china()).provisional


def test_what_leaves_the_calendar_is_told_so() -> None:
    for act, moment in ((due, end_of(date(9999, 12, 30))), (subtract, end_of(date(1, 1, 2)))):
        for span in ("9999wd", "9999d", "9999m"):
            with pytest.raises(LawError) as caught:
                act(moment, Span.parse(span), china())
            assert caught.value.code == "span_beyond"


@settings(max_examples=600, deadline=None)
@given(moments, day_spans)
def test_it_agrees_with_a_count_day_by_day(start: int, span: Span) -> None:
    calendar = china()
    answer = due(start, span, calendar)
    end = due_day(day_of(start), span, calendar)
    assert answer.at == end_of(end)
    assert answer.steps[-1].day == end
    assert calendar.works(end)
    assert answer.provisional or end.year <= calendar.last


@settings(max_examples=400, deadline=None)
@given(moments, day_spans)
def test_going_back_agrees_with_trying_every_day(end: int, span: Span) -> None:
    answer = subtract(end, span, china())
    assert answer.at == end_of(start_day(day_of(end), span, china()))


@settings(max_examples=600, deadline=None)
@given(moments, day_spans)
def test_back_and_forth_is_the_same_end(start: int, span: Span) -> None:
    end = due(start, span, china())
    back = subtract(end.at, span, china())
    again = due(back.at, span, china())
    assert again.at == end.at
    assert again.steps == back.steps
    assert day_of(back.at) >= day_of(start) or span.unit == "wd"


@settings(max_examples=400, deadline=None)
@given(days.filter(lambda day: china().works(day)), st.integers(1, 60))
def test_working_days_there_and_back_are_inverse(day: date, count: int) -> None:
    span, calendar = Span.parse(f"{count}wd"), china()
    there = due(end_of(day), span, calendar)
    assert subtract(there.at, span, calendar).at == end_of(day)
    back = subtract(end_of(day), span, calendar)
    assert due(back.at, span, calendar).at == end_of(day)


@given(moments, st.integers(1, 9999))
def test_hours_there_and_back_are_inverse(start: int, count: int) -> None:
    span = Span.parse(f"{count}h")
    assert subtract(due(start, span, china()).at, span, china()).at == start


@settings(max_examples=200, deadline=None)
@given(moments, day_spans, st.integers(2010, 2026))
def test_a_year_that_is_not_needed_changes_nothing(start: int, span: Span, last: int) -> None:
    """A sure answer stays when more years are published."""
    whole = china()
    shorter = Calendar(
        version="short",
        first=whole.first,
        last=last,
        holidays={day: name for day, name in whole.holidays.items() if day.year <= last},
        make_up={day: name for day, name in whole.make_up.items() if day.year <= last},
    )
    answer = due(start, span, shorter)
    if not answer.provisional:
        assert answer.at == due(start, span, whole).at


@pytest.mark.parametrize(
    ("since", "until", "span", "end"),
    [
        ((2026, 10, 12, 10), (2026, 10, 14, 9), "10wd", date(2026, 10, 20)),  # two midnights
        ((2026, 10, 12, 0), (2026, 10, 12, 23, 59), "10wd", date(2026, 10, 16)),  # within a day
        ((2026, 10, 1), (2026, 10, 8), "10wd", date(2026, 10, 16)),  # days that don't count
        ((2026, 10, 17), (2026, 10, 30), "10wd", date(2026, 10, 16)),  # after the end
        ((2026, 9, 1), (2026, 9, 27), "10wd", date(2026, 10, 16)),  # before the start
        ((2026, 10, 16, 12), (2026, 10, 17), "10wd", date(2026, 10, 19)),  # on the last day
        ((2026, 9, 29, 8), (2026, 9, 30, 8), "2d", date(2026, 10, 8)),
        ((2026, 10, 12), (2026, 10, 15), "1m", date(2026, 11, 2)),  # 28 October and three days
    ],
)
def test_golden_dates_with_a_pause(
    since: tuple[int, ...], until: tuple[int, ...], span: str, end: date
) -> None:
    pauses = [Pause(at(*since), at(*until))]
    answer = due(at(2026, 9, 28, 15), Span.parse(span), china(), pauses)
    assert day_of(answer.at) == end
    assert [step.day for step in answer.steps if step.paused] == [
        step.day for step in answer.steps if not runs(step.day, pauses)
    ]


def test_hours_stand_still_to_the_millisecond() -> None:
    start, day = at(2026, 9, 30, 23, 30), 24 * HOUR
    pauses = [Pause(start + 3 * HOUR, start + 5 * HOUR), Pause(start + 4 * HOUR, start + 6 * HOUR)]
    assert due(start, Span.parse("24h"), china(), pauses).at == start + day + 3 * HOUR
    at_its_end = [Pause(start + day, start + day + 1)]
    assert due(start, Span.parse("24h"), china(), at_its_end).at == start + day + 1
    assert due(start, Span.parse("24h"), china(), [Pause(start - day, start)]).at == start + day


#: Pauses of some hours to some weeks, near the days that are tried.
pause_lists = st.lists(st.tuples(st.integers(0, 60 * 24), st.integers(0, 12 * 24)), max_size=4).map(
    lambda hours: [(since * HOUR, length * HOUR) for since, length in hours]
)


def paused(moment: int, hours: list[tuple[int, int]], back: int = 0) -> list[Pause]:
    """Pauses that begin so long after a moment, or after some days before it."""
    first = moment - back * 24 * HOUR
    return [Pause(first + since, first + since + length) for since, length in hours]


@settings(max_examples=400, deadline=None)
@given(moments, day_spans, pause_lists)
def test_with_pauses_it_agrees_with_a_count_day_by_day(
    start: int, span: Span, hours: list[tuple[int, int]]
) -> None:
    pauses = paused(start, hours)
    answer = due(start, span, china(), pauses)
    end = due_day(day_of(start), span, china(), pauses)
    assert answer.at == end_of(end)
    assert answer.at >= due(start, span, china()).at
    assert runs(end, pauses)
    assert answer.steps[-1].day == end


#: Every day is tried below, so these are short.
short_spans = st.one_of(
    st.sampled_from(["1m", "2m"]),
    st.builds("{}{}".format, st.integers(1, 12), st.sampled_from(["d", "wd"])),
).map(Span.parse)


@settings(max_examples=150, deadline=None)
@given(moments, short_spans, pause_lists)
def test_with_pauses_going_back_agrees_with_trying_every_day(
    end: int, span: Span, hours: list[tuple[int, int]]
) -> None:
    pauses = paused(end, hours, back=50)
    answer = subtract(end, span, china(), pauses)
    assert answer.at == end_of(start_day(day_of(end), span, china(), pauses))


@settings(max_examples=400, deadline=None)
@given(
    days.filter(lambda day: china().works(day)),
    st.integers(1, 60),
    st.sampled_from(["d", "wd"]),
    pause_lists,
)
def test_with_pauses_there_and_back_are_inverse(
    day: date, count: int, unit: str, hours: list[tuple[int, int]]
) -> None:
    """From any day that counts: what is due by an end starts there, and the other way round."""
    span, calendar = Span.parse(f"{count}{unit}"), china()
    pauses = paused(end_of(day), hours, back=30)
    there = due(end_of(day), span, calendar, pauses)
    back = subtract(there.at, span, calendar, pauses)
    assert due(back.at, span, calendar, pauses).at == there.at
    if unit == "wd" and runs(day, pauses):
        assert back.at == end_of(day)
        assert due(subtract(end_of(day), span, calendar, pauses).at, span, calendar, pauses).at == (
            end_of(day)
        )


@settings(max_examples=400, deadline=None)
@given(
    st.integers(0, 40),
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4),
)
def test_with_pauses_hours_agree_with_a_count_and_are_inverse(
    start: int, count: int, spans: list[tuple[int, int]]
) -> None:
    """On a coarse grid, whose points are hours."""
    span, pauses = Span.parse(f"{count}h"), [Pause(a * HOUR, (a + n) * HOUR) for a, n in spans]
    coarse = [Pause(a, a + n) for a, n in spans]
    end = due(start * HOUR, span, china(), pauses).at
    assert end == hours_due(start, count, coarse) * HOUR
    back = subtract(end, span, china(), pauses).at
    assert due(back, span, china(), pauses).at == end
    assert back >= start * HOUR
    if not any(one.started <= start < one.ended for one in coarse):
        assert back == start * HOUR


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 60),
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4),
)
def test_the_latest_start_of_hours_is_the_latest(
    end: int, count: int, spans: list[tuple[int, int]]
) -> None:
    span, pauses = Span.parse(f"{count}h"), [Pause(a * HOUR, (a + n) * HOUR) for a, n in spans]
    back = subtract(end * HOUR, span, china(), pauses).at
    assert due(back, span, china(), pauses).at <= end * HOUR
    assert due(back + 1, span, china(), pauses).at > end * HOUR
