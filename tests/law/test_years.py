"""Years from a file: they continue the library's, and what is wrong in them is named."""

from datetime import date
from importlib import resources

import pytest
from msgspec.structs import replace
from tests.law.test_clock import at

from hegui.law import Calendar, DayKind, LawError, Span, china, day_of, due
from hegui.law.years import library, with_years

#: As a notice would have it, with a holiday that no library knows.
GOOD = """\
schema: 1
years:
  - year: 2027
    source: {zh: 国务院办公厅通知（测试用）, en: a notice (for this test)}
    published: 2026-11-04
    holidays:
      - {name: {zh: 元旦, en: "New Year's Day"}, first: 2027-01-01, last: 2027-01-04}
      - {name: {zh: 建城节, en: Founding Day}, first: 2027-01-08, last: 2027-01-08}
    make_up:
      - {name: {zh: 元旦, en: "New Year's Day"}, day: 2026-12-26}
      - {name: {zh: 建城节, en: Founding Day}, day: 2027-01-10}
"""


@pytest.fixture(scope="module")
def until_2026() -> Calendar:
    """The library's calendar as it is while 2026 is the last published year."""
    whole = library()
    return replace(
        whole,
        version="library to 2026",
        last=2026,
        holidays={day: name for day, name in whole.holidays.items() if day.year <= 2026},
        make_up={day: name for day, name in whole.make_up.items() if day.year <= 2026},
    )


def grown(calendar: Calendar, text: str = GOOD) -> Calendar:
    return with_years(calendar, text.encode(), file="calendar.yaml")


def test_a_year_of_the_file_is_published(until_2026: Calendar) -> None:
    calendar = grown(until_2026)
    assert calendar.last == 2027
    kinds = {day: calendar.kind(date(2027, 1, day)) for day in (3, 4, 5, 8, 9, 10)}
    assert kinds == {
        3: DayKind.HOLIDAY,
        4: DayKind.HOLIDAY,
        5: DayKind.WORKING,
        8: DayKind.HOLIDAY,
        9: DayKind.WEEKEND,
        10: DayKind.MAKE_UP,
    }
    assert calendar.reason(date(2027, 1, 10)) == "Founding Day"
    assert calendar.names["Founding Day"] == "建城节"
    assert calendar.works(date(2026, 12, 26)), "a day of December may be worked for a January"


def test_what_was_provisional_is_sure_and_may_move(until_2026: Calendar) -> None:
    start, span = at(2026, 12, 30), Span.parse("5wd")
    before, after = due(start, span, until_2026), due(start, span, grown(until_2026))
    assert (day_of(before.at), before.provisional) == (date(2027, 1, 6), True)
    assert (day_of(after.at), after.provisional) == (date(2027, 1, 10), False)
    assert after.calendar != before.calendar


def test_the_version_names_both_sources_and_changes_with_the_file(until_2026: Calendar) -> None:
    version = grown(until_2026).version
    assert version.startswith("library to 2026, calendar.yaml ")
    assert version.endswith(" to 2027")
    assert grown(until_2026, GOOD + "# a correction\n").version != version
    longest = replace(until_2026, version="chinesecalendar 1.11.10 to 2026")
    assert len(grown(longest).version) <= 64, "what the table has room for"


def test_a_year_that_the_library_knows_is_passed_over(until_2026: Calendar) -> None:
    known = GOOD.replace("year: 2027", "year: 2026")
    assert grown(until_2026, known) is until_2026


def test_the_shipped_file_is_in_force() -> None:
    file = resources.files("hegui.law") / "calendar.yaml"
    assert with_years(library(), file.read_bytes(), file=file.name) == china()
    assert len(china().version) <= 64


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("year: 2027", "year: 2028", "after 2026 comes 2027, not 2028"),
        ("first: 2027-01-08, last: 2027-01-08", "first: 2028-01-08, last: 2028-01-08", "no day of"),
        ("day: 2026-12-26", "day: 2026-11-28", "no day of 2027"),
        ("first: 2027-01-08", "first: 2027-01-09", "it lasts from"),
        ("last: 2027-01-04", "last: 2027-03-04", "it lasts from"),
        ("last: 2027-01-04", "last: 2027-01-08", "2027-01-08 stands twice"),
        ("day: 2027-01-10", "day: 2027-01-03", "2027-01-03 stands twice"),
        ("day: 2027-01-10", "day: 2027-01-11", "no day of a weekend"),
        ("published: 2026-11-04", "published: soon", "it has to be: a day"),
        ("    published: 2026-11-04\n", "", "published"),
        ("    source:", "    sauce:", "sauce"),
        ("schema: 1", "schema: 2", "schema"),
        ("zh: 建城节, en: Founding Day}, first", "zh: 建城节}, first", "en"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    until_2026: Calendar, old: str, new: str, why: str
) -> None:
    assert old in GOOD
    with pytest.raises(LawError) as caught:
        grown(until_2026, GOOD.replace(old, new, 1))
    assert caught.value.code == "pack_malformed"
    assert why in caught.value.en
    assert "line " in caught.value.en
    assert "calendar.yaml" in caught.value.zh
