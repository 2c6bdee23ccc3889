"""Reads back what an act left behind: entries and change notices."""

from typing import TypeVar

from sqlalchemy import select

from hegui.ledger import entry, kinds
from hegui.store import Store, tables

Kind = TypeVar("Kind", bound=kinds.Entry)


def entries(store: Store, kind: type[Kind]) -> list[Kind]:
    """The entries of one kind, oldest first."""
    with store.read() as conn:
        bodies = conn.scalars(select(tables.entry.c.body).order_by(tables.entry.c.id)).all()
    return [found for body in bodies if isinstance(found := entry.decode(body), kind)]


def changes(store: Store, topic: str) -> list[str]:
    """The keys told under a topic, oldest first."""
    change = tables.change
    with store.read() as conn:
        return list(
            conn.scalars(select(change.c.key).where(change.c.topic == topic).order_by(change.c.seq))
        )
