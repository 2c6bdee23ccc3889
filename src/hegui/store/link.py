"""Runs statements on a driver connection of its own, in as few round trips as it allows.

SQLAlchemy's connection costs more for a statement than the database does here, and each call
into a driver hands the interpreter lock over. So the hot path talks to the driver itself.
"""

import sqlite3
from collections.abc import Sequence
from typing import Protocol

from hegui.store.engine import Store
from hegui.store.errors import sqlite_outage, unavailable
from hegui.store.insert import Statement


class RefusedError(Exception):
    """The database is well, but does not take a row or a value; the cause says why."""


class Link(Protocol):
    """A connection outside the pool; not for two threads at once."""

    def run(self, statements: Sequence[Statement]) -> None:
        """Runs statements up to the first that fails; an open transaction stays open.

        Raises:
            RefusedError: a statement was refused.
            StoreError: ``store_unavailable``; the link is then to be closed.
        """

    def close(self) -> None:
        """Closes the connection; what is not committed is rolled back."""


def connect(store: Store) -> Link:
    """A new link to the store's database.

    Raises:
        StoreError: ``store_unavailable``.
    """
    if store.sqlite:
        return _Sqlite(store.raw())
    from hegui.store.pipeline import Pipeline  # noqa: PLC0415 - psycopg loads slowly

    return Pipeline(store.raw())


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()

    def run(self, statements: Sequence[Statement]) -> None:
        try:
            for sql, values in statements:
                self._cursor.execute(sql, values)
        except sqlite3.Error as error:
            if sqlite_outage(error):
                raise unavailable() from error
            raise RefusedError from error
        except (ValueError, OverflowError) as error:
            # sqlite3 lets Python's own errors out for lone surrogates and 65-bit integers.
            raise RefusedError from error

    def close(self) -> None:
        self._connection.close()
