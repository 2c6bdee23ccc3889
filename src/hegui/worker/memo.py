"""What a job that looks for itself has found last, kept with what checks remember.

The memo is read and set in the transaction of the entry that tells of it, under a lock, so that
of several workers one tells.
"""

from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, select

from hegui.store import tables
from hegui.store.upsert import insert_for

_M = TypeVar("_M", bound=msgspec.Struct)
_TABLE = tables.check_state


def recall(conn: Connection, name: str, form: type[_M], *, lock: bool = False) -> _M:
    """What a job keeps; its defaults when it keeps nothing, or nothing of this form.

    Args:
        conn: a transaction; one that writes, to lock.
        name: the job's; no check's.
        form: what it keeps, with a default for each field.
        lock: whether others wait until this transaction ends.
    """
    query = select(_TABLE.c.state).where(_TABLE.c.name == name)
    if lock:
        first: dict[str, Any] = {"name": name, "version": 1, "next": 0}
        new = insert_for(conn, _TABLE).values(state=msgspec.msgpack.encode(form()), **first)
        conn.execute(new.on_conflict_do_nothing())
        query = query.with_for_update()
    state = conn.scalar(query)
    try:
        return form() if state is None else msgspec.msgpack.decode(state, type=form)
    except msgspec.DecodeError:
        return form()


def keep(conn: Connection, name: str, memo: msgspec.Struct) -> None:
    """Keep another memo in place of the one that :func:`recall` locked."""
    values = {"state": msgspec.msgpack.encode(memo)}
    conn.execute(_TABLE.update().where(_TABLE.c.name == name).values(values))
