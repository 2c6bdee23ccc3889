import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text
from tests.conftest import BACKENDS, Databases
from tests.ledger import naive
from tests.store.log import ORIGIN, Log, entry
from tests.world import FakeWorld

from hegui.errors import HeguiError
from hegui.ledger import Checkpoint, Signer, merkle
from hegui.ledger.entry import encode
from hegui.store import Sequencer, Store, record, tables
from hegui.store.sequence import MOST_AT_ONCE


def root(log: Log) -> bytes:
    return Checkpoint.open(log.reader.latest_checkpoint() or "", log.verifier).root


def test_pending_entries_get_their_places_in_order(log: Log, store: Store) -> None:
    entries = [entry(store.world) for _ in range(5)]
    for part in (entries[:2], entries[2:]):
        with store.begin() as conn:
            for one in part:
                record(conn, one)
    assert log.sequencer.run_once() == 5
    assert log.sequencer.run_once() == 0
    assert log.bodies() == [encode(one) for one in entries]
    assert root(log) == naive.root([merkle.leaf_hash(encode(one)) for one in entries])


def test_numbers_that_were_never_used_leave_no_gap(log: Log, store: Store) -> None:
    log.grow(1)
    log.record(6)
    with store.begin() as conn:  # as if those had been rolled back
        conn.execute(tables.entry.delete().where(tables.entry.c.id.in_([2, 4, 5])))
        left = conn.execute(select(tables.entry.c.body).order_by(tables.entry.c.id)).scalars()
        bodies = left.all()
    assert log.sequencer.run_once() == 3
    assert log.bodies() == bodies
    assert log.problems() == []


def test_every_run_signs_one_checkpoint_at_its_time(log: Log, world: FakeWorld) -> None:
    times = []
    for count in (1, 3, 300):
        times.append(world.tick(1_000))
        log.grow(count)
    with log.store.read() as conn:
        rows = conn.execute(select(tables.checkpoint).order_by(tables.checkpoint.c.size)).all()
    assert [(row.size, row.at) for row in rows] == list(zip((1, 4, 304), times, strict=True))


def test_the_tiles_are_those_of_the_tree(log: Log) -> None:
    log.grow(1, 255, 300, 17)
    hashes = [merkle.leaf_hash(body) for body in log.bodies() if body]
    for (level, n), tile in naive.tiles(hashes):
        assert log.reader.tile(level, n) == tile
    with log.store.read() as conn:
        assert len(conn.execute(select(tables.tile)).all()) == len(list(naive.tiles(hashes)))


def test_a_long_backlog_is_placed_in_one_call(log: Log) -> None:
    log.record_many(MOST_AT_ONCE + 1)
    assert log.sequencer.run_once() == MOST_AT_ONCE + 1
    assert log.problems() == []


def test_another_sequencer_waits_for_the_lease(log: Log, world: FakeWorld) -> None:
    log.grow(1)
    other = log.another()
    log.record(2)
    assert other.run_once() == 0
    world.tick(1_000)
    assert other.run_once() == 2
    log.record(1)
    assert log.sequencer.run_once() == 0
    other.close()
    assert log.sequencer.run_once() == 1
    assert log.problems() == []


def test_a_transaction_that_commits_late_is_not_skipped(
    databases: Databases, world: FakeWorld
) -> None:
    """Only PostgreSQL lets a lower number commit after a higher one."""
    store = Store.open(databases.fresh("postgresql"), world=world)
    log = Log(store)
    early, late = entry(world), entry(world)
    with store.begin() as slow:
        record(slow, early)
        with store.begin() as conn:
            record(conn, late)
        assert log.sequencer.run_once() == 1
    assert log.sequencer.run_once() == 1
    assert log.bodies() == [encode(late), encode(early)]
    assert log.problems() == []
    store.close()


