"""Counts what an app asks its databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from hegui.store import Store

#: What opens a transaction on SQLite asks for nothing.
_OPENS = ("PRAGMA", "BEGIN")


@contextmanager
def counted(*stores: Store) -> Iterator[list[str]]:
    """The statements that any thread sends to these stores inside the block."""
    sent: list[str] = []

    def sending(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(_OPENS):
            sent.append(statement)

    for store in stores:
        event.listen(store.engine, "before_cursor_execute", sending)
    try:
        yield sent
    finally:
        for store in stores:
            event.remove(store.engine, "before_cursor_execute", sending)
