import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select, text
from tests.conftest import Databases
from tests.store.log import Log, entry
from tests.world import FakeWorld

from hegui.ledger.entry import decode
from hegui.store import GroupWriter, Insert, Store, StoreError, Written, columns, engine, tables
from hegui.store.writer import MOST_WAITING

Rows = list[tuple[Insert, tuple[Any, ...]]]


class Bench:
    """A writer and the rows of one small act."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.writer = GroupWriter(store)
        self.person = self.writer.insert(tables.generation_person, "generation_id", "person_id")
        sealed = ("generation_id", "part", "seq", "data", "expires")
        self.sealed = self.writer.insert(tables.sealed, *sealed)
        self.entry = self.writer.insert(tables.entry, "kind", "act", "at", "body")

    def act(self, name: str, person: str = "p", data: bytes = b"\x00\xff") -> Rows:
        return [
            (self.person, (name, person)),
            (self.sealed, (name, "prompt", 0, data, 1)),
            (self.entry, tuple(columns(entry(self.store.world, name)).values())),
        ]

    def submit(self, name: str, person: str = "p") -> Written:
        return self.writer.submit(self.act(name, person))

    def written(self) -> list[str]:
        """The acts of which everything is written, in the order of their evidence."""
        with self.store.read() as conn:
            order = select(tables.entry.c.body).order_by(tables.entry.c.id)
            named = [decode(body) for body in conn.execute(order).scalars()]
            names = [said.application for said in named if hasattr(said, "application")]
            for table in (tables.generation_person, tables.sealed):
                found = conn.execute(select(table.c.generation_id)).scalars().all()
                assert sorted(found) == sorted(names)
        return names


@asynccontextmanager
async def working(store: Store) -> AsyncIterator[Bench]:
    bench = Bench(store)
    try:
        yield bench
    finally:
        await asyncio.to_thread(bench.writer.close)


Doing = Callable[[Bench], Coroutine[Any, Any, None]]


def work(store: Store, doing: Doing) -> Bench:
    """Runs ``doing`` with a writer, then closes it."""

    async def main() -> Bench:
        async with working(store) as bench:
            await doing(bench)
        return bench

    return asyncio.run(main())


async def outcomes(futures: list[Written]) -> list[str | None]:
    """For each future None, or the code it failed with."""
    results = await asyncio.gather(*futures, return_exceptions=True)
    assert all(result is None or isinstance(result, StoreError) for result in results)
    return [result.code if isinstance(result, StoreError) else None for result in results]


def test_a_job_is_written_when_awaiting_it_ends(store: Store) -> None:
    async def doing(bench: Bench) -> None:
        await bench.submit("a")
        assert bench.written() == ["a"]
        await bench.submit("b")
        assert bench.written() == ["a", "b"]

    work(store, doing)


def test_jobs_keep_their_order_in_batches_of_any_size(store: Store) -> None:
    names = [f"n{number}" for number in range(331)]

    async def doing(bench: Bench) -> None:
        await asyncio.gather(*[bench.submit(name) for name in names])

    assert work(store, doing).written() == names


def test_values_come_back_as_they_were(store: Store) -> None:
    data = bytes(range(256)) * 300
    row = {
        "id": "g",
        "application_id": "a",
        "key_id": "k",
        "route": "chat.completions",
        "model": "模型 'x' \\ \U0001f600",
        "streamed": True,
        "instance": "",
        "started": 2**62,
    }
    outcome = {
        "generation_id": "g",
        "kind": "failed",
        "code": "",
        "upstream": "",
        "ended": -1,
        "first_ms": None,
        "prompt_bytes": 0,
        "answer_chars": 2**31 - 1,
    }

    async def doing(bench: Bench) -> None:
        generation = bench.writer.insert(tables.generation, *row)
        ended = bench.writer.insert(tables.outcome, *outcome)
        rows = [(generation, tuple(row.values())), (ended, tuple(outcome.values()))]
        await bench.writer.submit([*rows, *bench.act("g", data=data)])

    work(store, doing)
    with store.read() as conn:
        assert conn.execute(select(tables.generation)).one()._asdict() == row
        assert conn.execute(select(tables.outcome)).one()._asdict() == outcome
        assert conn.execute(select(tables.sealed.c.data)).scalar_one() == data


def test_a_bad_job_fails_alone(store: Store) -> None:
    async def doing(bench: Bench) -> None:
        await bench.submit("twice")
        names = ["a", "twice", "b", "c", "c", "d"]
        results = await outcomes([bench.submit(name) for name in names])
        bad = "store_write_failed"
        assert results == [None, bad, None, None, bad, None]
        await bench.submit("e")

    assert work(store, doing).written() == ["twice", "a", "b", "c", "d", "e"]


def test_of_a_job_refused_at_its_last_row_nothing_is_written(store: Store) -> None:
    async def doing(bench: Bench) -> None:
        await bench.submit("twice")
        rows = [(bench.person, (name, "p")) for name in ("new", "twice")]
        futures = [bench.submit("a"), bench.writer.submit(rows), bench.submit("b")]
        assert await outcomes(futures) == [None, "store_write_failed", None]

    assert work(store, doing).written() == ["twice", "a", "b"]


@pytest.mark.parametrize("person", ["\ud800", 1.5j, object()])
def test_a_value_that_no_column_takes_fails_its_job_alone(store: Store, person: Any) -> None:
    async def doing(bench: Bench) -> None:
        futures = [bench.submit("a"), bench.submit("bad", person), bench.submit("b")]
        assert await outcomes(futures) == [None, "store_write_failed", None]

    assert work(store, doing).written() == ["a", "b"]


def test_text_is_never_cut_at_a_nul(store: Store) -> None:
    """PostgreSQL has no such text and refuses it; SQLite keeps it whole."""

    async def doing(bench: Bench) -> None:
        results = await outcomes([bench.submit("bad", "p\x00q"), bench.submit("good")])
        assert results == [None if store.sqlite else "store_write_failed", None]

    work(store, doing)
    with store.read() as conn:
        people = set(conn.execute(select(tables.generation_person.c.person_id)).scalars())
    assert people == ({"p\x00q", "p"} if store.sqlite else {"p"})


def test_awaiting_tells_the_cause(store: Store) -> None:
    async def doing(bench: Bench) -> None:
        await bench.submit("a")
        with pytest.raises(StoreError) as caught:
            await bench.submit("a")
        assert "unique" in repr(caught.value.__cause__).lower()

    work(store, doing)


def test_a_reader_who_leaves_does_not_undo_a_record(store: Store) -> None:
    async def doing(bench: Bench) -> None:
        left, stays = bench.submit("left"), bench.submit("stays")
        waiting = asyncio.ensure_future(left)
        await asyncio.sleep(0)
        waiting.cancel()
        await stays
        assert waiting.cancelled()
        assert left.done()
        await left  # it can be asked again

    assert work(store, doing).written() == ["left", "stays"]


def test_too_many_waiting_rows_are_refused_and_later_taken(store: Store) -> None:
    async def doing(bench: Bench) -> None:
        row = (bench.entry, tuple(columns(entry(store.world)).values()))
        full = bench.writer.submit([row] * MOST_WAITING)
        with pytest.raises(StoreError) as caught:
            bench.submit("refused")
        assert caught.value.code == "store_busy"
        await full
        await bench.submit("taken")

    work(store, doing)
    with store.read() as conn:
        count = conn.execute(select(func.count()).select_from(tables.entry)).scalar()
        assert count == MOST_WAITING + 1


def test_close_writes_what_waits_and_takes_no_more(store: Store) -> None:
    async def doing(bench: Bench) -> None:
        futures = [bench.submit(f"n{number}") for number in range(50)]
        bench.writer.close()
        assert len(bench.written()) == 50
        with pytest.raises(StoreError) as caught:
            bench.submit("late")
        assert caught.value.code == "store_closed"
        assert await outcomes(futures) == [None] * 50

    work(store, doing)


def test_what_waits_is_written_even_when_the_loop_has_ended(store: Store) -> None:
    bench = Bench(store)

    async def leave() -> None:
        for number in range(50):
            bench.submit(f"n{number}")

    asyncio.run(leave())
    bench.writer.close()
    assert len(bench.written()) == 50


def test_during_an_outage_jobs_fail_and_afterwards_they_do_not(
    databases: Databases, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    store = Store.open(databases.fresh("sqlite"), world=world)

    async def doing(bench: Bench) -> None:
        await bench.submit("before")
        with store.begin():
            futures = [bench.submit("during"), bench.submit("too")]
            assert await outcomes(futures) == ["store_write_failed"] * 2
        await bench.submit("after")

    assert work(store, doing).written() == ["before", "after"]
    store.close()


def test_a_lost_connection_fails_its_batch_and_is_opened_again(
    databases: Databases, world: FakeWorld
) -> None:
    store = Store.open(databases.fresh("postgresql"), world=world)
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async def doing(bench: Bench) -> None:
        await bench.submit("before")
        with store.begin() as conn:
            conn.execute(others)
        futures = [bench.submit("during"), bench.submit("too")]
        assert await outcomes(futures) == ["store_write_failed"] * 2
        await bench.submit("after")

    assert work(store, doing).written() == ["before", "after"]
    store.close()


def test_commands_may_write_beside_the_writer(store: Store) -> None:
    log = Log(store)
    stop = threading.Event()

    def command() -> None:
        while not stop.is_set():
            log.record(3)

    async def doing(bench: Bench) -> None:
        thread = threading.Thread(target=command)
        thread.start()
        for number in range(30):
            await asyncio.gather(*[bench.submit(f"{number}.{part}") for part in range(5)])
        stop.set()
        thread.join()

    work(store, doing)
    count, _ = log.reader.pending()
    assert log.sequencer.run_once() == count > 150
    assert log.problems() == []
