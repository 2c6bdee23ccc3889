"""A console for each test."""

from collections.abc import Iterator

import pytest
from tests.conftest import Databases
from tests.console.desk import Desk, open_house
from tests.world import FakeWorld

from hegui.store import tables


def fresh_desk(databases: Databases, world: FakeWorld) -> Desk:
    """A console on SQLite databases of its own."""
    keys_url = databases.fresh("sqlite", tables.key_metadata)
    return Desk(open_house(databases.fresh("sqlite"), keys_url, world))


@pytest.fixture
def desk(databases: Databases, world: FakeWorld) -> Iterator[Desk]:
    running = fresh_desk(databases, world)
    yield running
    running.close()


@pytest.fixture(scope="module")
def still(databases: Databases) -> Iterator[Desk]:
    """A console that a module's tests only look at."""
    running = fresh_desk(databases, FakeWorld())
    yield running
    running.close()
