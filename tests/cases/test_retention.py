"""Words of a case stay while it is open and so many days after; then nothing opens them."""

from pathlib import Path

import pytest
from tests.cases.bench import DAY, Bench, statement
from tests.world import FakeWorld

from hegui.cases import Texts, by_number, decide, open_text, retention, withdraw
from hegui.ledger.kinds import VaultExpired
from hegui.store import Store, tables
from hegui.vault import PersonKeys, expire


def test_an_open_case_keeps_its_words_for_ever(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    filed, taken = bench.file("eins"), bench.assigned(bench.staff())
    now = world.tick(1000 * DAY)
    assert retention.expire(store, keys, now, 180, world) == 0
    assert open_text(store, keys, filed.case_id) == Texts(statement="eins")
    assert open_text(store, keys, taken.case_id) != Texts()
    assert bench.entries(VaultExpired) == []


def test_closed_ones_go_when_their_days_are_over(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    decided = bench.assigned(staff, person=bench.person())
    decide(store, keys, world, decided.case_id, staff, statement())
    closed = world.now()
    world.tick(DAY)
    withdrawn = bench.file()
    withdraw(store, world, withdrawn.number, withdrawn.secret)
    world.at = closed + 180 * DAY
    assert retention.expire(store, keys, world.now() - 1, 180, world) == 0
    assert retention.expire(store, keys, world.now(), 180, world) == 3
    assert keys.get(decided.case_id) is None
    assert keys.get(withdrawn.case_id) is not None
    assert open_text(store, keys, decided.case_id) == Texts()
    assert bench.rows(tables.case_person) == []
    (entry,) = bench.entries(VaultExpired)
    assert (entry.through, entry.texts, entry.at) == (closed, 3, world.now())
    case = by_number(store, keys, decided.number, decided.secret)
    assert (case.outcome, case.texts) == ("rejected", Texts())
    world.tick(DAY)
    assert retention.expire(store, keys, world.now(), 180, world) == 1
    assert bench.rows(tables.case_text) == []
    assert retention.expire(store, keys, world.now(), 180, world) == 0


def test_many_go_in_batches_each_with_its_entry(
    bench: Bench,
    store: Store,
    keys: PersonKeys,
    world: FakeWorld,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        filed = bench.file()
        withdraw(store, world, filed.number, filed.secret)
    assert retention.expire(store, keys, world.now(), 0, world) == 5
    assert sorted(entry.texts for entry in bench.entries(VaultExpired)) == [1, 2, 2]


def test_a_run_cut_after_the_keys_is_finished_by_the_next(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    filed = bench.file()
    withdraw(store, world, filed.number, filed.secret)
    keys.destroy(filed.case_id)
    assert retention.expire(store, keys, world.now(), 0, world) == 1
    assert bench.rows(tables.case_text) == []


def test_no_file_holds_the_words(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    filed = bench.file("rare-fern-statement")
    withdraw(store, world, filed.number, filed.secret)
    database = Path(store.engine.url.database or "")
    held = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert b"rare-fern-statement" not in held, "sealed from the start"
    assert not store.sqlite or filed.number.encode() in held


def test_the_text_of_a_stop_stays_while_its_case_is_open(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    decision = bench.stop()
    (stop,) = bench.rows(tables.decision)
    bench.insert(
        tables.sealed,
        generation_id=stop.generation_id,
        part="prompt",
        seq=0,
        data=b"sealed",
        expires=world.now(),
    )
    filed = bench.file(subject=decision)
    assert expire(store, world.now(), world) == 0
    withdraw(store, world, filed.number, filed.secret)
    assert expire(store, world.now(), world) == 1
