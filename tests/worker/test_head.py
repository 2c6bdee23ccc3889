"""The ledger's head is looked at daily, and told of at once when something is really broken."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update
from tests.people.evidence import entries
from tests.store.log import Log
from tests.world import FakeWorld

from hegui import checks
from hegui.law import Status, shipped_book
from hegui.ledger import Checkpoint, LedgerError, Signer, Verifier
from hegui.ledger.kinds import LedgerChecked
from hegui.store import Store, StoreError, tables
from hegui.worker import head

DAY = 86_400_000
_checkpoint, _entry, _tile = tables.checkpoint, tables.entry, tables.tile


@pytest.fixture
def log(store: Store) -> Log:
    return Log(store)


def grow(log: Log, *counts: int) -> None:
    """Commits entries and places them with what was told meanwhile; a checkpoint for each."""
    for count in counts:
        log.record(count)
        log.sequencer.run_once()


def told(store: Store) -> list[tuple[int, int, str]]:
    return [(one.size, one.checkpoint, one.problem) for one in entries(store, LedgerChecked)]


def status(store: Store, world: FakeWorld) -> Status:
    checks.fold_all(store)
    return checks.read(store, world.now(), shipped_book()).of("records.signed", "").status


def test_it_is_told_once_a_day(store: Store, log: Log, world: FakeWorld) -> None:
    grow(log, 3, 2)
    assert head.check(store, log.verifier, world)
    assert not head.check(store, log.verifier, world)
    grow(log, 1)
    assert not head.check(store, log.verifier, world)
    world.tick(DAY)
    assert head.check(store, log.verifier, world)
    assert told(store) == [(5, 5, ""), (7, 7, "")]
    log.sequencer.run_once()
    assert status(store, world) is Status.MET


def test_an_empty_ledger_has_nothing_to_sign(store: Store, log: Log, world: FakeWorld) -> None:
    assert head.check(store, log.verifier, world)
    assert told(store) == [(0, 0, "")]


def newest(store: Store) -> int:
    with store.read() as conn:
        return conn.scalar(select(func.max(_checkpoint.c.size))) or 0


def without_newest(store: Store) -> None:
    size = newest(store)
    with store.begin() as conn:
        conn.execute(_checkpoint.delete().where(_checkpoint.c.size == size))


def without_any(store: Store) -> None:
    with store.begin() as conn:
        conn.execute(_checkpoint.delete())


def without_the_last_entry(store: Store) -> None:
    with store.begin() as conn:
        last = conn.scalar(select(func.max(_entry.c.idx)))
        conn.execute(_entry.delete().where(_entry.c.idx == last))


def signed_by_another(store: Store) -> None:
    with store.begin() as conn:
        conn.execute(update(_checkpoint).values(note="nothing\n"))


def another_root(store: Store) -> None:
    signer = Log(store).signer
    note = Checkpoint(signer.name, newest(store), bytes(32)).sign(signer)
    with store.begin() as conn:
        conn.execute(
            update(_checkpoint).where(_checkpoint.c.size == newest(store)).values(note=note)
        )


def without_tiles(store: Store) -> None:
    with store.begin() as conn:
        conn.execute(_tile.delete())


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (without_newest, "unsigned"),
        (without_any, "missing"),
        (without_the_last_entry, "entries_missing"),
        (signed_by_another, "signature"),
        (another_root, "root"),
        (without_tiles, "root"),
    ],
)
def test_what_is_really_broken_is_told_at_once(
    store: Store, log: Log, world: FakeWorld, broken: Callable[[Store], None], problem: str
) -> None:
    grow(log, 3)
    head.check(store, log.verifier, world)
    grow(log, 2)
    assert status(store, world) is Status.MET
    broken(store)
    assert head.check(store, log.verifier, world)
    assert not head.check(store, log.verifier, world)
    assert told(store)[-1][2] == problem
    # The sequencer adds nothing to a log that is not the signed one, and still it is told.
    with pytest.raises((StoreError, LedgerError)):
        log.sequencer.run_once()
    found = checks.read(store, world.now(), shipped_book()).of("records.signed", "")
    assert found.status is Status.NOT_MET
    assert found.shown[0].against


def test_a_checkpoint_that_is_gone_stays_gone(store: Store, log: Log, world: FakeWorld) -> None:
    grow(log, 3)
    head.check(store, log.verifier, world)
    grow(log, 2)
    with store.begin() as conn:
        note = conn.scalar(select(_checkpoint.c.note).where(_checkpoint.c.size == 3))
        conn.execute(_checkpoint.delete().where(_checkpoint.c.size == 3))
    assert head.check(store, log.verifier, world)
    for _ in range(2):  # what is signed since doesn't mend it
        grow(log, 2)
        world.tick(DAY)
        assert head.check(store, log.verifier, world)
    assert [problem for _, _, problem in told(store)] == ["", "missing", "missing", "missing"]
    log.sequencer.run_once()
    assert status(store, world) is Status.NOT_MET
    with store.begin() as conn:
        conn.execute(_checkpoint.insert(), {"size": 3, "at": 0, "note": note})
    assert head.check(store, log.verifier, world)
    log.sequencer.run_once()
    assert status(store, world) is Status.MET


def test_a_log_of_another_key_is_not_ours(store: Store, log: Log, world: FakeWorld) -> None:
    grow(log, 3)
    other = Verifier(Signer.from_seed("test.invalid/log", b"\x01" * 32).vkey)
    head.check(store, other, world)
    assert told(store)[-1][2] == "signature"