def test_racing_sequencers_make_one_history(store: Store) -> None:
    log = Log(store)
    recording = threading.Event()
    placed: list[int] = []

    def sequence(clock: int) -> None:
        # Each believes that the other's lease ran out: nothing but the row keeps them apart.
        hurried = FakeWorld(clock)
        sequencer = Sequencer(store, log.signer, ORIGIN, hurried)
        while True:
            last = recording.is_set()
            hurried.tick(5_000)
            placed.append(sequencer.run_once())
            if last:
                break

    threads = [threading.Thread(target=sequence, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(40):
        log.record(3)
    recording.set()
    for thread in threads:
        thread.join()
    store.world.tick(10**9)  # type: ignore[attr-defined]
    placed.append(log.sequencer.run_once())
    assert sum(placed) == log.reader.size() == 120
    assert log.problems() == []


def tamper(log: Log, sql: str, **values: Any) -> None:
    with log.store.begin() as conn:
        conn.execute(text(sql), values)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE tile SET hashes = :wrong", "ledger_damaged"),
        ("DELETE FROM tile", "tile_width_wrong"),
        ("DELETE FROM checkpoint WHERE size = 5", "ledger_damaged"),
        ("DELETE FROM checkpoint", "note_malformed"),
        ("UPDATE checkpoint SET note = :other WHERE size = 5", "note_malformed"),
        ("DELETE FROM entry WHERE idx = 4", "ledger_damaged"),
        ("UPDATE entry SET idx = 9 WHERE idx = 2", "ledger_damaged"),
        ("UPDATE entry SET idx = NULL WHERE idx = 4", "ledger_damaged"),
    ],
)
def test_nothing_is_signed_over_a_damaged_log(log: Log, sql: str, code: str) -> None:
    log.grow(3, 2)
    values = {"wrong": bytes(5 * 32), "other": "-"}
    tamper(log, sql, **{name: value for name, value in values.items() if f":{name}" in sql})
    left = log.reader.latest_checkpoint()
    log.record(1)
    with pytest.raises(HeguiError) as caught:
        log.sequencer.run_once()
    assert caught.value.code == code
    assert log.reader.latest_checkpoint() == left
    assert log.reader.pending()[0] >= 1


def test_a_place_that_is_no_number_is_damage(databases: Databases, world: FakeWorld) -> None:
    """Only SQLite keeps such a thing."""
    store = Store.open(databases.fresh("sqlite"), world=world)
    log = Log(store)
    log.grow(3)
    tamper(log, "UPDATE entry SET idx = 'last' WHERE idx = 2")
    log.record(1)
    with pytest.raises(HeguiError) as caught:
        log.sequencer.run_once()
    assert caught.value.code == "ledger_damaged"
    store.close()


def test_a_foreign_history_is_not_built_upon(log: Log) -> None:
    """Whoever can write the database could forge a whole log, but not its last signature."""
    forger = Sequencer(log.store, Signer.from_seed(ORIGIN, b"\x01" * 32), ORIGIN, log.store.world)
    log.record(3)
    assert forger.run_once() == 3
    forger.close()
    log.record(1)
    with pytest.raises(HeguiError) as caught:
        log.sequencer.run_once()
    assert caught.value.code == "note_not_signed"


STEPS = st.lists(
    st.tuples(st.sampled_from(["record", "commit", "undo", "sequence"]), st.integers(0, 2)),
    max_size=30,
)


@pytest.mark.parametrize("backend", BACKENDS)
@given(steps=STEPS)
@settings(max_examples=20, deadline=None)
def test_any_interleaving_gives_the_naive_list(
    databases: Databases, backend: str, steps: list[tuple[str, int]]
) -> None:
    """Against a list: what is committed and has no place follows, in the order of writing."""
    world = FakeWorld()
    store = Store.open(databases.fresh(backend), world=world)
    log = Log(store)
    slots = 1 if store.sqlite else 3  # SQLite has one writer at a time
    open_: dict[int, tuple[Any, Connection, list[tuple[int, bytes]]]] = {}
    committed: list[tuple[int, bytes]] = []
    leaves: list[bytes] = []

    def end(slot: int, *, undo: bool) -> None:
        context, conn, written = open_.pop(slot)
        if undo:
            conn.rollback()
        context.__exit__(None, None, None)
        committed.extend([] if undo else written)

    for number, (step, which) in enumerate(steps):
        slot = which % slots
        if step == "record":
            if slot not in open_:
                context = store.begin()
                open_[slot] = (context, context.__enter__(), [])
            said = entry(world)
            record(open_[slot][1], said)
            open_[slot][2].append((number, encode(said)))
        elif step == "sequence" and not (store.sqlite and open_):
            assert log.sequencer.run_once() == len(committed)
            leaves += [body for _, body in sorted(committed)]
            committed.clear()
        elif slot in open_:
            end(slot, undo=step == "undo")
    for slot in list(open_):
        end(slot, undo=False)
    log.sequencer.run_once()
    leaves += [body for _, body in sorted(committed)]
    assert log.bodies() == leaves
    assert log.problems() == []
    if leaves:
        assert root(log) == naive.root([merkle.leaf_hash(body) for body in leaves])
    store.close()
