"""Who comes when: hours follow one another without a gap, evenings and weekends are fuller."""

import random
from datetime import datetime
from itertools import pairwise

import pytest

from hegui.demo.rhythm import DAY_MS, HOUR_MS, Hour, hours, visits
from hegui.world import BEIJING

_MONDAY = int(datetime(2026, 1, 5, tzinfo=BEIJING).timestamp() * 1000)


def _a_day(weekday: int) -> list[Hour]:
    return list(hours(_MONDAY + weekday * DAY_MS, 1))


def _come(hour: Hour, times: int = 400) -> int:
    dice = random.Random(1)
    return sum(visits(hour, 40, dice) for _ in range(times))


@pytest.mark.parametrize("start", [_MONDAY, _MONDAY + 1, _MONDAY + 5 * HOUR_MS + 123_456])
def test_hours_follow_one_another(start: int) -> None:
    found = list(hours(start, 3))
    assert found[0].start == start
    assert found[-1].end == start + 3 * DAY_MS
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(0 < one.end - one.start <= HOUR_MS for one in found)
    assert {one.day for one in found} == {0, 1, 2}


def test_an_hour_knows_its_place_in_beijing() -> None:
    last = _a_day(5)[-1]
    assert (last.hour, last.weekday, last.weekend) == (23, 5, True)
    assert last.date == "2026-01-10 23:00"
    assert not _a_day(4)[0].weekend


def test_what_has_passed_grows_from_nothing_to_nearly_all() -> None:
    passed = [hour.passed for hour in hours(_MONDAY, 2)]
    assert passed[0] == 0
    assert passed == sorted(passed)
    assert passed[-1] < 1


def test_evenings_are_fuller_than_nights() -> None:
    day = _a_day(1)
    assert _come(day[20]) > 5 * _come(day[4])


def test_weekends_are_fuller_than_working_days() -> None:
    assert sum(map(_come, _a_day(6))) > 1.1 * sum(map(_come, _a_day(2)))


def test_a_day_brings_about_as_many_as_asked_for() -> None:
    dice = random.Random(2)
    counts = [sum(visits(hour, 40, dice) for hour in _a_day(2)) for _ in range(50)]
    assert 38 < sum(counts) / 50 < 42


def test_a_part_of_an_hour_brings_a_part() -> None:
    whole = _a_day(1)[20]
    half = Hour(
        day=0, days=1, hour=20, weekday=1, start=whole.start, end=whole.start + HOUR_MS // 2
    )
    assert _come(half) == pytest.approx(_come(whole) / 2, rel=0.1)
