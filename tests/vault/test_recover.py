"""A generation that a crash cut gets its outcome, and the entry says what is left of it."""

import hashlib
import hmac

import pytest
from sqlalchemy import select
from tests.vault.acts import Acts, count, entries
from tests.world import FakeWorld

from hegui.ledger.kinds import GenerationInterrupted
from hegui.store import Store, tables
from hegui.vault import PersonKeys, VaultError, close_interrupted, encode_line, recover


def only_entry(store: Store) -> GenerationInterrupted:
    (entry,) = entries(store)
    assert isinstance(entry, GenerationInterrupted)
    return entry


@pytest.fixture
def person(acts: Acts) -> str:
    return acts.person(acts.application())


def test_the_commitment_is_made_again_from_what_was_sealed(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld, person: str
) -> None:
    act = acts.generation(person)
    acts.seal(person, act, "prompt", b'{"a":1}')
    first = encode_line("0/content", "你好") + encode_line("1/content", "ab")
    second = encode_line("0/content", "，世界")
    salt = acts.seal(person, act, "answer", first, second)
    world.tick(60_000)
    assert close_interrupted(store, keys, "main", world) == 1
    entry = only_entry(store)
    assert entry.act == act
    assert entry.answer == hmac.new(salt, first + second, hashlib.sha256).hexdigest()
    assert (entry.chars, entry.segments, entry.unrecoverable_ms) == (7, 2, 1000)
    with store.read() as conn:
        row = conn.execute(select(tables.outcome)).one()
    assert (row.generation_id, row.kind, row.code) == (act, "interrupted", "interrupted")
    assert (row.prompt_bytes, row.answer_chars, row.first_ms) == (7, 7, None)
    assert row.ended == entry.at == world.now()


def test_only_this_instances_open_generations_are_closed(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld, person: str
) -> None:
    done, cut = acts.generation(person), acts.generation(person)
    acts.generation(person, instance="second")
    acts.outcome(done)
    assert close_interrupted(store, keys, "main", world) == 1
    assert only_entry(store).act == cut
    assert close_interrupted(store, keys, "main", world) == 0
    assert count(store, tables.outcome) == 2


def test_nothing_sealed_yet_is_an_empty_answer(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld, person: str
) -> None:
    acts.generation(person)
    close_interrupted(store, keys, "main", world)
    entry = only_entry(store)
    assert (entry.answer, entry.chars, entry.segments) == ("", 0, 0)
    assert entry.unrecoverable_ms == 1000


def test_an_erased_persons_generation_is_closed_without_text(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld, person: str
) -> None:
    act = acts.generation(person)
    acts.seal(person, act, "answer", encode_line("0/content", "x"))
    keys.destroy(person)
    close_interrupted(store, keys, "main", world)
    entry = only_entry(store)
    assert (entry.answer, entry.chars, entry.segments) == ("", 0, 0)


@pytest.mark.parametrize("damage", ["a gap", "a changed byte", "another form"])
def test_what_does_not_open_is_lost_back_to_the_start(
    *, acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld, person: str, damage: str
) -> None:
    act = acts.generation(person)
    line = b"no line\n" if damage == "another form" else encode_line("0/content", "x" * 40)
    acts.seal(person, act, "answer", line, line)
    with store.begin() as conn:
        first = tables.sealed.c.seq == 0
        if damage == "a gap":
            conn.execute(tables.sealed.delete().where(first))
        if damage == "a changed byte":
            conn.execute(tables.sealed.update().where(first).values(data=b"x" * 90))
    world.tick(4_321)
    assert close_interrupted(store, keys, "main", world) == 1
    entry = only_entry(store)
    assert (entry.answer, entry.chars, entry.segments) == ("", 0, 0)
    assert entry.unrecoverable_ms == 4_321


def test_another_master_key_closes_nothing(
    acts: Acts,
    store: Store,
    key_store: Store,
    world: FakeWorld,
    person: str,
) -> None:
    acts.generation(person)
    with pytest.raises(VaultError) as caught:
        close_interrupted(store, PersonKeys(key_store, bytes(32), world), "main", world)
    assert caught.value.code == "key_unreadable"
    assert entries(store) == []
    assert count(store, tables.outcome) == 0


def test_many_are_closed_in_batches(
    *,
    acts: Acts,
    store: Store,
    keys: PersonKeys,
    world: FakeWorld,
    person: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recover, "BATCH", 3)
    cut = {acts.generation(person) for _ in range(7)}
    assert close_interrupted(store, keys, "main", world) == 7
    assert {entry.act for entry in entries(store)} == cut
    assert count(store, tables.outcome) == 7
