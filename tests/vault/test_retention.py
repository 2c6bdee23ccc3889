"""Sealed texts go when they are due, not before, in batches, each with its entry."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.vault.acts import Acts, count, entries
from tests.world import FakeWorld

from hegui.ledger.kinds import VaultExpired
from hegui.store import Store, tables
from hegui.vault import expire, retention


def left(store: Store) -> set[tuple[str, str, int]]:
    with store.read() as conn:
        rows = conn.execute(
            select(tables.sealed.c.generation_id, tables.sealed.c.part, tables.sealed.c.seq)
        )
        return {(row.generation_id, row.part, row.seq) for row in rows}


def test_what_is_due_goes_and_the_rest_stays(acts: Acts, store: Store, world: FakeWorld) -> None:
    now = world.now()
    person = acts.person(acts.application())
    early, late = acts.generation(person), acts.generation(person)
    acts.seal(person, early, "prompt", b"p", expires=now - 1)
    acts.seal(person, early, "answer", b"a", b"b", expires=now)
    acts.seal(person, late, "prompt", b"p", expires=now + 1)
    assert expire(store, now, world) == 2
    assert left(store) == {(late, "prompt", 0)}
    assert count(store, tables.generation_person) == 2, "the acts stay"


def test_the_ledger_says_how_many_and_until_when(
    acts: Acts, store: Store, world: FakeWorld
) -> None:
    person = acts.person(acts.application())
    acts.seal(person, acts.generation(person), "answer", b"a", b"b", b"c", expires=5)
    expire(store, 7, world)
    (entry,) = entries(store)
    assert isinstance(entry, VaultExpired)
    assert (entry.through, entry.texts, entry.at) == (7, 1, world.now())
    assert person not in str(entry)


def test_nothing_due_leaves_no_entry(acts: Acts, store: Store, world: FakeWorld) -> None:
    person = acts.person(acts.application())
    acts.seal(person, acts.generation(person), "prompt", b"p", expires=2)
    assert expire(store, 1, world) == 0
    assert entries(store) == []


def test_a_long_list_goes_in_batches(
    acts: Acts, store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 4)
    person = acts.person(acts.application())
    for _ in range(3):
        acts.seal(person, acts.generation(person), "answer", b"a", b"b", b"c", expires=1)
    assert expire(store, 1, world) == 3
    assert left(store) == set()
    found = [entry for entry in entries(store) if isinstance(entry, VaultExpired)]
    assert len(found) == 3
    assert sum(entry.texts for entry in found) == 3


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 9))
def test_it_agrees_with_the_plain_rule(
    acts: Acts, store: Store, world: FakeWorld, times: list[int], now: int
) -> None:
    with store.begin() as conn:
        conn.execute(tables.sealed.delete())
    person = acts.person(acts.application(world.token(8).hex()))
    rows = {}
    for at in times:
        act = acts.generation(person)
        acts.seal(person, act, "prompt", b"p", expires=at)
        rows[act, "prompt", 0] = at
    assert expire(store, now, world) == sum(at <= now for at in times)
    assert left(store) == {row for row, at in rows.items() if at > now}
