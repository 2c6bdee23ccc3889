"""The official calendar: ``chinesecalendar``, and a file of the years published since.

In the file each year states its holidays as stretches of days off, weekends among them, and the
weekend days that are worked to make up, as the State Council's yearly notice does.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import msgspec
from msgspec.structs import replace

from hegui.law import yaml_file
from hegui.law.calendar import Calendar
from hegui.law.words import Words

_ONE = timedelta(days=1)
#: A stretch of days off is never longer than this; a slip of the pen could make it a year.
_MOST_DAYS = 31


class _Stretch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days off, from the first to the last."""

    name: Words
    first: date
    last: date


class _MakeUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A weekend day that is worked."""

    name: Words
    day: date


class _Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published year, with the notice that states it."""

    year: Annotated[int, msgspec.Meta(ge=2000, le=9999)]
    source: Words
    published: date
    holidays: Annotated[tuple[_Stretch, ...], msgspec.Meta(min_length=1)]
    make_up: tuple[_MakeUp, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    schema: Literal[1]
    years: tuple[_Year, ...]


@cache
def china() -> Calendar:
    """The official calendar of the People's Republic, as the State Council publishes it.

    Years that the library does not know yet come from ``calendar.yaml`` beside this file.
    """
    file = resources.files("hegui.law") / "calendar.yaml"
    return with_years(library(), file.read_bytes(), file=file.name)


@cache
def library() -> Calendar:
    """The calendar as far as ``chinesecalendar`` knows it."""
    # Only here: the data is read on first use, so that importing the room costs nothing.
    from importlib.metadata import version  # noqa: PLC0415

    from chinese_calendar import constants  # noqa: PLC0415

    holidays: dict[date, str] = dict(constants.holidays)
    make_up: dict[date, str] = dict(constants.workdays)
    years = {day.year for day in (*holidays, *make_up)}
    last = max(years)
    return Calendar(
        version=f"chinesecalendar {version('chinesecalendar')} to {last}",
        first=min(years),
        last=last,
        holidays=holidays,
        make_up=make_up,
        names={one.value: one.chinese for one in constants.Holiday},
    )


def with_years(calendar: Calendar, data: bytes, *, file: str) -> Calendar:
    """A calendar with the years of a file after its own; years that it knows are passed over.

    Args:
        calendar: the one to continue.
        data: the YAML file.
        file: its name, for errors and the new calendar's version.

    Raises:
        LawError: ``pack_malformed``, naming the line and the field: a gap between years, a day
            of another year, one that is told twice, a make-up day that is no weekend day.
    """
    document = yaml_file.load(data, file)
    stated = document.convert(_File)
    holidays, make_up = dict(calendar.holidays), dict(calendar.make_up)
    names, last = dict(calendar.names), calendar.last
    for index, year in enumerate(stated.years):
        path = f"$.years[{index}]"
        if year.year <= calendar.last:
            continue
        if year.year != last + 1:
            why = Words(
                f"{last} 年之后应是 {last + 1} 年，而不是 {year.year} 年",
                f"after {last} comes {last + 1}, not {year.year}",
            )
            raise document.wrong(why, f"{path}.year")
        last = year.year
        seen: set[date] = set()
        for place, name, day, worked in _days(year, path, document):
            if day.year != last and (day.year, day.month) != (last - 1, 12):
                why = Words(f"{day} 不在 {last} 年", f"{day} is no day of {last}")
                raise document.wrong(why, place)
            if day in seen:
                raise document.wrong(Words(f"{day} 重复", f"{day} stands twice"), place)
            if worked and day.weekday() < 5:
                why = Words(f"{day} 不是周末", f"{day} is no day of a weekend")
                raise document.wrong(why, place)
            seen.add(day)
            (make_up if worked else holidays)[day] = name.en
            names[name.en] = name.zh
    if last == calendar.last:
        return calendar
    digest = hashlib.sha256(data).hexdigest()[:6]
    return replace(
        calendar,
        version=f"{calendar.version}, {file} {digest} to {last}",
        last=last,
        holidays=holidays,
        make_up=make_up,
        names=names,
    )


def _days(
    year: _Year, path: str, document: yaml_file.Document
) -> Iterator[tuple[str, Words, date, bool]]:
    """Every day that a year states: where, its name, and whether it is worked."""
    for index, off in enumerate(year.holidays):
        place = f"{path}.holidays[{index}]"
        if not timedelta() <= off.last - off.first < timedelta(days=_MOST_DAYS):
            why = Words(
                f"放假从 {off.first} 到 {off.last}，须为 1 至 {_MOST_DAYS} 日",
                f"it lasts from {off.first} to {off.last}; it has to be 1 to {_MOST_DAYS} days",
            )
            raise document.wrong(why, place)
        day = off.first
        while day <= off.last:
            yield place, off.name, day, False
            day += _ONE
    for index, worked in enumerate(year.make_up):
        yield f"{path}.make_up[{index}]", worked.name, worked.day, True
