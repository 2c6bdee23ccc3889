"""The questionnaire half answered: each member of staff has at most one draft.

It waits in the database, so that neither a restart nor another process loses it, and goes with the
record that it leads to. A draft is no evidence: nothing is decided by it and nothing tells of it.
"""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, delete, select

from hegui.law.scope import Answer
from hegui.store import Store, tables
from hegui.store.upsert import upsert
from hegui.world import World

_draft = tables.scope_draft
_decode = msgspec.json.Decoder(dict[str, bool | int | str | list[str]]).decode


class Draft(msgspec.Struct, frozen=True):
    """Answers that wait; ``at`` is when they were last kept, milliseconds since 1970, UTC."""

    at: int
    answers: Mapping[str, object]


def of(store: Store, staff: str) -> Draft | None:
    """A member of staff's draft, or None; blocking."""
    query = select(_draft.c.at, _draft.c.answers).where(_draft.c.staff_id == staff)
    with store.read() as conn:
        row = conn.execute(query).first()
    return None if row is None else Draft(row.at, _decode(row.answers))


def keep(store: Store, world: World, answers: Mapping[str, Answer], staff: str) -> None:
    """Keep a member of staff's answers in the place of those before; blocking."""
    row = {"staff_id": staff, "at": world.now(), "answers": msgspec.json.encode(answers)}
    with store.begin() as conn:
        conn.execute(upsert(conn, _draft), row)


def drop(store: Store, staff: str) -> None:
    """Forget a member of staff's draft, if there is one; blocking."""
    with store.begin() as conn:
        clear(conn, staff)


def clear(conn: Connection, staff: str) -> None:
    """Forget it in the transaction of the record that it led to."""
    conn.execute(delete(_draft).where(_draft.c.staff_id == staff))
