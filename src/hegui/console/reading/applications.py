"""Applications and their keys as pages show them."""

import msgspec
from sqlalchemy import case, func, or_, select

from hegui.people.api_keys import Key
from hegui.people.applications import Application
from hegui.store import Store, tables

#: Applications on one page.
PAGE = 100
#: Keys of one application that its page shows.
MOST_KEYS = 100

_APP = tables.application
_KEY = tables.api_key
_KEY_COLUMNS = tuple(column for column in _KEY.c if column is not _KEY.c.digest)


class Line(msgspec.Struct, frozen=True):
    """An application in a list.

    Attributes:
        application: what it declares.
        good: keys in force.
        expires: when the first of those runs out, milliseconds since 1970, UTC.
        keys: keys ever made.
    """

    application: Application
    good: int
    expires: int | None
    keys: int


def page(store: Store, now: int, after: str = "") -> tuple[list[Line], str | None]:
    """Applications by name, in one statement; blocking.

    Args:
        store: the database.
        now: milliseconds since 1970, UTC.
        after: the last name of the page before; empty for the first page.

    Returns:
        One page, and the last name on it when there are more.
    """
    runs = or_(_KEY.c.expires.is_(None), _KEY.c.expires > now)
    is_good = _KEY.c.id.is_not(None) & _KEY.c.revoked.is_(None) & runs
    query = (
        select(
            _APP,
            func.count(case((is_good, 1))).label("good"),
            func.min(case((is_good, _KEY.c.expires))).label("first"),
            func.count(_KEY.c.id).label("keys"),
        )
        .outerjoin(_KEY, _KEY.c.application_id == _APP.c.id)
        .where(_APP.c.name > after)
        .group_by(_APP.c.id)
        .order_by(_APP.c.name)
        .limit(PAGE + 1)
    )
    with store.read() as conn:
        rows = conn.execute(query).mappings().all()
    lines = [
        Line(
            Application(**{column.name: row[column.name] for column in _APP.c}),
            row["good"],
            row["first"],
            row["keys"],
        )
        for row in rows[:PAGE]
    ]
    return lines, lines[-1].application.name if len(rows) > PAGE else None


def one(store: Store, application_id: str) -> Application | None:
    """An application, or None; blocking."""
    with store.read() as conn:
        row = conn.execute(select(_APP).where(_APP.c.id == application_id)).mappings().first()
    return None if row is None else Application(**row)


def named(store: Store, name: str) -> Application | None:
    """The application of a name, or None; blocking."""
    with store.read() as conn:
        row = conn.execute(select(_APP).where(_APP.c.name == name)).mappings().first()
    return None if row is None else Application(**row)


def keys(store: Store, application_id: str) -> list[Key]:
    """An application's keys, those in force or expired before the revoked ones, newest first."""
    query = (
        select(*_KEY_COLUMNS)
        .where(_KEY.c.application_id == application_id)
        .order_by(_KEY.c.revoked.is_not(None), _KEY.c.created.desc(), _KEY.c.id.desc())
        .limit(MOST_KEYS)
    )
    with store.read() as conn:
        return [Key(**row) for row in conn.execute(query).mappings()]


def key(store: Store, application_id: str, key_id: str) -> Key | None:
    """One key of an application, or None; blocking."""
    query = select(*_KEY_COLUMNS).where(
        _KEY.c.id == key_id, _KEY.c.application_id == application_id
    )
    with store.read() as conn:
        row = conn.execute(query).mappings().first()
    return None if row is None else Key(**row)
