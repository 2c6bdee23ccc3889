"""What pages read of a month of rows, on both databases, against what the rows say."""

from collections import Counter

import pytest
from benchmarks.month import Month
from sqlalchemy import select
from tests.console.months import NOW
from tests.store.log import Log
from tests.world import FakeWorld

from hegui.console.reading import generation, generations, overview
from hegui.people.staff import StaffBook
from hegui.store import Store, tables, tally

COUNT = 400


@pytest.fixture
def month(store: Store, world: FakeWorld) -> Store:
    world.at = NOW
    StaffBook(store, world).add("the owner", "owner")
    made = Month(store, world)
    made.fill(COUNT)
    made.place(Log(store).signer)
    return store


def test_the_overview_says_what_the_rows_say(month: Store) -> None:
    it = overview.read(month, NOW)
    with month.read() as conn:
        starts = conn.scalars(select(tables.generation.c.started)).all()
        ended = conn.execute(select(tables.outcome)).all()
        decisions = conn.execute(select(tables.decision)).all()
        cases = conn.execute(select(tables.case_file)).all()
        decided = conn.execute(select(tables.case_decision)).all()
    days = Counter(tally.day_of(at) for at in starts)
    assert [day.admitted for day in it.days] == [days[day.day] for day in it.days]
    outcomes = Counter(row.kind for row in ended if tally.day_of(row.ended) >= it.days[0].day)
    assert {kind: it.total(kind) for kind in outcomes} == outcomes
    waits = Counter(
        tally.two_figures(row.first_ms)
        for row in ended
        if row.first_ms is not None and tally.day_of(row.ended) == it.today.day
    )
    assert it.today.p50 == sorted(waits.elements())[-(-waits.total() // 2) - 1]
    assert Counter({one.name: one.stops for one in it.categories if one.stops}) == Counter(
        row.category for row in decisions if tally.day_of(row.at) >= it.days[0].day
    )
    assert it.upheld == sum(row.outcome == "upheld" for row in decided)
    assert it.rejected == sum(row.outcome == "rejected" for row in decided)
    assert it.open == it.running == sum(row.state == "received" for row in cases)
    assert [one.clock.due for one in it.due] == sorted(one.clock.due for one in it.due)
    assert it.ledger.size == it.ledger.through == Log(month).reader.size()
    assert it.notices_open == it.open
    assert it.verification is not None
    assert it.verification.ok is True


def test_pages_of_the_list_hold_every_generation_once(month: Store) -> None:
    seen: list[str] = []
    before = ""
    while True:
        page = generations.page(month, generations.Filters(), before)
        seen += [row.id for row in page.rows]
        if page.older is None:
            break
        before = page.older
    with month.read() as conn:
        newest = conn.scalars(
            select(tables.generation.c.id).order_by(tables.generation.c.id.desc())
        )
        assert seen == list(newest)


def test_a_filter_in_turns_finds_what_it_finds_at_once(
    month: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked in (
        generations.Filters(outcome="stopped"),
        generations.Filters(outcome="failed", model="hegui-demo"),
        generations.Filters(category="fraud", day="2026-11-10"),
    ):
        found = []
        for look_back in (20_000, 37):
            monkeypatch.setattr(generations, "LOOK_BACK", look_back)
            rows: list[str] = []
            before: str | None = ""
            while before is not None:
                page = generations.page(month, asked, before)
                rows += [row.id for row in page.rows]
                before = page.older
            found.append(rows)
        assert found[0] == found[1]
        assert len(set(found[0])) == len(found[0])


def test_one_generation_with_all_that_belongs_to_it(month: Store) -> None:
    with month.read() as conn:
        act = conn.scalar(
            select(tables.decision.c.generation_id).join(
                tables.case_file, tables.case_file.c.subject == tables.decision.c.id
            )
        )
    assert act is not None
    it = generation.read(month, act)
    assert it is not None
    assert it.main.outcome == "stopped"
    assert it.main.linked
    assert it.main.case_number is not None
    assert [one.kind for one in it.evidence] == ["generation.admitted", "generation.stopped"]
    assert it.admitted is not None
    assert generations.find(month, it.main.decision or "") == act
    assert generations.find(month, act) == act
    assert generations.find(month, "f" * 32) is None
    applications, categories = generations.choices(month)
    assert "chat" in [name for _, name in applications]
    assert set(categories) >= {it.main.category}
