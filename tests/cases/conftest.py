"""A house with cases: keys beside the store, staff, and stops that can be appealed."""

from collections.abc import Iterator

import pytest
from tests.cases.bench import Bench
from tests.conftest import Databases
from tests.world import FakeWorld

from hegui.store import Store, tables
from hegui.vault import PersonKeys


@pytest.fixture
def keys(store: Store, databases: Databases, world: FakeWorld) -> Iterator[PersonKeys]:
    """The keys of cases, in a database of the same kind as the house's."""
    backend = "sqlite" if store.sqlite else "postgresql"
    url = databases.fresh(backend, tables.key_metadata)
    opened = Store.open(url, tables=tables.key_metadata, world=world)
    yield PersonKeys(opened, bytes(range(32)), world)
    opened.close()


@pytest.fixture
def bench(store: Store, keys: PersonKeys, world: FakeWorld) -> Bench:
    return Bench(store, keys, world)
