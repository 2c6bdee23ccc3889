"""The tally counts each entry exactly once, whoever folds, and on the day it happened."""

import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from tests.conftest import BACKENDS, Databases
from tests.ledger.examples import EXAMPLES
from tests.store.acts import Acts
from tests.store.log import Log
from tests.world import FakeWorld

from hegui.ledger import LedgerError
from hegui.ledger.entry import encode
from hegui.store import Store, tables, tally

#: 2026-01-05T04:00:00Z, where the world starts, is noon in Beijing.
DAY = 20260105
FOLD = """
import sys
from hegui.store import Store, tally
from hegui.world import RealWorld

store = Store.open(sys.argv[1], world=RealWorld())
print("open", flush=True)
sys.stdin.readline()
print(sum(iter(lambda: tally.fold(store), 0)))
store.close()
"""


def counts(store: Store) -> dict[tuple[str, str], int]:
    """All counts, the days together."""
    with store.read() as conn:
        totals = tally.totals(conn)
    return {(measure, key): n for measure, keys in totals.items() for key, n in keys.items()}


def test_every_kind_is_counted(store: Store, log: Log) -> None:
    acts = Acts(store)
    acts.delivered(first_ms=1_234)
    acts.delivered(first_ms=None)
    decision = acts.stopped("input", "fraud", "ours")
    acts.stopped("output", "own words", "theirs")
    acts.failed()
    acts.abandoned()
    acts.interrupted()
    acts.decided(acts.filed(decision), "upheld", category="fraud")
    acts.decided(acts.filed(decision), "rejected", category="hatred", in_time=False)
    acts.text_opened("incident")
    acts.marked("image")
    acts.marked("video", read="conforming")
    acts.held("unlabelled")
    acts.unlabelled("audio")
    log.record(3)  # of a kind that is not counted
    log.sequencer.run_once()
    assert tally.fold(store) == log.reader.size()
    assert counts(store) == {
        ("generation", "admitted"): 7,
        ("generation", "delivered"): 2,
        ("generation", "stopped"): 2,
        ("generation", "failed"): 1,
        ("generation", "abandoned"): 1,
        ("generation", "interrupted"): 1,
        ("first_ms", "1200"): 1,
        ("stop.input", "fraud"): 1,
        ("stop.output", "own words"): 1,
        ("stop.pack", "ours"): 1,
        ("stop.pack", "theirs"): 1,
        ("case.filed", "appeal"): 2,
        ("case.in_time", "appeal"): 1,
        ("case.late", "appeal"): 1,
        ("decided.appeal.upheld", "fraud"): 1,
        ("decided.appeal.rejected", "hatred"): 1,
        ("text.opened", "incident"): 1,
        ("output.marked", "image"): 1,
        ("output.marked", "video"): 1,
        ("output.read", "conforming"): 1,
        ("output.read", "unlabelled"): 1,
        ("output.unlabelled", "audio"): 1,
    }
    with store.read() as conn:
        assert tally.through(conn) == log.reader.size()


ROWS = st.lists(
    st.builds(
        lambda entry, hours, ms: (
            0,
            encode(msgspec.structs.replace(entry, at=entry.at + hours * 3_600_000)),
            ms,
        ),
        st.sampled_from(EXAMPLES),
        st.integers(0, 30),
        st.none() | st.integers(0, 3_000),
    ),
    min_size=1,
    max_size=30,
)


@given(ROWS)
def test_a_run_counts_what_its_entries_count_one_by_one(
    rows: list[tuple[int, bytes, int | None]],
) -> None:
    assert tally._count(rows) == sum((tally._count([row]) for row in rows), Counter())


def test_what_is_pending_waits_and_then_counts_once(store: Store, log: Log) -> None:
    acts = Acts(store)
    acts.delivered()
    assert tally.fold(store) == 0
    assert counts(store) == {}
    log.sequencer.run_once()
    assert tally.fold(store) == 2
    assert tally.fold(store) == 0
    acts.delivered()
    log.sequencer.run_once()
    assert tally.fold(store) == 2
    assert counts(store)["generation", "delivered"] == 2


