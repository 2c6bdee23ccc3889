"""Sealed text past its time is found: the daily look, and the check that rests on it."""

from collections.abc import Iterator

import pytest
from tests.cases.bench import Bench
from tests.conftest import Databases
from tests.people.evidence import entries
from tests.store.log import Log
from tests.world import FakeWorld

from hegui import checks, vault
from hegui.cases import withdraw
from hegui.law import Status, shipped_book
from hegui.ledger.kinds import RetentionChecked
from hegui.store import Store, tables
from hegui.vault import PersonKeys
from hegui.worker import kept
from hegui.world import new_id

HOUR, DAY = 3_600_000, 86_400_000
STOPPED_DAYS = 180


@pytest.fixture
def bench(store: Store, databases: Databases, world: FakeWorld) -> Iterator[Bench]:
    backend = "sqlite" if store.sqlite else "postgresql"
    url = databases.fresh(backend, tables.key_metadata)
    opened = Store.open(url, tables=tables.key_metadata, world=world)
    yield Bench(store, PersonKeys(opened, bytes(32), world), world)
    opened.close()


def seal(bench: Bench, expires: int, act: str = "") -> None:
    act = act or new_id(bench.world)
    for part, segments in (("prompt", 1), ("answer", 3)):
        for seq in range(segments):
            row = {"generation_id": act, "part": part, "seq": seq, "data": b"sealed"}
            bench.insert(tables.sealed, **row, expires=expires)


def look(bench: Bench) -> tuple[int, int]:
    """What the look of another day finds."""
    bench.world.tick(DAY)
    assert kept.check(bench.store, STOPPED_DAYS, bench.world)
    found = entries(bench.store, RetentionChecked)[-1]
    return found.held, found.late


def status(store: Store, name: str) -> Status:
    log = Log(store)
    log.sequencer.run_once()
    log.sequencer.close()
    checks.fold_all(store)
    return checks.read(store, store.world.now(), shipped_book()).of(name, "").status


def test_it_is_told_once_a_day(bench: Bench, store: Store, world: FakeWorld) -> None:
    assert kept.check(store, STOPPED_DAYS, world)
    assert not kept.check(store, STOPPED_DAYS, world)
    world.tick(12 * HOUR)  # the next day in Beijing
    assert kept.check(store, STOPPED_DAYS, world)
    assert [one.day for one in entries(store, RetentionChecked)] == [20260105, 20260106]


def test_text_past_its_time_is_found_until_it_is_gone(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    seal(bench, world.now() + DAY - HOUR + 1)
    seal(bench, world.now() + 9 * DAY)
    assert look(bench) == (4, 0)
    assert status(store, "retention.kept") is Status.MET
    assert look(bench) == (4, 2)
    for check in ("retention.kept", "erasure.done"):
        assert status(store, check) is Status.NOT_MET
    vault.expire(store, world.now(), world)
    assert look(bench) == (2, 0)
    for check in ("retention.kept", "erasure.done"):
        assert status(store, check) is Status.MET


def test_text_that_a_case_needs_is_not_late(bench: Bench, store: Store, world: FakeWorld) -> None:
    decision = bench.stop()
    (stop,) = bench.rows(tables.decision)
    seal(bench, world.now(), stop.generation_id)
    filed = bench.file(subject=decision)
    assert look(bench) == (3, 0)  # two texts, and the words of the case
    withdraw(store, world, filed.number, filed.secret)
    assert look(bench) == (3, 2)
    world.tick(STOPPED_DAYS * DAY)
    assert look(bench) == (3, 3)
