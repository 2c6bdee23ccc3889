"""A deadline in words and pictures, and the kinds of case that the pages know."""

import re
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from hegui.cases import KINDS, Clock, Event, State
from hegui.console.routes.cases_clock import (
    PER_LINE,
    bar,
    length,
    rule,
    standing,
    strip,
    working_days,
)
from hegui.console.routes.cases_subjects import PANELS
from hegui.console.words import CATALOGUES
from hegui.law import Span, china, due
from hegui.web.language import Language

HOUR, DAY = 3_600_000, 86_400_000
SAY = CATALOGUES.speaker("en")


def at(text: str) -> int:
    """A moment in Beijing."""
    return int(datetime.fromisoformat(f"{text}+08:00").astimezone(UTC).timestamp() * 1000)


STARTED = at("2026-09-28T10:00")
END = due(STARTED, Span.parse("10wd"), china())
CLOCK = Clock(
    id="0" * 32,
    name="answer",
    rule="cn-app-method-2019/complaint.answer",
    span="10wd",
    started=STARTED,
    due=END.at,
    provisional=END.provisional,
    calendar=END.calendar,
)


@pytest.mark.parametrize(
    ("now", "stopped", "kind", "left"),
    [
        ("2026-09-28T10:00", None, "running", "in 18 d"),
        ("2026-10-13T23:59", None, "running", "in 3 d"),
        ("2026-10-14T00:00", None, "due", "in 2 d"),
        ("2026-10-16T23:00", None, "due", "in 59 min"),
        ("2026-10-17T00:00", None, "overdue", "by 1 min"),
        ("2026-10-20T12:00", None, "overdue", "by 3 d"),
        ("2026-11-20T12:00", "2026-10-16T23:59", "met", ""),
        ("2026-11-20T12:00", "2026-10-17T00:00", "not_met", ""),
    ],
)
def test_how_a_deadline_stands(now: str, stopped: str | None, kind: str, left: str) -> None:
    clock = replace(CLOCK, stopped=at(stopped) if stopped else None)
    stands = standing(clock, at(now), china(), SAY)
    assert (stands.kind, stands.left) == (kind, left)
    assert stands.word == SAY(f"cases.clock.{kind}")
    assert (stands.working is None) == (kind in {"met", "not_met", "overdue"})


@pytest.mark.parametrize(
    ("day", "count"), [("2026-09-28", 10), ("2026-09-30", 8), ("2026-10-09", 6), ("2026-10-16", 0)]
)
def test_working_days_left_know_of_holidays_and_make_up_days(day: str, count: int) -> None:
    assert working_days(at(f"{day}T12:00"), CLOCK.due, china()) == count


@pytest.mark.parametrize(
    ("ms", "said"),
    [(0, "1 min"), (59_999, "1 min"), (HOUR - 1, "59 min"), (HOUR, "1 h"), (DAY, "1 d")],
)
def test_a_stretch_of_time_is_told_in_the_largest_unit(ms: int, said: str) -> None:
    assert length(ms, SAY) == said


def test_the_rule_of_a_deadline_is_counted_day_by_day() -> None:
    found = rule(CLOCK, china())
    assert found is not None
    assert found.parameter.clause.en == "item 6"
    assert [step.number for step in found.counted if step.number] == list(range(1, 11))
    assert found.counted[-1].day == date(2026, 10, 16)


def test_a_deadline_that_would_be_counted_otherwise_now_shows_no_days() -> None:
    found = rule(replace(CLOCK, due=CLOCK.due + DAY), china())
    assert found is not None
    assert found.counted == ()
    assert "<rect" not in strip(found.counted, STARTED)


@pytest.mark.parametrize(
    "name", ["setting:answer_days", "no-such-pack/complaint.answer", "cn-app-method-2019/gone"]
)
def test_a_rule_that_no_pack_holds_is_none(name: str) -> None:
    assert rule(replace(CLOCK, rule=name), china()) is None


def test_the_small_bar_marks_today_and_what_is_due() -> None:
    drawn = bar(CLOCK, STARTED)
    assert 'cx="4.0"' in drawn
    assert 'x1="108.0"' in drawn
    late = bar(CLOCK, CLOCK.due + 40 * DAY)
    assert "late" in late
    assert 'cx="108.0"' in late
    assert "stopped" in bar(replace(CLOCK, stopped=CLOCK.due), CLOCK.due + DAY)


def test_the_strip_has_a_cell_for_each_day_in_weeks_and_rings_today() -> None:
    drawn = strip(END.steps, at("2026-10-09T12:00"))
    assert drawn.count("<rect") == len(END.steps)
    assert drawn.count("today") == 1
    places = [int(x) for x in re.findall(r'<rect x="(\d+)"', drawn)]
    weekdays = [(x // 24) % 7 for x in places]
    assert weekdays == [step.day.weekday() for step in END.steps]
    assert max(places) < 24 * PER_LINE
    assert 'class="make_up ahead"' in drawn


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_state_and_event_can_be_shown(lang: Language) -> None:
    words = CATALOGUES.words[lang]
    assert set(PANELS) == set(KINDS)
    for kind in KINDS.values():
        assert f"cases.kind.{kind.name}" in words
        assert f"cases.about_{kind.name}" in words
        for outcome in kind.outcomes:
            assert f"cases.outcome.{kind.name}.{outcome}" in words
            assert f"cases.outcome_means.{kind.name}.{outcome}" in words
    assert all(f"cases.state.{state}" in words for state in State)
    assert all(f"cases.event.{event}" in words for event in Event)
    assert all(f"cases.fired.{stage}" in words for stage in ("before", "due", "after", "moved"))
