"""Leases: who may act alone, until when, in one row each."""

from sqlalchemy import Connection, delete, or_
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from hegui.store import tables

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
    insert = sqlite_insert if conn.dialect.name == "sqlite" else postgresql_insert
    wanted = {"name": name, "holder": holder, "renewed": now, "until": now + ttl_ms}
    statement = (
        insert(_LEASE)
        .values(wanted)
        .on_conflict_do_update(
            index_elements=[_LEASE.c.name],
            set_={"holder": holder, "renewed": now, "until": now + ttl_ms},
            where=or_(_LEASE.c.holder == holder, _LEASE.c.until <= now),
        )
        .returning(_LEASE.c.name)
    )
    return conn.execute(statement).first() is not None


def release(conn: Connection, name: str, holder: str) -> None:
    """Gives a lease back early; does nothing when another holds it."""
    conn.execute(delete(_LEASE).where(_LEASE.c.name == name, _LEASE.c.holder == holder))
