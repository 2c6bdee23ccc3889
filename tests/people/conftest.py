"""People in a house of their own: keys beside the store, an application, an agreement."""

from collections.abc import Iterator

import pytest
from tests.conftest import Databases
from tests.world import FakeWorld

from hegui.people import Application, Person, agreements, applications, persons
from hegui.store import Store, tables
from hegui.vault import PersonKeys


@pytest.fixture
def keys(store: Store, databases: Databases, world: FakeWorld) -> Iterator[PersonKeys]:
    """The keys of persons, in a database of the same kind as the house's."""
    backend = "sqlite" if store.sqlite else "postgresql"
    url = databases.fresh(backend, tables.key_metadata)
    opened = Store.open(url, tables=tables.key_metadata, world=world)
    yield PersonKeys(opened, bytes(range(32)), world)
    opened.close()


@pytest.fixture
def application(store: Store, world: FakeWorld) -> Application:
    return applications.register(
        store, world, "shop", operator="某店", public="顾客", label_at="start"
    )


@pytest.fixture
def person(store: Store, keys: PersonKeys, world: FakeWorld, application: Application) -> Person:
    found, _ = persons.find_or_register(store, keys, world, application.id, "fern")
    return found


@pytest.fixture
def agreement(store: Store, world: FakeWorld) -> int:
    return agreements.publish(store, world, "约定", "deal")
