"""The poller: stages fire once whoever polls, a stopped clock fires nothing, years come."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from msgspec.structs import replace
from tests.outbox.rows import DAY, DUTY, entries, rows, started
from tests.world import FakeWorld

from hegui.law import Calendar, Span, china, day_of, due, end_of, subtract
from hegui.law.years import library, with_years
from hegui.ledger.kinds import ClockFired
from hegui.outbox import Clock, clocks, poll, poller
from hegui.store import Store, tables
from hegui.world import new_id

FAR = 400 * DAY
NEXT = library().last + 1


def fired(store: Store) -> list[str]:
    """What has fired so far, by the ledger."""
    return [entry.stage for entry in entries(store, ClockFired)]


def told(store: Store) -> list[str]:
    """What the outbox holds."""
    found = sorted(rows(store, tables.outbox), key=lambda row: (row.created, row.topic))
    return [row.topic for row in found]


def test_the_stages_lie_around_the_due_time(store: Store, world: FakeWorld) -> None:
    clock = started(store, world)
    at = {row.stage: row.at for row in rows(store, tables.clock_stage)}
    assert at == {
        "before": subtract(clock.due, Span.parse("3wd"), china()).at,
        "due": clock.due,
        "after": due(clock.due, Span.parse("1wd"), china()).at,
    }
    assert at["before"] < at["due"] < at["after"]


def test_each_stage_fires_when_it_has_come_and_once(store: Store, world: FakeWorld) -> None:
    clock = started(store, world)
    for row in sorted(rows(store, tables.clock_stage), key=lambda row: row.at):
        world.at = row.at - 1
        assert poll(store, world) == 0
        world.at = row.at
        assert poll(store, world) == 1
        assert poll(store, world) == 0
    assert fired(store) == ["before", "due", "after"]
    assert told(store) == ["clock.before", "clock.due", "clock.after"]
    assert {row.subject for row in rows(store, tables.outbox)} == {DUTY}
    assert {entry.due for entry in entries(store, ClockFired)} == {clock.due}


def test_evidence_is_of_the_act_or_of_the_clock_itself(store: Store, world: FakeWorld) -> None:
    """A duty is no act: its name would not fit where an act's id stands."""
    case = new_id(world)
    duty = started(store, world, "1h")
    started(store, world, "2h", about="case", subject=case)
    world.tick(3 * DAY // 24)
    poll(store, world)
    assert [entry.act for entry in entries(store, ClockFired)] == [duty.id, case]


def test_after_a_long_stop_of_the_service_all_come_in_order_and_once(
    store: Store, world: FakeWorld
) -> None:
    started(store, world)
    world.tick(FAR)
    assert poll(store, world) == 3
    assert poll(store, world) == 0
    assert fired(store) == ["before", "due", "after"]


def test_two_pollers_at_once_fire_each_stage_once(store: Store, world: FakeWorld) -> None:
    cases = [new_id(world) for _ in range(20)]
    for case in cases:
        started(store, world, about="case", subject=case)
    at = world.tick(FAR)
    begin = Barrier(4)

    def run(seed: int) -> int:
        own = FakeWorld(seed, at)
        begin.wait()
        return poll(store, own)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(run, range(10, 14)))
    # One that finds all rows held leaves them to the others, or to its next round.
    assert sum(counts) + poll(store, world) == 60
    acts = [(entry.act, entry.stage) for entry in entries(store, ClockFired)]
    assert len(acts) == len(set(acts)) == 60
    assert {act for act, _ in acts} == set(cases)


def test_a_batch_is_a_batch_and_all_are_reached(
    store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "BATCH", 4)
    for _ in range(3):
        started(store, world)
    world.tick(FAR)
    assert poll(store, world) == 9


