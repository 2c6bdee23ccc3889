"""Reads back what the room leaves, and starts what it needs."""

from typing import Any, TypeVar

from sqlalchemy import Row, Table, select
from tests.world import FakeWorld

from hegui.law import Calendar, Span
from hegui.ledger import entry, kinds
from hegui.outbox import Clock, clocks
from hegui.store import Store, tables

E = TypeVar("E", bound=kinds.Entry)

DAY = 86_400_000
HOUR = 3_600_000
#: What most clocks here are about.
DUTY = "cn-genai-measures-2023/GM-9.2"


def rows(store: Store, table: Table) -> list[Row[Any]]:
    """All rows, by their key."""
    with store.read() as conn:
        return list(conn.execute(select(table).order_by(*table.primary_key)).all())


def entries(store: Store, kind: type[E]) -> list[E]:
    """Evidence of a kind, oldest first."""
    table = tables.entry
    with store.read() as conn:
        bodies = conn.scalars(select(table.c.body).order_by(table.c.id)).all()
    return [found for body in bodies if isinstance(found := entry.decode(body), kind)]


def started(
    store: Store,
    world: FakeWorld,
    span: str = "15wd",
    *,
    about: str = "duty",
    subject: str = DUTY,
    at: int | None = None,
    calendar: Calendar | None = None,
) -> Clock:
    """A clock that began now, unless told otherwise."""
    with store.begin() as conn:
        return clocks.start(
            conn,
            world,
            about,
            subject,
            name="answer",
            rule="setting:test",
            span=Span.parse(span),
            started=world.now() if at is None else at,
            calendar=calendar,
        )
