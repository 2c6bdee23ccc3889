"""The outbox: everything is told once, failures come again later and later."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.outbox.rows import rows
from tests.world import FakeWorld

from hegui.outbox import Message, OutboxError, outbox
from hegui.outbox.channels import console
from hegui.outbox.outbox import CONSOLE, FIRST_WAIT_MS, LONGEST_WAIT_MS, Channel, Delivered
from hegui.store import Store, tables

CONSOLE_ITSELF = console(lambda _conn, _message: True)


class Wire:
    """A channel that fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.got: list[str] = []

    def __call__(self, _store: Store, message: Message, _at: int) -> None:
        if self.failures:
            self.failures -= 1
            raise OutboxError("wire_down", zh="不通", en="down")
        self.got.append(message.id)


def put(store: Store, world: FakeWorld, topic: str = "t") -> None:
    with store.begin() as conn:
        outbox.write(conn, world, topic=topic, subject="s" * 32, at=world.now())


def deliver(store: Store, world: FakeWorld, channel: Channel = CONSOLE_ITSELF) -> Delivered:
    return outbox.deliver(store, world, CONSOLE, channel)


def test_a_message_becomes_one_notice_however_often_it_is_run(
    store: Store, world: FakeWorld
) -> None:
    put(store, world, "clock.due")
    assert deliver(store, world) == Delivered(1, 0)
    assert deliver(store, world) == Delivered(0, 0)
    world.tick(LONGEST_WAIT_MS)
    assert deliver(store, world) == Delivered(0, 0)
    (notice,) = rows(store, tables.notice)
    (row,) = rows(store, tables.outbox)
    assert (notice.id, notice.topic, notice.subject) == (row.id, "clock.due", "s" * 32)
    assert notice.done is None
    assert (row.sent, row.tries) == (notice.at, 1)


def test_many_at_once_tell_each_once(store: Store, world: FakeWorld) -> None:
    for _ in range(15):
        put(store, world)
    wire = Wire()
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _n: deliver(store, world, wire), range(4)))
    assert sum(run.sent for run in runs) == 15
    assert len(wire.got) == len(set(wire.got)) == 15


def test_a_failure_backs_off_and_is_told_in_the_log_without_its_subject(
    store: Store, world: FakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    put(store, world)
    wire = Wire(failures=3)
    waits = []
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert deliver(store, world, wire) == Delivered(0, 1)
            (row,) = rows(store, tables.outbox)
            waits.append(row.next - world.now())
            world.at = row.next - 1
            assert deliver(store, world, wire) == Delivered(0, 0)
            world.at = row.next
    assert deliver(store, world, wire) == Delivered(1, 0)
    assert waits == [FIRST_WAIT_MS, 2 * FIRST_WAIT_MS, 4 * FIRST_WAIT_MS]
    assert "wire_down" in caplog.text
    assert "s" * 32 not in caplog.text


def test_no_wait_is_longer_than_a_day(store: Store, world: FakeWorld) -> None:
    put(store, world)
    with store.begin() as conn:
        conn.execute(tables.outbox.update().values(tries=5000))
    deliver(store, world, Wire(failures=1))
    (row,) = rows(store, tables.outbox)
    assert row.next - world.now() == LONGEST_WAIT_MS


def test_one_that_fails_holds_up_no_other(store: Store, world: FakeWorld) -> None:
    put(store, world)
    world.tick(1)
    put(store, world)
    wire = Wire(failures=1)
    assert deliver(store, world, wire) == Delivered(1, 1)
    assert len(wire.got) == 1


def test_the_code_of_the_last_failure_stands_on_the_row(store: Store, world: FakeWorld) -> None:
    put(store, world)
    deliver(store, world, Wire(failures=1))
    (row,) = rows(store, tables.outbox)
    assert (row.failed, row.sent) == ("wire_down", None)


def test_a_channel_hears_how_often_it_was_tried(store: Store, world: FakeWorld) -> None:
    tries: list[int] = []

    def deaf(_store: Store, message: Message, _at: int) -> None:
        tries.append(message.tries)
        raise OutboxError("wire_down", zh="不通", en="down")

    put(store, world)
    for _ in range(3):
        deliver(store, world, deaf)
        world.tick(LONGEST_WAIT_MS)
    assert tries == [0, 1, 2]


def test_a_bug_in_a_channel_is_not_hidden_and_holds_up_no_other(
    store: Store, world: FakeWorld
) -> None:
    def broken(_store: Store, _message: Message, _at: int) -> None:
        raise ZeroDivisionError

    put(store, world)
    world.tick(1)
    put(store, world)
    with pytest.raises(ZeroDivisionError):
        deliver(store, world, broken)
    assert deliver(store, world) == Delivered(1, 0)


def test_what_the_console_took_waits_for_the_others_once(store: Store, world: FakeWorld) -> None:
    put(store, world, "clock.due")
    others = ("mail", "webhook")
    for _ in range(2):
        outbox.deliver(store, world, CONSOLE, CONSOLE_ITSELF, others)
        world.tick(LONGEST_WAIT_MS)
    waiting = [row for row in rows(store, tables.outbox) if row.sent is None]
    assert sorted(row.channel for row in waiting) == ["mail", "webhook"]
    assert {(row.topic, row.subject) for row in waiting} == {("clock.due", "s" * 32)}
    assert len({row.id for row in rows(store, tables.outbox)}) == 3


def test_what_the_console_did_not_take_goes_nowhere_else(store: Store, world: FakeWorld) -> None:
    put(store, world)
    outbox.deliver(store, world, CONSOLE, Wire(failures=1), ("mail",))
    assert [row.channel for row in rows(store, tables.outbox)] == [CONSOLE]


def test_one_channel_leaves_alone_what_waits_for_another(store: Store, world: FakeWorld) -> None:
    put(store, world)
    outbox.deliver(store, world, CONSOLE, CONSOLE_ITSELF, ("mail", "webhook"))
    wire = Wire()
    assert outbox.deliver(store, world, "mail", wire) == Delivered(1, 0)
    assert outbox.stranded(store, [CONSOLE, "mail"]) == {"webhook": 1}
    assert outbox.stranded(store, [CONSOLE, "mail", "webhook"]) == {}


def test_a_run_cut_between_telling_and_noting_tells_it_again_to_no_effect(
    store: Store, world: FakeWorld
) -> None:
    put(store, world)
    (row,) = rows(store, tables.outbox)
    CONSOLE_ITSELF(store, Message(id=row.id, topic=row.topic, subject=row.subject), world.now())
    assert deliver(store, world) == Delivered(1, 0)
    assert len(rows(store, tables.notice)) == 1


def test_more_than_a_batch_goes_in_one_run(
    store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    for _ in range(5):
        put(store, world)
    assert deliver(store, world) == Delivered(5, 0)


def test_a_claim_counts_from_when_it_is_made_however_slow_the_others_were(
    store: Store, world: FakeWorld
) -> None:
    """Else another worker would tell again what this one is just telling."""
    ends: list[int] = []

    def slow(_store: Store, message: Message, at: int) -> None:
        (row,) = (one for one in rows(store, tables.outbox) if one.id == message.id)
        ends.append(row.next - at)
        assert at == world.now()
        world.tick(FIRST_WAIT_MS)

    put(store, world)
    put(store, world)
    assert deliver(store, world, slow) == Delivered(2, 0)
    assert ends == [FIRST_WAIT_MS, FIRST_WAIT_MS]
