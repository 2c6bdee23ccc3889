"""A portal for each test, and one reader's browser for all."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.portal.site import Site, TestHouse, open_house
from tests.world import FakeWorld


@pytest.fixture
def house(tmp_path: Path, world: FakeWorld) -> TestHouse:
    return open_house(tmp_path, world)


@pytest.fixture
def site(house: TestHouse) -> Iterator[Site]:
    running = Site(house)
    yield running
    running.close()


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
