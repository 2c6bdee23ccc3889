"""An insert that leaves a row alone that stands already, on both databases."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(conn: Connection, table: Table, **values: Any) -> bool:
    """Insert a row unless one with an equal key stands.

    On PostgreSQL a racing transaction's row is waited for; the next statement sees it.

    Returns:
        Whether the row is new.
    """
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    added = insert(table).values(values).on_conflict_do_nothing().returning(*table.primary_key)
    return conn.execute(added).first() is not None
