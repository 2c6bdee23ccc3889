"""The official calendar, day by day, against the library's own answer."""

import subprocess
import sys
from datetime import date, timedelta

import chinese_calendar
import pytest

from hegui.law import DayKind, china
from hegui.law.years import library

ONE = timedelta(days=1)


def test_every_published_day_agrees_with_the_library() -> None:
    calendar = library()
    assert calendar.last >= 2026
    day = date(2010, 1, 1)
    while day.year <= calendar.last:
        assert calendar.works(day) is chinese_calendar.is_workday(day), day
        day += ONE
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(day)  # what is past the last year, here and there


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        (date(2026, 9, 28), DayKind.WORKING, ""),
        (date(2026, 9, 19), DayKind.WEEKEND, ""),
        (date(2026, 9, 20), DayKind.MAKE_UP, "National Day"),
        (date(2026, 10, 1), DayKind.HOLIDAY, "National Day"),
    ],
)
def test_a_day_has_its_kind_and_its_reason(day: date, kind: DayKind, holiday: str) -> None:
    assert china().kind(day) is kind
    assert china().reason(day) == holiday


def test_past_the_last_year_weekdays_are_worked_and_nothing_is_known() -> None:
    calendar = china()
    friday = date(calendar.last + 1, 1, 1)
    while friday.weekday() != 4:
        friday += ONE
    assert not calendar.knows(friday)
    assert calendar.works(friday)
    assert not calendar.works(friday + ONE)
    assert not calendar.works(friday + 2 * ONE)
    assert not calendar.knows(date(calendar.first - 1, 12, 31))


def test_the_version_names_source_and_last_year() -> None:
    calendar = library()
    assert calendar.version.startswith("chinesecalendar ")
    assert calendar.version.endswith(f" to {calendar.last}")
    assert len(calendar.version) <= 64


def test_importing_the_room_reads_no_data() -> None:
    code = "import sys, hegui.law; sys.exit('chinese_calendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_holiday_has_a_chinese_name() -> None:
    calendar = china()
    named = {*calendar.holidays.values(), *calendar.make_up.values()}
    assert named <= set(calendar.names)
    assert calendar.names["Spring Festival"] == "春节"
