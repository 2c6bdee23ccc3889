"""A house whose duties are watched."""

import pytest
from tests.duties.desk import Desk
from tests.world import FakeWorld

from hegui.store import Store


@pytest.fixture
def desk(store: Store, world: FakeWorld) -> Desk:
    return Desk(store, world)
