"""One database, SQLite or PostgreSQL, behind two transactions: ``begin`` and ``read``."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from hegui.errors import HeguiError
from hegui.store import tables as house
from hegui.store.errors import StoreError, told_when_unavailable, unavailable
from hegui.store.migrate import is_current, migrate
from hegui.world import World

#: How long a writer waits for another writer of the same SQLite file, in seconds.
BUSY_SECONDS = 5.0
_SCRUB_PAUSE = 0.01
_WRITES = "hegui_writes"


class Store:
    """An open, migrated database. Safe to share between threads; every call blocks.

    Async callers go through ``asyncio.to_thread``; the hot path through
    :class:`hegui.store.writer.GroupWriter`.

    Attributes:
        engine: the SQLAlchemy engine, for raw connections.
        world: clock and randomness.
        sqlite: whether the database is SQLite (else PostgreSQL).
    """

    def __init__(self, engine: Engine, world: World) -> None:
        self.engine = engine
        self.world = world
        self.sqlite = engine.dialect.name == "sqlite"
        self._writing = engine.execution_options(**{_WRITES: True})
        self._reading = engine if self.sqlite else _snapshots(engine)

    @classmethod
    def open(cls, url: str, *, tables: MetaData = house.metadata, world: World) -> Self:
        """Opens the database, makes it if it is a new SQLite file, and migrates it.

        Args:
            url: ``sqlite:///PATH`` or ``postgresql://USER:PASSWORD@HOST/NAME``.
            tables: ``tables.metadata``, or ``tables.key_metadata`` for the store of keys.
            world: clock and randomness.

        Raises:
            StoreError: ``store_url`` for another kind of address, ``store_unavailable`` when
                nothing answers there, ``store_newer`` when a later version wrote it.
        """
        engine = _engine(_parse(url))
        store = cls(engine, world)
        try:
            with store.read() as conn:
                current = is_current(conn, tables)
            if not current:
                with store.begin() as conn:
                    migrate(conn, tables)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A write transaction: committed at the end of the block, rolled back on an error.

        On SQLite the write lock is taken at once (``BEGIN IMMEDIATE``), so that a transaction
        that reads first can't fail later because another process wrote in between.

        Raises:
            StoreError: ``store_unavailable`` when the database is locked, full or gone.
        """
        with told_when_unavailable(), self._writing.begin() as conn:
            yield conn

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only transaction in which every statement sees the same moment.

        Raises:
            StoreError: ``store_unavailable`` when the database is locked or gone.
        """
        with told_when_unavailable(), self._reading.connect() as conn:
            try:
                yield conn
            except HeguiError:
                raise  # ours, of what was read whole
            except BaseException:
                # A result half read may outlive this block in the error's traceback, and would
                # keep its moment open on a connection of the pool.
                conn.invalidate()
                raise

    def raw(self) -> Any:
        """A driver's connection outside the pool, in autocommit mode; the caller closes it.

        Raises:
            StoreError: ``store_unavailable``.
        """
        with told_when_unavailable():
            pooled = self.engine.raw_connection()
        driver: Any = pooled.driver_connection
        pooled.detach()
        if self.sqlite:
            driver.execute("PRAGMA query_only=OFF")  # as the pool may have left it
        else:
            driver.autocommit = True
        return driver

    def scrub(self) -> None:
        """Takes overwritten and deleted content out of the file as well (SQLite).

        ``secure_delete`` overwrites it in the database, but old pages stay in the write-ahead
        log until that is truncated. PostgreSQL has no counterpart: there, old row versions go
        with vacuum and its own log with its retention, which is the operator's to set.
        """
        if not self.sqlite:
            return
        with told_when_unavailable(), closing(self.engine.raw_connection()) as raw:
            cursor = raw.cursor()
            until = time.monotonic() + BUSY_SECONDS
            # While another connection truncates, SQLite answers "busy" at once and does not wait.
            while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    raise unavailable()
                time.sleep(_SCRUB_PAUSE)

    def close(self) -> None:
        """Closes every idle connection; the last one of a SQLite file folds its log back in."""
        self.engine.dispose()


def _parse(url: str) -> URL:
    with suppress(ArgumentError, ValueError):  # the latter for a port that is no number
        parsed = make_url(url)
        if parsed.drivername == "sqlite" and parsed.database and parsed.database != ":memory:":
            return parsed
        if parsed.drivername == "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(
        "store_url",
        zh="数据库地址不可用。请写成 sqlite:///文件路径 或 postgresql://用户:口令@主机/库名。",
        en="This database address can't be used. Write sqlite:///PATH or "
        "postgresql://USER:PASSWORD@HOST/NAME.",
    )


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    path = Path(url.database or "")
    try:
        # SQLite gives its log files the mode of the database file, so this covers all three.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise unavailable() from error
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _snapshots(engine: Engine) -> Engine:
    """The same engine, whose transactions see one moment and may not write (PostgreSQL)."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver opens no transaction behind our back
    record.info[_WRITES] = True
    for pragma in (
        "journal_mode=WAL",
        "cache_size=-1000",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(conn: Connection) -> None:
    # Past SQLAlchemy, for which each of these would be dearer than many a transaction.
    driver: Any = conn.connection.driver_connection
    writes = conn.get_execution_options().get(_WRITES, False)
    if conn.info[_WRITES] is not writes:
        driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        conn.info[_WRITES] = writes
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
