"""Statements of reasons, read for those whom a stop met. They hold no text and no name."""

import msgspec
from sqlalchemy import select

from hegui.store import Store, tables
from hegui.world import is_id


class Decision(msgspec.Struct, frozen=True):
    """One stop, as recorded (table ``decision``); ``at`` in milliseconds since 1970, UTC."""

    id: str
    at: int
    side: str
    place: str
    category: str
    pack: str
    pack_version: str
    author: str
    automated: bool


_COLUMNS = [tables.decision.c[name] for name in Decision.__struct_fields__]


def find(store: Store, decision_id: str) -> Decision | None:
    """The decision of this id, or none; blocking. What is no id finds none."""
    if not is_id(decision_id):
        return None
    with store.read() as conn:
        query = select(*_COLUMNS).where(tables.decision.c.id == decision_id)
        row = conn.execute(query).first()
    return None if row is None else Decision(*row)
