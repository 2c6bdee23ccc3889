"""Each check reads each entry once, in order, however the ledger is cut and whoever folds."""

import threading
from collections.abc import Iterable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from tests.checks.cases import CASES
from tests.checks.entries import DAY, DIGEST, HOUR, NOW, made, take
from tests.ledger.examples import EXAMPLES
from tests.store.log import Log

from hegui import checks
from hegui.checks import CHECKS, engine
from hegui.checks.check import Live, _checks
from hegui.checks.run import Run
from hegui.law import Status, shipped_book
from hegui.ledger import LedgerError, kinds
from hegui.store import Store, record, tables

LIVE = [check for check in CHECKS.values() if not check.attested]
#: A little of everything.
EVERYTHING = [entry for case in CASES.values() for entry in (*case.meets, *case.breaks)]
_STATE = tables.check_state


def place(log: Log, entries: Iterable[kinds.Entry]) -> None:
    with log.store.begin() as conn:
        for entry in entries:
            record(conn, entry)
    log.sequencer.run_once()


def memories(store: Store) -> dict[str, tuple[int, bytes]]:
    """How far each check has read, and what it remembers."""
    with store.read() as conn:
        rows = conn.execute(select(_STATE)).all()
    return {row.name: (row.next, row.state) for row in rows}


def forget(store: Store) -> None:
    with store.begin() as conn:
        conn.execute(_STATE.delete())


def test_what_is_pending_waits_and_then_is_read_once(store: Store, log: Log) -> None:
    with store.begin() as conn:
        record(conn, made(kinds.GenerationStopped))
    assert checks.fold(store) == 0
    log.sequencer.run_once()
    assert checks.fold(store) == 1
    assert checks.fold(store) == 0
    results = checks.read(store, NOW, shipped_book())
    assert results.of("stops.reasoned", "").counted == 1
    assert results.through == 1


def test_however_it_is_cut_the_memory_is_the_same(store: Store, log: Log) -> None:
    place(log, EVERYTHING)
    checks.fold_all(store)
    whole = memories(store)
    assert set(whole) == {check.id for check in LIVE}
    assert {through for through, _ in whole.values()} == {len(EVERYTHING)}
    for most in (9, 50):
        forget(store)
        checks.fold_all(store, most)
        assert memories(store) == whole


#: What most entries are, as they are, and as they seldom are.
GENERATIONS = [
    made(kinds.GenerationAdmitted),
    made(kinds.GenerationDelivered),
    made(kinds.GenerationFailed),
    made(kinds.GenerationStopped),
]
ODD = [
    made(kinds.GenerationAdmitted, route="images.generations", label_at="file"),
    made(kinds.GenerationAdmitted, label_at=""),
    made(kinds.GenerationAdmitted, screen=""),
    made(kinds.GenerationAdmitted, screen="cd" * 32),
    made(kinds.GenerationAdmitted, agreement=2),
    made(kinds.GenerationAdmitted, prompt=""),
    made(kinds.GenerationDelivered, label=""),
    made(kinds.GenerationDelivered, answer=DIGEST[1:]),
]
ENTRIES = st.lists(
    st.builds(
        lambda entry, act, hours: msgspec.structs.replace(
            entry, act=f"{act:032x}", at=NOW - hours * HOUR
        ),
        st.sampled_from(GENERATIONS[:2])
        | st.sampled_from(GENERATIONS)
        | st.sampled_from(ODD)
        | st.sampled_from(EXAMPLES),
        st.integers(0, 3) | st.integers(0, 999),
        st.integers(0, 3) | st.integers(0, 80 * 24),
    ),
    max_size=60,
)
CUTS = st.lists(st.integers(1, 20) | st.just(1_000), max_size=20)


@settings(deadline=None, max_examples=200)
@given(ENTRIES, CUTS)
def test_memory_is_the_same_however_the_ledger_is_cut(
    entries: Sequence[kinds.Entry], cuts: Sequence[int]
) -> None:
    for check in LIVE:
        assert check.live is not None
        once, often = check.live(), check.live()
        for index, entry in enumerate(entries):
            if check.live.fold is not Live.fold:  # past any shorter way of a whole run
                if type(entry) in check.kinds:
                    once.fold(entry, index)
            else:
                take(check, once, [entry], index)
        place = 0
        for size in (*cuts, len(entries)):
            take(check, often, entries[place : place + size], place)
            place += size
            often = kept(often)
        assert msgspec.msgpack.encode(often) == msgspec.msgpack.encode(once), check.id


def kept(live: Live) -> Live:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(live), type=type(live))


def test_memory_stays_small_however_much_happens() -> None:
    entries = [
        msgspec.structs.replace(example, act=f"{n:032x}", at=NOW - n * 3_600_000)
        for example in EXAMPLES
        for n in range(5_000 if isinstance(example, kinds.GenerationAdmitted) else 600)
    ]
    for check in LIVE:
        assert check.live is not None
        live = check.live()
        take(check, live, entries)
        assert len(msgspec.msgpack.encode(live)) < 600_000, check.id


