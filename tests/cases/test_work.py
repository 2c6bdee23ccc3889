"""Taking up, giving back, withdrawing: each a row, an event and an entry."""

import pytest
from tests.cases.bench import DAY, STATEMENT, Bench
from tests.world import FakeWorld

from hegui.cases import (
    CasesError,
    assign,
    by_number,
    decide,
    one,
    read_words,
    release,
    withdraw,
)
from hegui.ledger.kinds import CaseMoved
from hegui.store import Store, tables


def code(caught: pytest.ExceptionInfo[CasesError]) -> str:
    return caught.value.code


def test_a_case_is_taken_up_given_back_and_taken_up_by_another(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    wei, lan = bench.staff("Wei"), bench.staff("Lan")
    filed = bench.file()
    assign(store, world, filed.case_id, wei)
    assert one(store, filed.case_id).assignee == "Wei"
    world.tick(5)
    release(store, world, filed.case_id, lan)
    assert one(store, filed.case_id).assigned is None
    assign(store, world, filed.case_id, lan)
    case = one(store, filed.case_id)
    assert (case.state, case.assigned, case.changed) == ("assigned", lan.id, world.now())
    told = [(each.event, each.state, each.by) for each in case.events]
    assert told == [
        ("file", "received", ""),
        ("assign", "assigned", "Wei"),
        ("release", "received", "Lan"),
        ("assign", "assigned", "Lan"),
    ]
    moves = [(each.case, each.event, each.state, each.staff) for each in bench.entries(CaseMoved)]
    assert moves == [
        ("appeal", "assign", "assigned", wei.id),
        ("appeal", "release", "received", lan.id),
        ("appeal", "assign", "assigned", lan.id),
    ]


def test_one_who_comes_second_is_refused(bench: Bench, store: Store, world: FakeWorld) -> None:
    filed = bench.assigned(bench.staff("Wei"))
    with pytest.raises(CasesError) as caught:
        assign(store, world, filed.case_id, bench.staff("Lan"))
    assert code(caught) == "case_state"
    assert one(store, filed.case_id).assignee == "Wei"
    assert len(bench.entries(CaseMoved)) == 1


def test_what_nobody_has_cannot_be_given_back(bench: Bench, store: Store, world: FakeWorld) -> None:
    filed = bench.file()
    with pytest.raises(CasesError) as caught:
        release(store, world, filed.case_id, bench.staff())
    assert code(caught) == "case_state"


@pytest.mark.parametrize("act", [assign, release])
def test_an_unknown_case_is_told_so(
    bench: Bench, store: Store, world: FakeWorld, act: object
) -> None:
    assert callable(act)
    with pytest.raises(CasesError) as caught:
        act(store, world, "0" * 32, bench.staff())
    assert code(caught) == "case_missing"


@pytest.mark.parametrize("taken", [False, True])
def test_the_filer_withdraws_and_the_clock_stops(
    bench: Bench, store: Store, world: FakeWorld, taken: bool
) -> None:
    filed = bench.assigned(bench.staff()) if taken else bench.file()
    world.tick(7)
    withdraw(store, world, filed.number.lower(), filed.secret.lower())
    case = one(store, filed.case_id)
    assert case.state == "withdrawn"
    assert case.clock.stopped == world.now()
    assert case.events[-1].by == ""
    assert bench.entries(CaseMoved)[-1].staff == ""
    with pytest.raises(CasesError) as caught:
        withdraw(store, world, filed.number, filed.secret)
    assert code(caught) == "case_state"


def test_only_number_and_secret_together_withdraw(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    first, second = bench.file(), bench.file()
    for number, secret in (
        (first.number, second.secret),
        ("A-2026-0009", first.secret),
        (first.number, ""),
        ("", ""),
    ):
        with pytest.raises(CasesError) as caught:
            withdraw(store, world, number, secret)
        assert code(caught) == "case_unknown"
    assert one(store, first.case_id).state == "received"
    assert bench.entries(CaseMoved) == []


def test_the_notice_of_a_new_case_is_done_once_somebody_has_it(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    staff, filed = bench.staff(), bench.file()
    bench.deliver()
    assign(store, world, filed.case_id, staff)
    release(store, world, filed.case_id, staff)
    bench.deliver()
    notices = {(row.topic, row.done is None) for row in bench.rows(tables.notice)}
    assert notices == {("case.filed", False), ("case.released", True)}
    withdraw(store, world, filed.number, filed.secret)
    assert all(row.done is not None for row in bench.rows(tables.notice))


def test_reading_the_words_is_on_record_and_changes_nothing(bench: Bench) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    before = one(bench.store, filed.case_id)
    bench.world.tick(DAY)
    read_words(bench.store, bench.world, filed.case_id, staff)
    case = by_number(bench.store, bench.keys, filed.number, filed.secret)
    assert (case.state, case.changed) == ("assigned", before.changed)
    last = case.events[-1]
    assert (last.event, last.at, last.by) == ("read", bench.world.now(), "")
    entry = bench.entries(CaseMoved)[-1]
    assert (entry.event, entry.state, entry.staff) == ("read", "assigned", staff.id)


def test_the_words_of_an_open_case_are_for_who_has_it(bench: Bench) -> None:
    staff, other = bench.staff(), bench.staff("Li")
    filed = bench.file()
    with pytest.raises(CasesError) as nobody:
        read_words(bench.store, bench.world, filed.case_id, staff)
    assert code(nobody) == "case_state"
    assign(bench.store, bench.world, filed.case_id, staff)
    with pytest.raises(CasesError) as another:
        read_words(bench.store, bench.world, filed.case_id, other)
    assert code(another) == "case_not_assignee"
    decide(bench.store, bench.keys, bench.world, filed.case_id, staff, STATEMENT)
    read_words(bench.store, bench.world, filed.case_id, other)
    assert one(bench.store, filed.case_id).events[-1].by == "Li"
