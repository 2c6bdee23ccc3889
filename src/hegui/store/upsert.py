"""INSERT … ON CONFLICT, which both databases have under two names."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert: TypeAlias = sqlite.Insert | postgresql.Insert


def insert_for(conn: Connection, table: Table) -> Insert:
    """An insert in the words of this connection's database, to be given its ON CONFLICT."""
    return insert_in(conn.dialect.name, table)


def insert_in(dialect: str, table: Table) -> Insert:
    """The same, given the database's name; for a statement that is made once and kept."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table)


def upsert(conn: Connection, table: Table) -> Insert:
    """A statement that inserts a row, or sets every other column of the row with its key.

    Args:
        conn: tells which database.
        table: with a primary key.
    """
    return upsert_in(conn.dialect.name, table)


@lru_cache
def upsert_in(
    dialect: str, table: Table, where: Callable[[Any], ColumnElement[bool]] | None = None
) -> Insert:
    """The same, given the database's name.

    Args:
        dialect: that name.
        table: with a primary key.
        where: given the row that was to be inserted, says when the old one may be replaced.
    """
    statement = insert_in(dialect, table)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={column.name: new[column.name] for column in table.c if not column.primary_key},
        where=where(new) if where else None,
    )
