"""Evidence and change notices, written in the transaction of the act itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from hegui.ledger.entry import encode
from hegui.ledger.kinds import Entry
from hegui.store import tables

_ENTRY = tables.entry.insert()
_CHANGE = tables.change.insert()


def columns(entry: Entry) -> dict[str, Any]:
    """The row of one pending entry; its place ``idx`` comes from the sequencer."""
    return {
        "kind": entry.__struct_config__.tag,
        "act": entry.act,
        "at": entry.at,
        "body": encode(entry),
    }


def record(conn: Connection, entry: Entry) -> None:
    """Writes an entry as pending; it counts from the commit of ``conn``'s transaction."""
    conn.execute(_ENTRY, columns(entry))


def record_all(conn: Connection, entries: Sequence[Entry]) -> None:
    """Writes entries, one at least, as :func:`record` does one."""
    conn.execute(_ENTRY, [columns(entry) for entry in entries])


def changed(conn: Connection, topic: str, key: str, at: int) -> None:
    """Tells every gateway to reread something, once the transaction commits.

    Args:
        conn: the transaction that makes the change.
        topic: ``person``, ``key``, ``application``, ``words``, ``agreement`` or ``law``.
        key: which one; at most 64 characters.
        at: milliseconds since 1970, UTC.
    """
    conn.execute(_CHANGE, {"topic": topic, "key": key, "at": at})
