"""Deadlines: stages fire once whoever polls, a stopped clock fires nothing, years come."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from msgspec.structs import replace
from tests.cases.bench import DAY, Bench, statement
from tests.world import FakeWorld

from hegui.cases import clocks, decide, one, withdraw
from hegui.law import Calendar, Span, china, day_of, due, end_of, subtract
from hegui.ledger.kinds import ClockFired
from hegui.store import Store, tables
from hegui.vault import PersonKeys

FAR = 400 * DAY


def stages(bench: Bench) -> list[str]:
    """What has fired so far, by the ledger."""
    return [entry.stage for entry in bench.entries(ClockFired)]


def told(bench: Bench) -> list[str]:
    """What the outbox holds of clocks."""
    rows = sorted(bench.rows(tables.outbox), key=lambda row: (row.created, row.topic))
    return [row.topic for row in rows if row.topic.startswith("clock.")]


def test_the_stages_lie_around_the_due_time(bench: Bench) -> None:
    filed = bench.file()
    at = {row.stage: row.at for row in bench.rows(tables.clock_stage)}
    assert at == {
        "before": subtract(filed.due, Span.parse("3wd"), china()).at,
        "due": filed.due,
        "after": due(filed.due, Span.parse("1wd"), china()).at,
    }
    assert at["before"] < at["due"] < at["after"]


def test_each_stage_fires_when_it_has_come_and_once(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    filed = bench.file()
    fired = []
    for row in sorted(bench.rows(tables.clock_stage), key=lambda row: row.at):
        world.at = row.at - 1
        assert clocks.poll(store, world) == 0
        world.at = row.at
        assert clocks.poll(store, world) == 1
        assert clocks.poll(store, world) == 0
        fired.append(row.stage)
        assert stages(bench) == fired
    assert fired == ["before", "due", "after"]
    assert sorted(told(bench)) == ["clock.after", "clock.before", "clock.due"]
    assert {entry.act for entry in bench.entries(ClockFired)} == {filed.case_id}
    assert {entry.due for entry in bench.entries(ClockFired)} == {filed.due}


def test_after_a_long_stop_of_the_service_all_come_in_order(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    bench.file()
    world.tick(FAR)
    assert clocks.poll(store, world) == 3
    assert stages(bench) == ["before", "due", "after"]


def test_two_pollers_at_once_fire_each_stage_once(bench: Bench, store: Store) -> None:
    filed = [bench.file() for _ in range(20)]
    at = bench.world.tick(FAR)
    start = Barrier(4)

    def poll(seed: int) -> int:
        world = FakeWorld(seed, at)
        start.wait()
        return clocks.poll(store, world)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(poll, range(10, 14)))
    # One that finds all rows held leaves them to the others, or to its next round.
    assert sum(counts) + clocks.poll(store, bench.world) == 60
    fired = [(entry.act, entry.stage) for entry in bench.entries(ClockFired)]
    assert len(fired) == len(set(fired)) == 60
    assert {act for act, _ in fired} == {each.case_id for each in filed}


def test_a_batch_is_a_batch_and_all_are_reached(
    bench: Bench, store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "BATCH", 4)
    for _ in range(3):
        bench.file()
    world.tick(FAR)
    assert clocks.poll(store, world) == 9


def test_a_stopped_clock_fires_nothing(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    decided, withdrawn = bench.assigned(staff), bench.file()
    decide(store, keys, world, decided.case_id, staff, statement())
    withdraw(store, world, withdrawn.number, withdrawn.secret)
    world.tick(FAR)
    assert clocks.poll(store, world) == 0
    assert stages(bench) == []
    assert bench.rows(tables.clock_stage) == [], "nothing is left for the poller to pass over"


def test_what_had_fired_stays_on_record_when_it_stops(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    filed = bench.file()
    world.at = filed.due
    clocks.poll(store, world)
    world.tick(1)
    withdraw(store, world, filed.number, filed.secret)
    assert {row.stage for row in bench.rows(tables.clock_stage)} == {"before", "due"}
    assert one(store, filed.case_id).clock.in_time is False


def test_a_short_clock_has_no_stage_before_its_start(bench: Bench, store: Store) -> None:
    filed = bench.file()
    now = bench.world.now()
    with store.begin() as conn:
        clock = clocks.start(
            conn,
            bench.world,
            filed.case_id,
            name="report",
            rule="setting:report",
            span=Span.parse("4h"),
            started=now,
        )
    assert clock.due == now + 4 * 3_600_000
    rows = [row for row in bench.rows(tables.clock_stage) if row.clock_id == clock.id]
    assert {row.stage for row in rows} == {"due", "after"}


def published(until: int) -> Calendar:
    """The calendar as it stood when ``until`` was the last published year."""
    whole = china()
    return replace(
        whole,
        version=f"to {until}",
        last=until,
        holidays={day: name for day, name in whole.holidays.items() if day.year <= until},
        make_up={day: name for day, name in whole.make_up.items() if day.year <= until},
    )


def provisional(bench: Bench, store: Store) -> clocks.Clock:
    """A clock over the new year 2026, started while 2025 was the last published year."""
    filed = bench.file()
    clocks_of = tables.clock
    with store.begin() as conn:
        conn.execute(tables.clock_stage.delete())
        conn.execute(clocks_of.delete())
        return clocks.start(
            conn,
            bench.world,
            filed.case_id,
            name=clocks.ANSWER,
            rule="r",
            span=Span.parse("10wd"),
            started=end_of(date(2025, 12, 26)),
            calendar=published(2025),
        )


def test_a_provisional_clock_is_computed_anew_when_the_year_comes(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    clock = provisional(bench, store)
    assert clock.provisional
    assert day_of(clock.due) == date(2026, 1, 9)
    world.at = end_of(date(2025, 12, 28))
    assert clocks.poll(store, world, published(2025)) == 0
    assert bench.rows(tables.clock)[0].due == clock.due, "the same calendar changes nothing"
    clocks.poll(store, world, china())
    (row,) = bench.rows(tables.clock)
    # 1 and 2 January were off, and Sunday 4 January was worked for one of them.
    assert (day_of(row.due), row.provisional) == (date(2026, 1, 12), False)
    assert row.calendar == china().version
    at = {each.stage: each.at for each in bench.rows(tables.clock_stage)}
    assert at["due"] == row.due
    assert at["before"] == subtract(row.due, Span.parse("3wd"), china()).at


def test_a_moved_due_time_is_evidence_and_told_once(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    clock = provisional(bench, store)
    later = replace(
        published(2026),
        version="moved",
        holidays={**published(2026).holidays, date(2026, 1, 9): "A holiday"},
    )
    world.at = end_of(date(2025, 12, 28))
    clocks.poll(store, world, later)
    clocks.poll(store, world, later)
    (entry,) = bench.entries(ClockFired)
    assert (entry.stage, entry.clock, entry.due) == (
        "moved",
        clock.id,
        bench.rows(tables.clock)[0].due,
    )
    assert told(bench) == ["clock.moved"]


def test_what_stays_the_same_is_told_to_nobody(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    filed = bench.file()
    before = bench.rows(tables.clock)
    clocks.poll(store, world, published(2026))
    assert bench.rows(tables.clock) == before, "what is sure is not computed again"
    assert stages(bench) == []
    assert one(store, filed.case_id).clock.due == filed.due