def test_a_stopped_clock_fires_nothing(store: Store, world: FakeWorld) -> None:
    started(store, world)
    with store.begin() as conn:
        assert clocks.stop(conn, world, "duty", DUTY, world.now())
    world.tick(FAR)
    assert poll(store, world) == 0
    assert fired(store) == []
    assert rows(store, tables.clock_stage) == [], "nothing is left for the poller to pass over"


def test_a_short_clock_has_no_stage_before_its_start(store: Store, world: FakeWorld) -> None:
    clock = started(store, world, "4h")
    assert clock.due == world.now() + 4 * 3_600_000
    assert {row.stage for row in rows(store, tables.clock_stage)} == {"due", "after"}


def published(until: int) -> Calendar:
    """The calendar as it stood when ``until`` was the last published year."""
    whole = library()
    return replace(
        whole,
        version=f"to {until}",
        last=until,
        holidays={day: name for day, name in whole.holidays.items() if day.year <= until},
        make_up={day: name for day, name in whole.make_up.items() if day.year <= until},
    )


def provisional(store: Store, world: FakeWorld) -> Clock:
    """A clock over the new year 2026, started while 2025 was the last published year."""
    start = end_of(date(2025, 12, 26))
    return started(store, world, "10wd", at=start, calendar=published(2025))


def test_a_provisional_clock_is_computed_anew_when_the_year_comes(
    store: Store, world: FakeWorld
) -> None:
    clock = provisional(store, world)
    assert clock.provisional
    assert day_of(clock.due) == date(2026, 1, 9)
    world.at = end_of(date(2025, 12, 28))
    assert poll(store, world, published(2025)) == 0
    assert rows(store, tables.clock)[0].due == clock.due, "the same calendar changes nothing"
    poll(store, world, china())
    (row,) = rows(store, tables.clock)
    # 1 and 2 January were off, and Sunday 4 January was worked for one of them.
    assert (day_of(row.due), row.provisional) == (date(2026, 1, 12), False)
    assert row.calendar == china().version
    at = {each.stage: each.at for each in rows(store, tables.clock_stage)}
    assert at["due"] == row.due
    assert at["before"] == subtract(row.due, Span.parse("3wd"), china()).at


YEAR = f"""\
schema: 1
years:
  - year: {NEXT}
    source: {{zh: 测试用, en: for a test}}
    published: {NEXT - 1}-11-04
    holidays:
      - {{name: {{zh: 元旦, en: "New Year's Day"}}, first: {NEXT}-01-01, last: {NEXT}-01-03}}
"""


def test_a_year_added_to_the_file_moves_what_was_provisional(
    store: Store, world: FakeWorld
) -> None:
    world.at = end_of(date(NEXT - 1, 12, 28))
    clock = started(store, world, "5wd")
    assert clock.provisional
    grown = with_years(library(), YEAR.encode(), file="calendar.yaml")
    poll(store, world, grown)
    (row,) = rows(store, tables.clock)
    assert not row.provisional
    assert row.calendar == grown.version
    assert row.due == due(clock.started, Span.parse("5wd"), grown).at != clock.due
    assert told(store) == ["clock.moved"]


def test_a_moved_due_time_is_evidence_and_told_once(store: Store, world: FakeWorld) -> None:
    clock = provisional(store, world)
    later = replace(
        published(2026),
        version="moved",
        holidays={**published(2026).holidays, date(2026, 1, 9): "A holiday"},
    )
    world.at = end_of(date(2025, 12, 28))
    poll(store, world, later)
    poll(store, world, later)
    (entry,) = entries(store, ClockFired)
    (row,) = rows(store, tables.clock)
    assert (entry.stage, entry.clock, entry.due) == ("moved", clock.id, row.due)
    assert told(store) == ["clock.moved"]


def test_what_stays_the_same_is_told_to_nobody(store: Store, world: FakeWorld) -> None:
    started(store, world)
    before = rows(store, tables.clock)
    poll(store, world, published(2026))
    assert rows(store, tables.clock) == before, "what is sure is not computed again"
    assert fired(store) == []
