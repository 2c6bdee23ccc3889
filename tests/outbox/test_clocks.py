"""Clocks: they pause with a reason and run on, and what stands still is not overdue."""

from datetime import date
from hashlib import sha256

import pytest
from tests.outbox.rows import DAY, DUTY, HOUR, entries, rows, started
from tests.world import FakeWorld

from hegui.law import Pause, Span, china, day_of, due, end_of
from hegui.law.years import library
from hegui.ledger.kinds import ClockFired, ClockPaused, ClockResumed
from hegui.outbox import OutboxError, clocks, poll
from hegui.store import Store, tables
from hegui.world import new_id

WHY = "等待申诉人补充材料"


def pause(store: Store, world: FakeWorld, reason: str = WHY, staff: str | None = None) -> None:
    with store.begin() as conn:
        clocks.pause(conn, world, "duty", DUTY, reason=reason, staff_id=staff)


def resume(store: Store, world: FakeWorld, staff: str | None = None) -> None:
    with store.begin() as conn:
        clocks.resume(conn, world, "duty", DUTY, staff_id=staff)


def stop(store: Store, world: FakeWorld) -> bool:
    with store.begin() as conn:
        return clocks.stop(conn, world, "duty", DUTY, world.now())


def member(store: Store, world: FakeWorld) -> str:
    staff = {"id": new_id(world), "name": "Wei", "role": "officer", "created": world.now()}
    with store.begin() as conn:
        conn.execute(tables.staff.insert(), staff)
    return str(staff["id"])


def refused(store: Store, world: FakeWorld, reason: str = WHY) -> str:
    with pytest.raises(OutboxError) as caught:
        pause(store, world, reason)
    assert entries(store, ClockPaused) == []
    return caught.value.code


def test_a_pause_moves_the_deadline_and_its_stages_by_the_pure_function(
    store: Store, world: FakeWorld
) -> None:
    clock = started(store, world)
    since = world.tick(2 * DAY)
    pause(store, world)
    until = world.tick(9 * DAY)
    resume(store, world)
    (row,) = rows(store, tables.clock)
    end = due(clock.started, Span.parse("15wd"), china(), [Pause(since, until)])
    assert row.due == end.at > clock.due
    assert row.paused is None
    at = {each.stage: each.at for each in rows(store, tables.clock_stage)}
    assert at["due"] == row.due
    (kept,) = rows(store, tables.clock_pause)
    assert (kept.started, kept.ended, kept.reason) == (since, until, WHY)


def test_both_are_evidence_with_the_reason_as_a_digest(store: Store, world: FakeWorld) -> None:
    clock, wei = started(store, world), member(store, world)
    pause(store, world, f"  {WHY}\n", staff=wei)
    world.tick(DAY)
    resume(store, world)
    (paused,), (resumed,) = entries(store, ClockPaused), entries(store, ClockResumed)
    assert (paused.clock, paused.staff) == (clock.id, wei)
    assert paused.reason == sha256(WHY.encode()).hexdigest()
    assert (resumed.clock, resumed.staff) == (clock.id, "")
    assert resumed.due == rows(store, tables.clock)[0].due


def test_several_pauses_add_up(store: Store, world: FakeWorld) -> None:
    clock = started(store, world, "72h")
    for _ in range(3):
        world.tick(HOUR)
        pause(store, world)
        world.tick(5 * HOUR)
        resume(store, world)
    assert rows(store, tables.clock)[0].due == clock.due + 15 * HOUR


def test_what_stands_still_fires_nothing_and_runs_on_where_it_stood(
    store: Store, world: FakeWorld
) -> None:
    clock = started(store, world, "10h")
    world.tick(9 * HOUR)
    pause(store, world)
    world.tick(400 * DAY)
    assert poll(store, world) == 0
    resume(store, world)
    assert poll(store, world) == 0
    world.tick(HOUR - 1)
    assert poll(store, world) == 0
    world.tick(1)
    assert poll(store, world) == 1
    (entry,) = entries(store, ClockFired)
    assert (entry.stage, entry.due) == ("due", clock.due + 400 * DAY)


def test_a_stage_that_fired_does_not_fire_again_after_a_pause(
    store: Store, world: FakeWorld
) -> None:
    clock = started(store, world)
    world.at = clock.due
    assert poll(store, world) == 2
    pause(store, world)
    world.tick(7 * DAY)
    resume(store, world)
    world.tick(60 * DAY)
    poll(store, world)
    assert [entry.stage for entry in entries(store, ClockFired)] == ["before", "due", "after"]


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_pause_needs_a_reason(store: Store, world: FakeWorld, reason: str) -> None:
    started(store, world)
    assert refused(store, world, reason) == "clock_reason"
    assert rows(store, tables.clock)[0].paused is None


def test_what_is_overdue_cannot_be_paused_away(store: Store, world: FakeWorld) -> None:
    clock = started(store, world)
    world.at = clock.due + 1
    assert refused(store, world) == "clock_overdue"


def test_nothing_to_pause_and_nothing_to_resume(store: Store, world: FakeWorld) -> None:
    assert refused(store, world) == "clock_none"
    clock = started(store, world)
    with pytest.raises(OutboxError) as caught:
        resume(store, world)
    assert caught.value.code == "clock_running"
    pause(store, world)
    world.tick(1)
    with pytest.raises(OutboxError) as caught:
        pause(store, world)
    assert caught.value.code == "clock_paused"
    stop(store, world)
    with pytest.raises(OutboxError) as caught:
        resume(store, world)
    assert caught.value.code == "clock_none"
    assert clock.due <= rows(store, tables.clock)[0].due


def test_only_what_it_is_asked_for_is_paused_and_stopped(store: Store, world: FakeWorld) -> None:
    started(store, world)
    other = started(store, world, subject="cn-minors/MIN-1")
    same_id = started(store, world, about="licence")
    pause(store, world)
    world.tick(1)
    stop(store, world)
    kept = {row.id: (row.paused, row.stopped) for row in rows(store, tables.clock)}
    assert kept[other.id] == kept[same_id.id] == (None, None)


@pytest.mark.parametrize("span", ["15wd", "20d", "1m", "48h"])
def test_what_is_done_while_it_stands_still_is_done_in_time(
    store: Store, world: FakeWorld, span: str
) -> None:
    clock = started(store, world, span)
    world.at = clock.due
    pause(store, world)
    world.tick(30 * DAY)
    assert stop(store, world)
    (row,) = rows(store, tables.clock)
    assert row.stopped == world.now() <= row.due
    assert rows(store, tables.clock_pause)[0].ended == world.now()
    assert len(entries(store, ClockResumed)) == 1


def test_late_is_late(store: Store, world: FakeWorld) -> None:
    clock = started(store, world)
    world.at = clock.due + 1
    assert not stop(store, world)


def test_a_paused_provisional_clock_waits_for_its_end_to_be_computed_anew(
    store: Store, world: FakeWorld
) -> None:
    last = library().last
    world.at = end_of(date(last, 12, 20))
    clock = started(store, world, "15wd")
    assert clock.provisional
    pause(store, world)
    world.tick(3 * DAY)
    poll(store, world, china())
    assert rows(store, tables.clock)[0].due == clock.due
    resume(store, world)
    (row,) = rows(store, tables.clock)
    assert row.provisional
    assert day_of(row.due) > day_of(clock.due)
