"""A link to PostgreSQL over psycopg's libpq layer: a whole transaction in one round trip.

``psycopg.Cursor`` takes about five times the processor time for a small batch, even within its
own pipeline mode; what is used here is libpq's, as psycopg documents it (``psycopg.pq``).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result
from psycopg.pq.abc import PGresult

from hegui.store.errors import unavailable
from hegui.store.insert import Statement
from hegui.store.link import RefusedError


class _Call(NamedTuple):
    sql: str
    values: list[bytes | None]
    formats: list[int]


class Pipeline:
    """A ``Link`` that sends its statements at once and then reads what became of each."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._pq = connection.pgconn
        self._names: dict[str, bytes] = {}

    def run(self, statements: Sequence[Statement]) -> None:
        """Runs statements up to the first that fails; an open transaction stays open.

        Raises:
            RefusedError: a statement was refused.
            StoreError: ``store_unavailable``; the link is then to be closed.
        """
        try:
            # All values first: a bad one must not leave a pipeline half sent.
            calls = [_Call(sql, *_encoded(values)) for sql, values in statements]
        except (ValueError, TypeError) as error:
            raise RefusedError from error
        try:
            self._pipeline(calls)
        except psycopg.Error as error:
            if isinstance(error, psycopg.OperationalError) or not self._alive():
                raise unavailable() from error
            raise RefusedError from error

    def close(self) -> None:
        """Closes the connection; what is not committed is rolled back."""
        self._connection.close()

    def _alive(self) -> bool:
        return self._pq.status == pq.ConnStatus.OK

    def _pipeline(self, calls: Sequence[_Call]) -> None:
        """Sends everything, then reads one result for each thing sent."""
        self._pq.enter_pipeline_mode()
        prepared: list[str | None] = []  # for each result to come: the SQL it prepares
        for call in calls:
            name = self._names.get(call.sql)
            if name is None:
                name = self._names[call.sql] = b"hegui_%d" % len(self._names)
                self._pq.send_prepare(name, call.sql.encode())
                prepared.append(call.sql)
            self._pq.send_query_prepared(name, call.values, call.formats)
            prepared.append(None)
        self._pq.pipeline_sync()
        failures = [(self._result(), sql) for sql in prepared]
        failures = [(result, sql) for result, sql in failures if not _done(result)]
        self._result()  # the synchronisation itself
        self._pq.exit_pipeline_mode()
        for _, sql in failures:
            if sql is not None:
                del self._names[sql]
        if failures:
            # What follows the first failure only says that it was not run.
            raise error_from_result(failures[0][0])

    def _result(self) -> PGresult:
        result = self._pq.get_result()
        if result is None:
            raise psycopg.OperationalError("the connection ended within a pipeline")
        if result.status != pq.ExecStatus.PIPELINE_SYNC:
            self._pq.get_result()  # None: the end of this statement's results
        return result


def _done(result: PGresult) -> bool:
    return result.status == pq.ExecStatus.COMMAND_OK


def _encoded(values: Sequence[Any]) -> tuple[list[bytes | None], list[int]]:
    """Values for the wire; text in binary form too, so that a NUL is refused and not cut at."""
    formats = [1 if isinstance(value, bytes | str) else 0 for value in values]
    return [_wire(value) for value in values], formats


def _wire(value: Any) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, bool):
        return b"t" if value else b"f"
    return b"%d" % value
