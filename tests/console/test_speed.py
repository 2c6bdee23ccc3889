"""Pages stay quick as rows grow: the database's own steps are counted, not the clock's.

SQLite tells of every hundred instructions that it carries out. A page that reads what it does not
show, or sorts what an index could give it, takes millions. Milliseconds are measured by
``python -m benchmarks.pages``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from benchmarks.walk import pages
from sqlalchemy import event
from tests.conftest import Databases
from tests.console.desk import Desk
from tests.console.months import MANY, filled

from hegui.console.reading import generations
from hegui.store import Store

_EVERY = 100
#: A machine of today does some ten million a second.
MOST_STEPS = 150_000


@contextmanager
def steps(store: Store) -> Iterator[list[int]]:
    """The instructions of every connection inside the block, as one growing number."""
    done = [0]

    def tick() -> None:
        done[0] += _EVERY

    def lent(connection: Any, *_: Any) -> None:
        connection.set_progress_handler(tick, _EVERY)

    def returned(connection: Any, *_: Any) -> None:
        if connection is not None:  # else it was taken out of the pool for good
            connection.set_progress_handler(None, _EVERY)

    event.listen(store.engine, "checkout", lent)
    event.listen(store.engine, "checkin", returned)
    try:
        yield done
    finally:
        event.remove(store.engine, "checkout", lent)
        event.remove(store.engine, "checkin", returned)


@pytest.fixture(scope="module")
def many(databases: Databases) -> Iterator[Desk]:
    desk = filled(databases, MANY)
    yield desk
    desk.close()


def test_no_page_makes_the_database_work_for_what_it_does_not_show(
    many: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A rare filter looks through so many on purpose; the rest must not hide behind it.
    monkeypatch.setattr(generations, "LOOK_BACK", 1_000)
    client = many.client("owner")
    dear: dict[str, int] = {}
    for route, address in pages(many.app, many.store):
        with steps(many.store) as done:
            client.get(address)
        if done[0] > MOST_STEPS:
            dear[route] = done[0]
    assert not dear


def test_sorting_a_whole_table_would_be_seen(many: Desk) -> None:
    with steps(many.store) as done, many.store.read() as conn:
        conn.exec_driver_sql("SELECT id FROM entry ORDER BY body").all()
    assert done[0] > MOST_STEPS


def test_a_page_stays_within_its_weight(many: Desk) -> None:
    client = many.client("owner")
    for route, address in pages(many.app, many.store):
        assert len(client.get(address).content) < 100_000, route
