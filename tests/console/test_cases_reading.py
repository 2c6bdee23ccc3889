"""What the case pages ask of the database, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
from tests.cases.bench import DAY, Bench
from tests.conftest import Databases
from tests.world import FakeWorld

from hegui.cases import APPEAL, CasesError, Filters, State, assign, withdraw
from hegui.console.reading import cases as reading
from hegui.console.reading.cases import Place
from hegui.console.routes.cases_subjects import PANELS, Stop
from hegui.console.words import CATALOGUES
from hegui.outbox import poll
from hegui.people.staff import StaffBook
from hegui.store import Store, tables
from hegui.vault import PersonKeys


@pytest.fixture
def bench(store: Store, world: FakeWorld, databases: Databases) -> Iterator[Bench]:
    opened = Store.open(
        databases.fresh("sqlite", tables.key_metadata), tables=tables.key_metadata, world=world
    )
    yield Bench(store, PersonKeys(opened, bytes(32), world), world)
    opened.close()


def test_the_queue_runs_by_due_date_and_goes_on_where_a_page_ended(bench: Bench) -> None:
    for number in range(6):
        bench.world.tick(DAY if number % 2 else 0)
        bench.file()
    whole = reading.queue(bench.store, Filters(), 50)
    assert [row.clock.due for row in whole] == sorted(row.clock.due for row in whole)
    place = Place(whole[2].clock.due, whole[2].clock.id)
    assert Place.read(str(place)) == place
    assert reading.queue(bench.store, Filters(), 50, place) == whole[3:]
    assert reading.queue(bench.store, Filters(), 2, place) == whole[3:5]


@pytest.mark.parametrize("text", ["", "1", "-", "x-" + "0" * 32, "1-xyz", "²-" + "0" * 32])
def test_a_place_that_no_page_gave_is_none(text: str) -> None:
    assert Place.read(text) is None


def test_the_queue_filters_and_leaves_out_what_is_closed(bench: Bench) -> None:
    wei = bench.staff()
    taken, free, gone = bench.assigned(wei), bench.file(), bench.file()
    withdraw(bench.store, bench.world, gone.number, gone.secret)

    def numbers(filters: Filters) -> set[str]:
        return {row.number for row in reading.queue(bench.store, filters, 50)}

    assert numbers(Filters()) == {taken.number, free.number}
    assert numbers(Filters(assigned=wei.id)) == {taken.number}
    assert numbers(Filters(states=(State.RECEIVED,))) == {free.number}
    assert numbers(Filters(kind="appeal")) == {taken.number, free.number}
    assert numbers(Filters(kind="complaint")) == set()


def test_open_cases_are_counted(bench: Bench) -> None:
    wei = bench.staff()
    bench.assigned(wei)
    bench.world.tick(40 * DAY)
    bench.file()
    counted = reading.counts(bench.store, wei.id, bench.world.now())
    assert (counted.open, counted.overdue, counted.mine) == (2, 1, 1)


def test_a_case_is_found_by_number_and_by_id(bench: Bench) -> None:
    filed = bench.file()
    with bench.store.read() as conn:
        assert reading.find(conn, filed.number) == filed.case_id
        assert reading.find(conn, filed.case_id) == filed.case_id
        assert reading.find(conn, "0" * 32) is None
        assert reading.find(conn, "'; --") is None


def test_entries_come_in_order_with_the_stage_of_a_deadline(bench: Bench) -> None:
    filed = bench.assigned(bench.staff())
    bench.world.tick(40 * DAY)
    poll(bench.store, bench.world)
    with bench.store.read() as conn:
        entries = reading.written(conn, filed.case_id)
    assert [entry.kind for entry in entries[:2]] == ["case.filed", "case.moved"]
    assert [entry.stage for entry in entries] == ["", "", "before", "due", "after"]
    assert all(entry.index is None for entry in entries)


def test_deciders_are_those_who_may_and_did_not_write_the_rule(bench: Bench) -> None:
    book = StaffBook(bench.store, bench.world)
    owner, lan = book.add("Owner", "owner"), book.add("Lan", "reviewer")
    for name, role in (("Wei", "reviewer"), ("Otto", "officer"), ("Ada", "auditor")):
        book.add(name, role)
    gone = book.add("Gone", "reviewer")
    book.disable(gone.id)
    with bench.store.read() as conn:
        assert reading.deciders(conn, set(), set()) == ["Lan", "Owner", "Wei"]
        assert reading.deciders(conn, {owner.id}, {"wei"}) == ["Lan"]
        assert reading.deciders(conn, {owner.id, lan.id}, {"wei"}) == []


def test_a_stop_is_shown_with_who_added_its_rule_and_how_long_its_text_is_kept(
    bench: Bench,
) -> None:
    wei = bench.staff()
    subject = bench.stop(added_by=wei.id)
    panel, say = PANELS[APPEAL.name], CATALOGUES.speaker("en")
    with bench.store.read() as conn:
        stop = panel.load(conn, subject)
        briefs = panel.briefs(conn, [subject], say)
    assert isinstance(stop, Stop)
    assert (stop.id, stop.added_by, stop.withdrawn, stop.kept) == (subject, "Wei", None, None)
    assert briefs == {subject: "answer stopped · fraud and malware · scams"}
    draft = panel.draft(stop, say)
    assert (draft.category, draft.applied) == ("fraud_malware", stop.at)
    assert draft.automated_detection


def test_a_case_that_was_taken_meanwhile_leaves_the_queue_of_nobodys(bench: Bench) -> None:
    filed = bench.file()
    assign(bench.store, bench.world, filed.case_id, bench.staff())
    assert reading.queue(bench.store, Filters(states=(State.RECEIVED,)), 1) == []
    with pytest.raises(CasesError):
        assign(bench.store, bench.world, filed.case_id, bench.staff("Lan"))
