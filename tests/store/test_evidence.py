import pytest
from sqlalchemy import select
from tests.ledger.examples import EXAMPLES
from tests.store.log import entry
from tests.world import FakeWorld

from hegui.ledger import LedgerError, kinds
from hegui.ledger.entry import decode
from hegui.store import Store, changed, changes, columns, record, tables


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: type(example).__name__)
def test_the_row_repeats_what_the_body_says(example: kinds.Entry) -> None:
    row = columns(example)
    assert decode(row["body"]) == example
    assert row["kind"] == example.__struct_config__.tag
    assert (row["act"], row["at"]) == (example.act, example.at)


def test_evidence_is_pending_from_the_commit_of_the_act(store: Store, world: FakeWorld) -> None:
    first, second = entry(world), entry(world)
    with store.begin() as conn:
        record(conn, first)
        record(conn, second)
    with store.read() as conn:
        rows = conn.execute(select(tables.entry).order_by(tables.entry.c.id)).all()
    assert [decode(row.body) for row in rows] == [first, second]
    assert [row.idx for row in rows] == [None, None]


def test_an_act_that_fails_leaves_no_evidence(store: Store, world: FakeWorld) -> None:
    def act() -> None:
        with store.begin() as conn:
            record(conn, entry(world))
            changed(conn, "key", "k", world.now())
            record(conn, entry(world, application="\ud800"))

    with pytest.raises(LedgerError):
        act()
    with store.read() as conn:
        assert conn.execute(select(tables.entry)).all() == []
    assert changes.since(store, 0) == []


def test_changes_are_told_from_a_moment_on(store: Store, world: FakeWorld) -> None:
    for topic, key in (("person", "a"), ("words", "b"), ("person", "c")):
        with store.begin() as conn:
            changed(conn, topic, key, world.tick(10))
    everything = changes.since(store, 0)
    assert [(topic, key) for _, topic, key in everything] == [
        ("person", "a"),
        ("words", "b"),
        ("person", "c"),
    ]
    assert changes.since(store, world.now()) == everything[2:]
    assert changes.since(store, world.now() + 1) == []
