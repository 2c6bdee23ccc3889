"""The outbox: everything is told once, failures come again later and later."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.cases.bench import Bench
from tests.world import FakeWorld

from hegui.cases import CasesError, outbox, withdraw
from hegui.cases.outbox import FIRST_WAIT_MS, LONGEST_WAIT_MS, Delivered, Message, deliver, write
from hegui.store import Store, tables


class Wire:
    """A channel that fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.got: list[str] = []

    def __call__(self, _store: Store, message: Message, _at: int) -> None:
        if self.failures:
            self.failures -= 1
            raise CasesError("wire_down", zh="不通", en="down")
        self.got.append(message.id)


def put(store: Store, world: FakeWorld, topic: str = "t", channel: str = "console") -> None:
    with store.begin() as conn:
        write(conn, world, topic=topic, subject="s" * 32, at=world.now(), channel=channel)


def test_a_message_becomes_one_notice_however_often_it_is_run(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    put(store, world, "clock.due")
    assert deliver(store, world) == Delivered(1, 0)
    assert deliver(store, world) == Delivered(0, 0)
    world.tick(LONGEST_WAIT_MS)
    assert deliver(store, world) == Delivered(0, 0)
    (notice,) = bench.rows(tables.notice)
    (row,) = bench.rows(tables.outbox)
    assert (notice.id, notice.topic, notice.subject) == (row.id, "clock.due", "s" * 32)
    assert notice.done is None
    assert (row.sent, row.tries) == (notice.at, 1)


def test_many_at_once_tell_each_once(bench: Bench, store: Store, world: FakeWorld) -> None:
    for _ in range(15):
        put(store, world, channel="wire")
    wire = Wire()
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _n: deliver(store, world, {"wire": wire}), range(4)))
    assert sum(run.sent for run in runs) == 15
    assert len(wire.got) == len(set(wire.got)) == 15


def test_a_failure_backs_off_and_is_told_in_the_log_without_its_subject(
    bench: Bench, store: Store, world: FakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    put(store, world, channel="wire")
    wire = Wire(failures=3)
    waits = []
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert deliver(store, world, {"wire": wire}) == Delivered(0, 1)
            (row,) = bench.rows(tables.outbox)
            waits.append(row.next - world.now())
            world.at = row.next - 1
            assert deliver(store, world, {"wire": wire}) == Delivered(0, 0)
            world.at = row.next
    assert deliver(store, world, {"wire": wire}) == Delivered(1, 0)
    assert waits == [FIRST_WAIT_MS, 2 * FIRST_WAIT_MS, 4 * FIRST_WAIT_MS]
    assert "wire_down" in caplog.text
    assert "s" * 32 not in caplog.text


def test_no_wait_is_longer_than_a_day(bench: Bench, store: Store, world: FakeWorld) -> None:
    put(store, world, channel="wire")
    with store.begin() as conn:
        conn.execute(tables.outbox.update().values(tries=5000))
    deliver(store, world, {"wire": Wire(failures=1)})
    (row,) = bench.rows(tables.outbox)
    assert row.next - world.now() == LONGEST_WAIT_MS


def test_one_that_fails_holds_up_no_other(bench: Bench, store: Store, world: FakeWorld) -> None:
    put(store, world, channel="nowhere")
    put(store, world)
    assert deliver(store, world) == Delivered(1, 1)
    assert len(bench.rows(tables.notice)) == 1


def test_a_bug_in_a_channel_is_not_hidden_and_holds_up_no_other(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    def broken(_store: Store, _message: Message, _at: int) -> None:
        raise ZeroDivisionError

    put(store, world, channel="broken")
    world.tick(1)
    put(store, world)
    channels = {**outbox.CHANNELS, "broken": broken}
    with pytest.raises(ZeroDivisionError):
        deliver(store, world, channels)
    assert deliver(store, world, channels) == Delivered(1, 0)


def test_a_run_cut_between_telling_and_noting_tells_it_again_to_no_effect(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    put(store, world)
    (row,) = bench.rows(tables.outbox)
    outbox.console(store, Message(id=row.id, topic=row.topic, subject=row.subject), world.now())
    assert deliver(store, world) == Delivered(1, 0)
    assert len(bench.rows(tables.notice)) == 1


def test_more_than_a_batch_goes_in_one_run(
    bench: Bench, store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    for _ in range(5):
        put(store, world)
    assert deliver(store, world) == Delivered(5, 0)


def test_news_of_a_case_that_is_closed_meanwhile_needs_nobody(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    filed = bench.file()
    withdraw(store, world, filed.number, filed.secret)
    deliver(store, world)
    (notice,) = bench.rows(tables.notice)
    assert (notice.topic, notice.done) == ("case.filed", world.now())
