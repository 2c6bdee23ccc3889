"""Deadlines: golden dates, and every rule against a naive count day by day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.oracle import due_day, start_day

from hegui.law import Calendar, DayKind, LawError, Span, china, day_of, due, end_of, subtract

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
