"""INSERT … ON CONFLICT, which both databases have under two names."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_for(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert in the words of this connection's database, to be given its ON CONFLICT."""
    insert = sqlite.insert if conn.dialect.name == "sqlite" else postgresql.insert
    return insert(table)


def upsert(
    conn: Connection, table: Table, where: Callable[[Any], ColumnElement[bool]] | None = None
) -> sqlite.Insert | postgresql.Insert:
    """A statement that inserts a row, or sets every other column of the row with its key.

    Args:
        conn: tells which database.
        table: with a primary key.
        where: given the row that was to be inserted, says when the old one may be replaced.
    """
    statement = insert_for(conn, table)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={column.name: new[column.name] for column in table.c if not column.primary_key},
        where=where(new) if where else None,
    )
