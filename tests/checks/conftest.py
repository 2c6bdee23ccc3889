import pytest
from tests.store.log import Log

from hegui.store import Store


@pytest.fixture
def log(store: Store) -> Log:
    return Log(store)
