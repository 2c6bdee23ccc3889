"""The record under a store that fails, and readers who leave at the wrong moment."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.world import FakeWorld

from hegui.config import TEMPLATE, Home, parse
from hegui.gateway.admission import Admission, Admitted
from hegui.gateway.generation import Generation
from hegui.gateway.record import Asked, Recorder
from hegui.people import applications, persons
from hegui.screen import Finding
from hegui.service.house import DEMO_PERSON, House, open_house
from hegui.store import GroupWriter, StoreError, tables
from hegui.vault import decode_lines, read_texts

FINDING = Finding(
    pack="p",
    pack_version="1",
    author="a",
    category="fraud",
    action="stop",
    word="w",
    start=0,
    end=1,
)


@pytest.fixture
def house(tmp_path: Path, world: FakeWorld) -> Iterator[House]:
    opened = open_house(parse(TEMPLATE, "template"), Home(tmp_path / "home"), world)
    yield opened
    opened.close()


def admission(house: House) -> Admission:
    return Admission(
        house.store, house.person_keys, house.world, lambda: 1, lambda person: f"link:{person}"
    )


async def admitted(house: House) -> Admitted:
    gate = admission(house)
    return await gate.admit(await gate.key(f"Bearer {house.demo_key}".encode()), DEMO_PERSON)


def run(
    house: House, work: Callable[[Recorder, Generation], Coroutine[Any, Any, None]]
) -> Generation:
    """Work with a recorder and a generation whose intake is on record."""

    async def go() -> Generation:
        writer = GroupWriter(house.store)
        recorder = Recorder(house.store, writer, house.settings.retention, "main", house.world)
        g = Generation(await admitted(house), house.world)
        await recorder.intake(g, Asked(b"{}", "m", streamed=True, screen="s"))
        try:
            await work(recorder, g)
        finally:
            await asyncio.to_thread(writer.close)
            await asyncio.sleep(0)
        return g

    return asyncio.run(go())


def text(house: House, g: Generation) -> str:
    segments = read_texts(house.store, house.person_keys, g.id).answer
    return "".join(line.text for line in decode_lines(b"".join(segments)))


def outcome(house: House, g: Generation) -> Any:
    t = tables.outcome
    with house.store.read() as conn:
        return conn.execute(select(t).where(t.c.generation_id == g.id)).one_or_none()


def broken(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make the next commits fail; what is returned mends it."""
    writer = recorder._writer
    unavailable = StoreError("store_write_failed", zh="满", en="full")
    submit = writer.submit

    def fail(rows: Any, *, must: bool = False, failed: Any = None) -> "asyncio.Future[None]":
        future = asyncio.get_running_loop().create_future()
        if failed is not None:
            failed()
        future.set_exception(unavailable)
        return future

    monkeypatch.setattr(writer, "submit", fail)
    return lambda: monkeypatch.setattr(writer, "submit", submit)


def test_a_seal_that_fails_stops_the_text_and_is_made_up_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(recorder: Recorder, g: Generation) -> None:
        mend = broken(recorder, monkeypatch)
        g.taken.append((0, ("delta", "content"), "one "))
        recorder.seal(g)
        assert not recorder.seal(g), "nothing more may leave"
        mend()
        recorder.retry()
        g.taken.append((0, ("delta", "content"), "two"))
        await recorder.failed(g, "record_unavailable")

    g = run(house, work)
    assert text(house, g) == "one two"


def test_a_seal_on_its_way_for_over_a_second_stops_the_text(
    house: House, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(recorder: Recorder, g: Generation) -> None:
        never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        with monkeypatch.context() as patch:
            patch.setattr(recorder._writer, "submit", lambda *_a, **_k: never)
            g.taken.append((0, ("delta", "content"), "one "))
            assert recorder.seal(g)
        world.tick(1_500)
        assert not recorder.seal(g)
        never.cancel()

    run(house, work)


def test_an_outcome_that_fails_is_written_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(recorder: Recorder, g: Generation) -> None:
        mend = broken(recorder, monkeypatch)
        with pytest.raises(StoreError):
            await recorder.delivered(g, "stop", "label")
        assert outcome(house, g) is None
        mend()
        recorder.retry()

    g = run(house, work)
    assert outcome(house, g).kind == "delivered"


def test_a_stop_is_carried_through_when_the_reader_leaves(house: House) -> None:
    async def work(recorder: Recorder, g: Generation) -> None:
        g.taken.append((0, ("delta", "content"), "before"))
        task = asyncio.create_task(recorder.stopped(g, "d" * 32, ("output", "x", FINDING)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.gather(*recorder._running)

    g = run(house, work)
    assert outcome(house, g).kind == "stopped"
    assert text(house, g) == "before"
    with house.store.read() as conn:
        kept = set(conn.scalars(select(tables.sealed.c.expires)))
    assert len(kept) == 1, "prompt and answer are kept alike"


def test_one_person_has_one_name_in_memory(house: House, world: FakeWorld) -> None:
    async def work() -> None:
        gate = admission(house)
        key = await gate.key(f"Bearer {house.demo_key}".encode())
        first = await gate.admit(key, DEMO_PERSON)
        second = await gate.admit(key, f"\u3000{DEMO_PERSON} ")
        assert first.person.id == second.person.id
        assert len(gate._persons) == 1

    asyncio.run(work())


def test_what_was_looked_up_before_a_change_is_not_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        gate = admission(house)
        key = await gate.key(f"Bearer {house.demo_key}".encode())
        find = persons.find_or_register

        def slow(*args: Any) -> Any:
            found = find(*args)
            gate._round += 1  # a change is taken in while the look-up runs
            return found

        monkeypatch.setattr("hegui.gateway.admission.find_or_register", slow)
        await gate.admit(key, DEMO_PERSON)
        assert not gate._persons

    asyncio.run(work())


def test_a_change_of_an_application_is_taken_in(house: House) -> None:
    async def work() -> None:
        gate = admission(house)
        assert (await gate.key(f"Bearer {house.demo_key}".encode()))[1].label_at == "start"
        applications.register(
            house.store, house.world, "demo", operator="o", public="p", label_at="end"
        )
        assert "application" in await gate.refresh()
        assert (await gate.key(f"Bearer {house.demo_key}".encode()))[1].label_at == "end"
        assert await gate.refresh() == set(), "once"

    asyncio.run(work())
