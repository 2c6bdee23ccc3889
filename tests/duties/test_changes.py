"""Changes of status: one row and one entry each, together; the history they make."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from tests.duties.desk import Desk
from tests.law.packs import text
from tests.people.evidence import entries

from hegui.duties import changes, packs
from hegui.duties.standing import standing
from hegui.law import Status
from hegui.ledger.kinds import DutyChanged
from hegui.store import tables

REF = "acme/ACME-1"


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """A house with a pack of its own, whose duty needs a person."""
    packs.import_pack(desk.store, desk.world, text("acme", checks=("labels.text",)), "acme.yaml")
    desk.settle()
    return desk


def _rows(desk: Desk) -> int:
    with desk.store.read() as conn:
        return conn.scalar(select(func.count()).select_from(tables.duty_change)) or 0


def test_nothing_is_recorded_before_anything_was_read(desk: Desk) -> None:
    packs.import_pack(desk.store, desk.world, text("acme"), "acme.yaml")
    assert changes.refresh(desk.store, desk.world) == 0
    assert desk.settle() > 0


def test_a_first_status_is_recorded_and_is_no_change(watched: Desk) -> None:
    duties = watched.duties()
    first = {one.duty: one for one in entries(watched.store, DutyChanged)}
    assert first.keys() == {
        ref for ref, one in duties.items() if one.status is not Status.NOT_APPLICABLE
    }
    assert all((one.was, one.status) == ("", duties[ref].status) for ref, one in first.items())
    assert (first[REF].control, first[REF].check) == ("acme/second", "")
    assert changes.since(watched.store, 0) == []
    assert _rows(watched) == len(first)


def test_what_stays_leaves_nothing(watched: Desk) -> None:
    before = _rows(watched)
    assert changes.refresh(watched.store, watched.world) == 0
    assert _rows(watched) == before


def test_a_change_is_a_row_and_an_entry(watched: Desk) -> None:
    now = watched.world.tick(1000)
    watched.sign("acme/second")
    watched.settle()
    (change,) = [one for one in changes.since(watched.store, now) if one.duty == REF]
    assert (change.was, change.status, change.at) == (Status.NEEDS_PERSON, Status.MET, now)
    entry = entries(watched.store, DutyChanged)[-1]
    assert change.id in {one.act for one in entries(watched.store, DutyChanged)}
    assert entry.at == now
    with watched.store.read() as conn:
        latest = select(tables.duty_change.c.status).where(
            tables.duty_change.c.duty == REF, tables.duty_change.c.latest
        )
        assert conn.scalars(latest).all() == [Status.MET]


def test_the_latest_change_comes_first(watched: Desk) -> None:
    watched.world.tick(1000)
    made = watched.sign("acme/second", days=40)
    watched.settle()
    now = watched.world.tick(41 * 86_400_000)
    watched.settle()
    found = [one for one in changes.since(watched.store, 0) if one.duty == REF]
    assert [one.status for one in found] == [Status.STALE, Status.MET]
    assert made.id
    assert [one.duty for one in changes.since(watched.store, now + 1)] == []


def test_a_history_tells_of_its_days_and_of_the_last_change_before(watched: Desk) -> None:
    times = [watched.world.now()]
    for days in (10, 40):
        times.append(watched.world.tick(days * 86_400_000))
        watched.sign("acme/second", days=31)
        watched.settle()
        times.append(watched.world.tick(35 * 86_400_000))
        watched.settle()
    whole = changes.history(watched.store, [REF, "own/OWN-10", "no/SUCH"], 0)
    assert [one.at for one in whole[REF]] == times
    assert whole["no/SUCH"] == []
    late = changes.history(watched.store, [REF], times[3])[REF]
    assert [one.at for one in late] == times[3:]
    between = changes.history(watched.store, [REF], times[3] - 1)[REF]
    assert [one.at for one in between] == times[2:]


def test_two_that_look_at_once_record_a_change_once(watched: Desk) -> None:
    watched.world.tick(1000)
    watched.declare()
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(changes.refresh, watched.store, watched.world) for _ in range(2)]
        counts = [job.result() for job in jobs]
    assert sum(counts) > 0
    told = [one.duty for one in changes.since(watched.store, watched.world.now())]
    assert len(told) == len(set(told))
    with watched.store.read() as conn:
        latest = select(tables.duty_change.c.duty).where(tables.duty_change.c.latest)
        duties = conn.scalars(latest).all()
    assert len(duties) == len(set(duties))


def test_one_that_looked_earlier_does_not_overwrite_what_was_found_since(
    watched: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = standing(watched.store, watched.world.now())
    watched.world.tick(1000)
    watched.declare()
    watched.settle()
    before = _rows(watched)
    # The clock of whoever looked before: it was slow, and writes only now.
    watched.world.at -= 1000
    monkeypatch.setattr(changes, "standing", lambda _store, _now: looked)
    assert changes.refresh(watched.store, watched.world) == 0
    assert _rows(watched) == before


def test_nothing_is_told_while_a_new_version_of_a_check_reads_again(desk: Desk) -> None:
    desk.declare()
    desk.settle()
    before = len(changes.since(desk.store, 0))
    with desk.store.begin() as conn:
        conn.execute(
            tables.check_state.update()
            .where(tables.check_state.c.name == "agreement.published")
            .values(version=0)
        )
    assert standing(desk.store, desk.world.now()).rereading
    changes.refresh(desk.store, desk.world)
    assert len(changes.since(desk.store, 0)) == before
