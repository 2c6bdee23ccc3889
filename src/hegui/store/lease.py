"""Leases: who may act alone, until when, in one row each."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, delete, or_

from hegui.store import tables
from hegui.store.upsert import upsert_in

_LEASE = tables.lease


def take(conn: Connection, name: str, holder: str, ttl_ms: int, now: int) -> bool:
    """Takes or renews a lease in a write transaction.

    Until that transaction ends nobody else can take the lease: on PostgreSQL the row is
    locked, on SQLite the database is. So what is written in the same transaction is written
    alone, however late it commits.

    Args:
        conn: a write transaction.
        name: what it is for; at most 80 characters.
        holder: who asks; at most 64 characters.
        ttl_ms: how long it holds after ``now``.
        now: milliseconds since 1970, UTC.

    Returns:
        Whether the holder has it now; False while another holds it.
    """
    row = {"name": name, "holder": holder, "renewed": now, "until": now + ttl_ms}
    return conn.execute(_taking(conn.dialect.name), row).first() is not None


def release(conn: Connection, name: str, holder: str) -> None:
    """Gives a lease back early; does nothing when another holds it."""
    conn.execute(delete(_LEASE).where(_LEASE.c.name == name, _LEASE.c.holder == holder))


@lru_cache
def _taking(dialect: str) -> Executable:
    return upsert_in(dialect, _LEASE, _may_replace).returning(_LEASE.c.name)


def _may_replace(new: Any) -> ColumnElement[bool]:
    return or_(_LEASE.c.holder == new.holder, _LEASE.c.until <= new.renewed)