def test_a_long_ledger_is_read_in_runs(
    store: Store, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "MOST_AT_ONCE", 4)
    acts = Acts(store)
    for _ in range(5):
        acts.delivered()
    log.sequencer.run_once()
    assert [tally.fold(store) for _ in range(4)] == [4, 4, 2, 0]
    assert counts(store)["generation", "delivered"] == 5


def test_a_fold_that_fails_counts_nothing(store: Store, log: Log) -> None:
    acts = Acts(store)
    acts.delivered()
    acts.delivered()
    log.sequencer.run_once()
    damaged = tables.entry.c.idx == 3
    with store.begin() as conn:
        body = conn.execute(tables.entry.select().where(damaged)).one().body
        conn.execute(update(tables.entry).where(damaged).values(body=b"{}"))
    with pytest.raises(LedgerError, match="entry_malformed"):
        tally.fold(store)
    assert counts(store) == {}
    with store.begin() as conn:
        conn.execute(update(tables.entry).where(damaged).values(body=body))
    assert tally.fold(store) == 4
    assert counts(store)["generation", "delivered"] == 2


def test_threads_that_fold_at_once_count_once(
    store: Store, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "MOST_AT_ONCE", 3)
    acts = Acts(store)
    for _ in range(20):
        acts.stopped()
    log.sequencer.run_once()
    read: list[int] = []

    def run() -> None:
        read.extend(iter(lambda: tally.fold(store), 0))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.fold_all(store)
    assert counts(store)["stop.input", "fraud"] == 20
    assert sum(read) <= 40


@pytest.mark.parametrize("backend", BACKENDS)
def test_processes_that_fold_at_once_count_once(
    databases: Databases, backend: str, world: FakeWorld
) -> None:
    url = databases.fresh(backend)
    store = Store.open(url, world=world)
    log, acts = Log(store), Acts(store)
    for _ in range(30):
        acts.stopped()
    log.sequencer.run_once()
    folding = [
        subprocess.Popen(
            [sys.executable, "-c", FOLD, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in folding:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
    for process in folding:
        assert process.stdin is not None
        process.stdin.write("now\n")
        process.stdin.flush()
    read = [int(process.communicate()[0]) for process in folding]
    assert sum(read) == 60
    assert counts(store)["stop.input", "fraud"] == 30
    store.close()


def test_a_day_ends_at_midnight_in_beijing(store: Store, log: Log, world: FakeWorld) -> None:
    acts = Acts(store)
    world.at = int(datetime(2026, 1, 5, 15, 59, 59, 999_000, UTC).timestamp() * 1000)
    acts.failed()
    world.tick(1)
    acts.failed()
    acts.failed()
    log.sequencer.run_once()
    tally.fold(store)
    with store.read() as conn:
        found = tally.by_day(conn, DAY, ("generation",))
        later = tally.by_day(conn, DAY + 1)
    assert [(one.day, one.key, one.n) for one in found] == [
        (DAY, "admitted", 1),
        (DAY, "failed", 1),
        (DAY + 1, "admitted", 2),
        (DAY + 1, "failed", 2),
    ]
    assert [one.n for one in later] == [2, 2]


def test_the_longest_names_fit(store: Store, log: Log) -> None:
    """A provider's own category may be any text of 64 characters, in any script."""
    acts = Acts(store)
    longest = "风" * 64
    decision = acts.stopped("output", longest, "p" * 64)
    acts.decided(acts.filed(decision), "o" * 16, category=longest)
    log.sequencer.run_once()
    tally.fold(store)
    assert counts(store)["stop.output", longest] == 1
    assert counts(store)["decided.appeal." + "o" * 16, longest] == 1


@given(st.integers(-2_000_000_000_000, 250_000_000_000_000))
def test_a_day_is_the_calendar_s(ms: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
    local = moment.astimezone(timezone(timedelta(hours=8)))
    assert tally.day_of(ms) == int(local.strftime("%Y%m%d").lstrip("0"))


@given(st.integers(0, 10**9))
def test_two_figures_are_kept(ms: int) -> None:
    short = tally.two_figures(ms)
    digits = str(ms)
    assert str(short) == digits[:2] + "0" * (len(digits) - 2)
    assert short <= ms < short * 1.1 + 1
