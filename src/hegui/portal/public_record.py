"""The head of the public record as pages show it: how high, since when, and the note itself."""

import msgspec
from sqlalchemy import select

from hegui.store import Store, tables


class Head(msgspec.Struct, frozen=True):
    """The latest checkpoint.

    Attributes:
        size: how many entries it covers.
        at: when it was signed, milliseconds since 1970, UTC.
        note: the signed note, verbatim.
    """

    size: int
    at: int
    note: str


_COLUMNS = [tables.checkpoint.c[name] for name in Head.__struct_fields__]


def head(store: Store) -> Head | None:
    """The latest checkpoint, or none before the first; blocking."""
    with store.read() as conn:
        query = select(*_COLUMNS).order_by(tables.checkpoint.c.size.desc()).limit(1)
        row = conn.execute(query).first()
    return None if row is None else Head(*row)
