"""A certificate for the servers of these tests, made once."""

import pytest
from tests.outbox.servers import Tls


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return Tls(tmp_path_factory.mktemp("tls"))
