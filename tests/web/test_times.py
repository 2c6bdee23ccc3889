"""Times read as Beijing time, and relative to now."""

from datetime import UTC, datetime

import pytest

from hegui.portal.words import speaker
from hegui.web.times import ago, iso, stamp

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def ms(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc,arg-type]


def test_a_time_is_beijing_time() -> None:
    assert stamp(ms(2026, 10, 16, 10, 0), speaker("zh")) == "2026-10-16 18:00 北京时间"
    assert stamp(ms(2026, 12, 31, 16, 30), speaker("en")) == "2027-01-01 00:30 Beijing"


@pytest.mark.parametrize(
    ("past", "zh", "en"),
    [
        (-5 * MINUTE, "刚刚", "just now"),
        (0, "刚刚", "just now"),
        (MINUTE - 1, "刚刚", "just now"),
        (MINUTE, "1 分钟前", "1 min ago"),
        (HOUR - 1, "59 分钟前", "59 min ago"),
        (HOUR, "1 小时前", "1 h ago"),
        (DAY - 1, "23 小时前", "23 h ago"),
        (3 * DAY, "3 天前", "3 d ago"),
    ],
)
def test_how_long_ago(past: int, zh: str, en: str) -> None:
    assert ago(10 * DAY - past, 10 * DAY, speaker("zh")) == zh
    assert ago(10 * DAY - past, 10 * DAY, speaker("en")) == en


def test_a_time_for_programs_is_utc() -> None:
    assert iso(ms(2026, 10, 16, 10, 0)) == "2026-10-16T10:00:00+00:00"