def test_a_new_version_catches_up_while_the_others_go_on(
    store: Store, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(log, EVERYTHING)
    checks.fold_all(store)
    before = memories(store)
    again = msgspec.structs.replace(CHECKS["stops.reasoned"], version=2)
    monkeypatch.setitem(_checks, again.id, again)
    stopped = made(kinds.GenerationStopped, 1, "e" * 32)
    place(log, [stopped])
    size = len(EVERYTHING) + 1
    assert checks.fold(store, 10) == 1 + 10  # those ahead, and the one behind
    results = checks.read(store, NOW, shipped_book())
    assert results.through == size
    assert results.of("stops.final", "").counted == before_stops() + 1
    late = results.of("stops.reasoned", "")
    assert late.status is Status.STALE
    assert f"10 / {size}" in late.figure.zh
    checks.fold_all(store, 10)
    assert {through for through, _ in memories(store).values()} == {size}
    caught_up = checks.read(store, NOW, shipped_book()).of("stops.reasoned", "")
    assert caught_up.counted == before_stops() + 1
    assert memories(store)["stops.reasoned"] != before["stops.reasoned"]


def before_stops() -> int:
    return sum(isinstance(entry, kinds.GenerationStopped) for entry in EVERYTHING)


def test_kinds_of_later_versions_stop_nothing(store: Store, log: Log) -> None:
    row = {"kind": "moon.landed", "act": "a" * 32, "at": NOW, "body": b'{"kind":"moon.landed"}'}
    with store.begin() as conn:
        conn.execute(tables.entry.insert(), [row])
    place(log, [made(kinds.GenerationStopped)])
    assert checks.fold(store) == 2
    assert checks.read(store, NOW, shipped_book()).of("stops.reasoned", "").counted == 1


def test_a_damaged_entry_stops_the_fold_before_it_and_nothing_is_lost(
    store: Store, log: Log
) -> None:
    place(log, [made(kinds.GenerationStopped, n) for n in (1, 2, 3)])
    damaged = tables.entry.c.idx == 1
    with store.begin() as conn:
        body = conn.scalar(select(tables.entry.c.body).where(damaged))
        conn.execute(update(tables.entry).where(damaged).values(body=b"{"))
    with pytest.raises(LedgerError, match="entry_malformed"):
        checks.fold(store)
    assert memories(store) == {}
    with store.begin() as conn:
        conn.execute(update(tables.entry).where(damaged).values(body=body))
    assert checks.fold(store) == 3
    assert checks.read(store, NOW, shipped_book()).of("stops.reasoned", "").counted == 3


def test_a_restored_backup_is_read_anew(store: Store, log: Log) -> None:
    place(log, [made(kinds.GenerationStopped, n) for n in (1, 2, 3)])
    checks.fold_all(store)
    with store.begin() as conn:
        conn.execute(tables.entry.delete().where(tables.entry.c.idx > 0))
    assert checks.fold(store) == 1
    assert checks.read(store, NOW, shipped_book()).of("stops.reasoned", "").counted == 1


def test_a_memory_that_cannot_be_read_is_made_anew(store: Store, log: Log) -> None:
    place(log, [made(kinds.GenerationStopped, 2)])
    checks.fold_all(store)
    with store.begin() as conn:
        conn.execute(update(_STATE).values(state=b"\xc1"))
    place(log, [made(kinds.GenerationStopped, 1)])
    checks.fold_all(store)
    assert checks.read(store, NOW, shipped_book()).of("stops.reasoned", "").counted == 2


def test_threads_that_fold_at_once_read_each_entry_once(store: Store, log: Log) -> None:
    entries = [made(kinds.GenerationStopped, n * DAY // 100, f"{n:032x}") for n in range(60)]
    place(log, entries)
    failed: list[Exception] = []

    def run() -> None:
        try:
            checks.fold_all(store, 7)
        except Exception as error:  # noqa: BLE001  told in the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert checks.read(store, NOW, shipped_book()).of("stops.reasoned", "").counted == 60
    checks.fold_all(store)
    assert {through for through, _ in memories(store).values()} == {60}


def test_one_reading_serves_every_check(store: Store, log: Log) -> None:
    place(log, EVERYTHING)
    calls: list[int] = []
    read = engine._read

    def counted(rows: Sequence[tuple[int, bytes]]) -> Run:
        calls.extend(index for index, _ in rows)
        return read(rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_read", counted)
        checks.fold_all(store)
    met = {kind for check in LIVE for kind in check.kinds}
    assert calls == [n for n, entry in enumerate(EVERYTHING) if type(entry) in met]
