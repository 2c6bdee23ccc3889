"""A verification in a thread: its progress on record, its end whatever happens."""

import threading
from collections.abc import Callable, Iterator

import pytest
from tests.conftest import Databases
from tests.console.desk import ConsoleHouse, open_house
from tests.store.log import entry
from tests.world import FakeWorld

from hegui.console.verifying import Verifying
from hegui.ledger import Verifier
from hegui.store import Report, StoreError, record, tables, verifications
from hegui.store.verifications import Verification


@pytest.fixture
def house(databases: Databases, world: FakeWorld) -> Iterator[ConsoleHouse]:
    keys_url = databases.fresh("sqlite", tables.key_metadata)
    opened = open_house(databases.fresh("sqlite"), keys_url, world)
    with opened.store.begin() as conn:
        for _ in range(5):
            record(conn, entry(world))
    opened.sequence()
    yield opened
    opened.store.close()
    opened.key_store.close()


class Stepwise:
    """A log whose verification goes as a test says."""

    def __init__(self, go: Callable[[Callable[[int, int], None]], Report]) -> None:
        self._go = go

    def verify(self, _verifier: Verifier, progress: Callable[[int, int], None]) -> Report:
        return self._go(progress)


def verified(house: ConsoleHouse) -> Verification:
    with house.store.begin() as conn:
        conn.execute(tables.staff.insert().values(id="s" * 32, name="s", role="owner", created=1))
    assert Verifying(house).start("s" * 32)
    for thread in threading.enumerate():
        if thread.name == "verification":
            thread.join()
    return verifications.latest(house.store)[0]


def stepwise(
    house: ConsoleHouse, go: Callable[[Callable[[int, int], None]], Report]
) -> ConsoleHouse:
    house.ledger = Stepwise(go)  # type: ignore[assignment]
    return house


def test_a_ledger_that_holds(house: ConsoleHouse) -> None:
    told = verified(house)
    assert (told.ok, told.done, told.size, told.name, told.running) == (True, 5, 5, "s", False)


def test_a_ledger_that_does_not(house: ConsoleHouse) -> None:
    with house.store.begin() as conn:
        conn.execute(tables.entry.update().where(tables.entry.c.idx == 3).values(body=b"{}"))
    told = verified(house)
    assert told.ok is False
    assert ("entry_altered", "3") in [(one.code, one.place) for one in told.problems]


def test_progress_is_put_on_record_once_a_second(house: ConsoleHouse, world: FakeWorld) -> None:
    seen = []

    def go(progress: Callable[[int, int], None]) -> Report:
        for done in range(1, 11):
            world.tick(300)
            progress(done, 10)
            seen.append(verifications.latest(house.store)[0].done)
        return Report(True, 10, 0, None, [], 0)

    assert verified(stepwise(house, go)).done == 10
    assert seen == [0, 0, 0, 4, 4, 4, 4, 8, 8, 8]


def test_one_that_cannot_go_on_is_cut(house: ConsoleHouse) -> None:
    def go(_progress: Callable[[int, int], None]) -> Report:
        raise StoreError("store_unavailable", zh="没有数据库", en="no database")

    told = verified(stepwise(house, go))
    assert (told.ok, told.running) == (None, False)
    assert told.ended is not None


def test_one_that_slept_too_long_leaves_the_record_to_the_next(
    house: ConsoleHouse, world: FakeWorld
) -> None:
    def go(progress: Callable[[int, int], None]) -> Report:
        world.tick(verifications.LEASE_MS + 1)
        assert verifications.begin(house.store, None)
        progress(1, 5)
        raise AssertionError("it went on")

    verified(stepwise(house, go))
    new, old = verifications.latest(house.store)
    assert (new.running, new.ok, old.running, old.ok) == (True, None, False, None)


def test_only_one_runs(house: ConsoleHouse) -> None:
    assert verifications.begin(house.store, None)
    assert not Verifying(house).start("s" * 32)
