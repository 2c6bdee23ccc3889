"""An insert that leaves a row alone that stands already, on both databases."""

from typing import Any

from sqlalchemy import Connection, Table

from hegui.store.upsert import insert_for


def insert_new(conn: Connection, table: Table, **values: Any) -> bool:
    """Insert a row unless one with an equal key stands.

    On PostgreSQL a racing transaction's row is waited for; the next statement sees it.

    Returns:
        Whether the row is new.
    """
    new = insert_for(conn, table).values(values)
    added = new.on_conflict_do_nothing().returning(*table.primary_key)
    return conn.execute(added).first() is not None
