"""Writes a batch of jobs in one durable commit, so that one bad job fails alone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from hegui.store.engine import Store
from hegui.store.errors import StoreError
from hegui.store.insert import Insert, Row, Statement
from hegui.store.link import Link, RefusedError, connect

#: Rows of one or more tables that are written together or not at all.
Job = Sequence[tuple[Insert, Row]]

_COMMIT: Statement = ("COMMIT", ())
_ROLLBACK: Statement = ("ROLLBACK", ())
_SAVEPOINT: Statement = ("SAVEPOINT job", ())
_RELEASE: Statement = ("RELEASE SAVEPOINT job", ())
_UNDO: Statement = ("ROLLBACK TO SAVEPOINT job", ())


class Committer:
    """Owns one connection and opens another after an outage; for one thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._begin: Statement = ("BEGIN IMMEDIATE" if store.sqlite else "BEGIN", ())
        self._link: Link | None = None

    def commit(self, jobs: Sequence[Job]) -> list[StoreError | None]:
        """Writes every job that can be written and returns once that is durable.

        Returns:
            For each job None, or ``store_write_failed``: nothing of it was written. When the
            connection was lost during the commit itself, that is not known, and the job is
            reported as failed.
        """
        try:
            if self._link is None:
                self._link = connect(self._store)
            try:
                self._link.run([self._begin, *_inserts(jobs), _COMMIT])
            except RefusedError:
                self._link.run([_ROLLBACK])
                return self._apart(self._link, jobs)
        except Exception as error:  # noqa: BLE001 - whatever it is, the waiting must hear of it
            self.close()
            return [_failed(error)] * len(jobs)
        return [None] * len(jobs)

    def close(self) -> None:
        """Closes the connection; what is not committed is rolled back."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def _apart(self, link: Link, jobs: Sequence[Job]) -> list[StoreError | None]:
        """Each job under a savepoint, and still one commit for all that are well."""
        failures: list[StoreError | None] = []
        link.run([self._begin])
        for job in jobs:
            link.run([_SAVEPOINT])
            try:
                link.run([*_inserts([job]), _RELEASE])
                failures.append(None)
            except RefusedError as error:
                link.run([_UNDO, _RELEASE])
                failures.append(_failed(error.__cause__))
        link.run([_COMMIT])
        return failures


def _inserts(jobs: Sequence[Job]) -> Iterator[Statement]:
    """Rows in the order of the jobs, table by table."""
    tables: defaultdict[Insert, list[Row]] = defaultdict(list)
    for insert, row in chain.from_iterable(jobs):
        tables[insert].append(row)
    for insert, rows in tables.items():
        yield from insert.statements(rows)


def _failed(cause: BaseException | None) -> StoreError:
    error = StoreError(
        "store_write_failed",
        zh="这条记录没有写入，所记的行为未获准许。请检查数据库后重试。",
        en="This record was not written, so what it records was not let through. Check the "
        "database and try again.",
    )
    error.__cause__ = cause
    return error
