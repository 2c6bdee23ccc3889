"""A portal for each test, and one reader's browser for all."""

from collections.abc import Iterator

import httpx2
import pytest
from tests.conftest import Databases
from tests.portal.site import Site, TestHouse, open_house
from tests.world import FakeWorld

from hegui.store import tables


def fresh_house(databases: Databases, world: FakeWorld, *, publish: bool = True) -> TestHouse:
    """A house on databases of its own."""
    url = databases.fresh("sqlite")
    keys_url = databases.fresh("sqlite", tables.key_metadata)
    return open_house(url, keys_url, world, publish=publish)


@pytest.fixture
def house(databases: Databases, world: FakeWorld) -> TestHouse:
    return fresh_house(databases, world)


@pytest.fixture
def site(house: TestHouse) -> Iterator[Site]:
    running = Site(house)
    yield running
    running.close()


@pytest.fixture(scope="module")
def still(databases: Databases) -> Iterator[Site]:
    """A portal that a module's tests only look at."""
    running = Site(fresh_house(databases, FakeWorld()))
    yield running
    running.close()


@pytest.fixture
def onlooker(still: Site) -> Iterator[httpx2.Client]:
    """Nobody in particular, before a portal that stays as it is."""
    with still.client() as opened:
        yield opened


@pytest.fixture
def client(site: Site) -> Iterator[httpx2.Client]:
    """Nobody in particular, without JavaScript."""
    with site.client() as opened:
        yield opened


@pytest.fixture
def reader(site: Site) -> Iterator[httpx2.Client]:
    """Signed up and agreed, without JavaScript."""
    with site.reader() as opened:
        yield opened
