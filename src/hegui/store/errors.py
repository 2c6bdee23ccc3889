"""The one error of this room, and which of a driver's failures mean "not now"."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from hegui.errors import HeguiError

#: SQLite's primary result codes for a file that is locked, full, broken or not to be opened.
_SQLITE_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)


class StoreError(HeguiError):
    """The database could not do what was asked; the codes are in ``docs/errors.md``."""


def sqlite_outage(error: BaseException | None) -> bool:
    """Whether SQLite's error tells of the database file, not of what was asked of it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_OUTAGES


def unavailable() -> StoreError:
    """``store_unavailable``: the database is locked, full, damaged or unreachable."""
    return StoreError(
        "store_unavailable",
        zh="数据库此刻不可用（被占用、已满、损坏或无法连接）。未提交的内容没有写入；请检查后重试。",
        en="The database is not available now (locked, full, damaged or unreachable). Nothing "
        "uncommitted was written; check it and try again.",
    )


@contextmanager
def told_when_unavailable() -> Iterator[None]:
    """Turns an outage of the database inside the block into ``store_unavailable``.

    An error of the statement itself (a broken constraint, say) passes unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:  # from outside SQLAlchemy: while a connection is prepared
        if sqlite_outage(error):
            raise unavailable() from error
        raise
    except DBAPIError as error:
        sqlite = isinstance(error.orig, sqlite3.Error)
        if sqlite_outage(error.orig) if sqlite else isinstance(error, OperationalError):
            raise unavailable() from error
        raise
