"""A vault for each test: the house's store, a store of keys beside it, and acts to seal."""

from collections.abc import Iterator

import pytest
from tests.conftest import Databases
from tests.vault.acts import Acts
from tests.world import FakeWorld

from hegui.store import Store, tables
from hegui.vault import PersonKeys

MASTER = bytes(range(32))


@pytest.fixture
def key_store(store: Store, databases: Databases, world: FakeWorld) -> Iterator[Store]:
    """The database of keys, of the same kind as the house's."""
    backend = "sqlite" if store.sqlite else "postgresql"
    url = databases.fresh(backend, tables.key_metadata)
    opened = Store.open(url, tables=tables.key_metadata, world=world)
    yield opened
    opened.close()


@pytest.fixture
def keys(key_store: Store, world: FakeWorld) -> PersonKeys:
    return PersonKeys(key_store, MASTER, world)


@pytest.fixture
def acts(store: Store, keys: PersonKeys, world: FakeWorld) -> Acts:
    return Acts(store, keys, world)
