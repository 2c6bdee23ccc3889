"""The deadline of a case: it starts on receipt, stops with the answer, and tells of itself."""

from tests.cases.bench import DAY, Bench, statement
from tests.world import FakeWorld

from hegui.cases import decide, one, withdraw
from hegui.ledger.kinds import CaseDecided, ClockFired, ClockResumed
from hegui.outbox import clocks, poll
from hegui.store import Store, tables
from hegui.vault import PersonKeys

FAR = 400 * DAY


def test_a_case_tells_of_its_deadline_under_its_own_id(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    filed = bench.file()
    world.tick(FAR)
    assert poll(store, world) == 3
    fired = bench.entries(ClockFired)
    assert [(entry.act, entry.due) for entry in fired] == [(filed.case_id, filed.due)] * 3
    told = [row for row in bench.rows(tables.outbox) if row.topic.startswith("clock.")]
    assert {row.subject for row in told} == {filed.case_id}
    (row,) = bench.rows(tables.clock)
    assert (row.about, row.subject, row.name) == ("case", filed.case_id, "answer")


def test_a_decided_and_a_withdrawn_case_fire_nothing(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    decided, withdrawn = bench.assigned(staff), bench.file()
    decide(store, keys, world, decided.case_id, staff, statement())
    withdraw(store, world, withdrawn.number, withdrawn.secret)
    world.tick(FAR)
    assert poll(store, world) == 0
    assert bench.entries(ClockFired) == []


def test_what_had_fired_stays_on_record_when_it_stops(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    filed = bench.file()
    world.at = filed.due
    poll(store, world)
    world.tick(1)
    withdraw(store, world, filed.number, filed.secret)
    assert {row.stage for row in bench.rows(tables.clock_stage)} == {"before", "due"}
    assert one(store, filed.case_id).clock.in_time is False


def test_a_case_decided_while_its_deadline_stands_still_is_in_time(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    with store.begin() as conn:
        clocks.pause(conn, world, "case", filed.case_id, reason="waits for the filer")
    paused = world.now()
    world.tick(FAR)
    assert one(store, filed.case_id).clock.paused == paused
    decide(store, keys, world, filed.case_id, staff, statement())
    clock = one(store, filed.case_id).clock
    assert (clock.in_time, clock.paused) == (True, None)
    assert bench.entries(CaseDecided)[0].in_time
    assert [entry.act for entry in bench.entries(ClockResumed)] == [filed.case_id]
