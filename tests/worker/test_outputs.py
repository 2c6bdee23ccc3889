"""Each day's sample comes to one entry, and what is kept about files ends in its time."""

import threading
from typing import Any

import pytest
from sqlalchemy import select
from tests.store.acts import Acts
from tests.store.log import Log
from tests.world import FakeWorld

from hegui.ledger import entry, kinds
from hegui.store import Store, tables, tally
from hegui.worker import outputs

HOUR = 3_600_000
#: 2026-01-05T04:00:00Z, where the world starts, is noon in Beijing.
MIDNIGHT = 12 * HOUR
TEN_MINUTES = 600_000


@pytest.fixture
def log(store: Store) -> Log:
    return Log(store)


def counted(store: Store, log: Log) -> None:
    log.sequencer.run_once()
    tally.fold_all(store)


def checks(store: Store) -> list[kinds.OutputChecked]:
    with store.read() as conn:
        bodies = conn.scalars(select(tables.entry.c.body).order_by(tables.entry.c.id)).all()
    found = [entry.decode(bytes(body)) for body in bodies]
    return [one for one in found if isinstance(one, kinds.OutputChecked)]


def told(one: kinds.OutputChecked) -> tuple[int, int, int, int]:
    return one.day, one.marked, one.sampled, one.wrong


def day_of_files(store: Store, log: Log) -> None:
    acts = Acts(store)
    acts.marked("image", read="conforming")
    acts.marked("image")
    acts.marked("audio", read="conforming")
    acts.held("unlabelled")
    counted(store, log)


def test_a_day_that_is_over_has_one_entry(store: Store, log: Log, world: FakeWorld) -> None:
    day_of_files(store, log)
    world.tick(MIDNIGHT + TEN_MINUTES)
    assert outputs.check(store, world) == 1
    assert [told(one) for one in checks(store)] == [(20260105, 3, 3, 1)]
    counted(store, log)
    assert outputs.check(store, world) == 0
    world.tick(24 * HOUR)
    assert outputs.check(store, world) == 0, "a day without files has none"
    with store.read() as conn:
        row = conn.execute(select(tables.output_check)).one()
    assert (row.day, row.act, row.marked) == (20260105, checks(store)[0].act, 3)


@pytest.mark.parametrize("passed", [0, MIDNIGHT - 1, MIDNIGHT + TEN_MINUTES - 1])
def test_a_day_is_not_over_before_its_last_entries_are_there(
    store: Store, log: Log, world: FakeWorld, passed: int
) -> None:
    day_of_files(store, log)
    world.tick(passed)
    assert outputs.check(store, world) == 0


def test_what_is_not_counted_yet_is_waited_for(store: Store, log: Log, world: FakeWorld) -> None:
    day_of_files(store, log)
    Acts(store).marked("video")
    world.tick(MIDNIGHT + TEN_MINUTES)
    assert outputs.check(store, world) == 0, "it has no place yet"
    log.sequencer.run_once()
    assert outputs.check(store, world) == 0, "it is not counted yet"
    tally.fold_all(store)
    assert outputs.check(store, world) == 1
    assert checks(store)[0].marked == 4


def test_days_that_a_service_did_not_run_are_made_up_for(
    store: Store, log: Log, world: FakeWorld
) -> None:
    for _ in range(3):
        day_of_files(store, log)
        world.tick(48 * HOUR)
    assert outputs.check(store, world) == 3
    assert [one.day for one in checks(store)] == [20260105, 20260107, 20260109]


def test_of_two_workers_one_writes_it(store: Store, log: Log, world: FakeWorld) -> None:
    day_of_files(store, log)
    world.tick(MIDNIGHT + TEN_MINUTES)
    done: list[int] = []

    def work(seed: int) -> None:
        done.append(outputs.check(store, FakeWorld(seed, world.at)))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 1
    assert len(checks(store)) == 1


def test_a_sample_with_a_wrong_file_is_told(
    store: Store, log: Log, world: FakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    day_of_files(store, log)
    world.tick(MIDNIGHT + TEN_MINUTES)
    outputs.check(store, world)
    assert "1 of 3 read back wrong" in caplog.text


def rows(store: Store, expires: int) -> None:
    video: dict[str, Any] = {"generation_id": f"{expires:032x}", "upstream": "u", "remote": "r"}
    copy: dict[str, Any] = {
        "id": f"{expires:032x}",
        "generation_id": "9" * 32,
        "application_id": "a" * 32,
        "agreement": 1,
        "at": 0,
        "media": "image",
        "file": "0" * 64,
    }
    with store.begin() as conn:
        conn.execute(tables.video.insert().values(**video, expires=expires))
        conn.execute(tables.unlabelled.insert().values(**copy, expires=expires))


def test_what_is_due_goes_and_the_rest_stays(store: Store) -> None:
    for expires in (100, 200, 300):
        rows(store, expires)
    assert outputs.expire(store, 99) == 0
    assert outputs.expire(store, 200) == 4
    with store.read() as conn:
        for table in (tables.video, tables.unlabelled):
            assert conn.scalars(select(table.c.expires)).all() == [300]
