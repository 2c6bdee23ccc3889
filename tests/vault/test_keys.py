"""Keys of persons: made once under races, wrapped, and gone from the disk when destroyed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select
from tests.conftest import Databases
from tests.world import FakeWorld

from hegui.store import Store, tables
from hegui.vault import PersonKeys, VaultError

ONE, OTHER = "1" * 32, "2" * 32
row = tables.person_key


def wrapped(key_store: Store, person_id: str) -> bytes | None:
    with key_store.read() as conn:
        found: bytes | None = conn.scalar(select(row.c.wrapped).where(row.c.person_id == person_id))
    return found


def on_disk(key_store: Store, needle: bytes) -> list[str]:
    """The database's files in which these bytes stand."""
    database = key_store.engine.url.database
    assert database is not None
    path = Path(database)
    files = sorted(path.parent.glob(f"{path.name}*"))
    return [file.name for file in files if needle in file.read_bytes()]


def test_nobody_has_a_key_before_it_is_made(keys: PersonKeys) -> None:
    assert keys.get(ONE) is None


def test_a_key_is_32_bytes_and_stays(keys: PersonKeys) -> None:
    key = keys.create(ONE)
    assert len(key) == 32
    assert keys.get(ONE) == key
    assert keys.create(ONE) == key


def test_each_person_has_their_own(keys: PersonKeys) -> None:
    assert keys.create(ONE) != keys.create(OTHER)


def test_a_key_stands_wrapped_only(keys: PersonKeys, key_store: Store) -> None:
    key = keys.create(ONE)
    held = wrapped(key_store, ONE)
    assert held is not None
    assert key not in held
    assert len(held) == 12 + 32 + 16


def test_callers_that_race_get_one_key(keys: PersonKeys) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(keys.create, [ONE] * 16))
    assert made == {keys.get(ONE)}


def test_another_master_key_is_told(keys: PersonKeys, key_store: Store, world: FakeWorld) -> None:
    keys.create(ONE)
    with pytest.raises(VaultError) as caught:
        PersonKeys(key_store, bytes(32), world).get(ONE)
    assert caught.value.code == "key_unreadable"


def test_a_key_put_under_another_person_does_not_open(keys: PersonKeys, key_store: Store) -> None:
    keys.create(ONE)
    with key_store.begin() as conn:
        conn.execute(row.update().values(person_id=OTHER))
    with pytest.raises(VaultError) as caught:
        keys.get(OTHER)
    assert caught.value.code == "key_unreadable"


def test_a_destroyed_key_is_gone_and_a_new_one_is_another(keys: PersonKeys) -> None:
    former = keys.create(ONE)
    kept = keys.create(OTHER)
    keys.destroy(ONE)
    assert keys.get(ONE) is None
    assert keys.get(OTHER) == kept
    assert keys.create(ONE) != former


def test_destroying_what_is_not_there_is_no_error(keys: PersonKeys) -> None:
    keys.destroy(ONE)
    assert keys.get(ONE) is None


def test_it_is_overwritten_and_committed_before_it_is_deleted(
    keys: PersonKeys, key_store: Store
) -> None:
    keys.create(ONE)
    former = wrapped(key_store, ONE)
    assert former is not None
    seen: list[bytes | None] = []

    def look(conn: Connection) -> None:
        seen.append(conn.scalar(select(row.c.wrapped).where(row.c.person_id == ONE)))

    event.listen(key_store.engine, "commit", look)
    keys.destroy(ONE)
    noise, *after = seen
    assert noise is not None
    assert noise != former
    assert len(noise) == len(former)
    assert after == [None]


def test_no_file_holds_a_destroyed_key(databases: Databases, world: FakeWorld) -> None:
    # SQLite alone: on PostgreSQL old row versions stay until vacuum, and the files are not ours.
    url = databases.fresh("sqlite", tables.key_metadata)
    key_store = Store.open(url, tables=tables.key_metadata, world=world)
    keys = PersonKeys(key_store, bytes(32), world)
    people = [f"{n:032x}" for n in range(40)]
    for person in people:
        keys.create(person)
    gone, kept = wrapped(key_store, people[20]), wrapped(key_store, people[21])
    assert gone is not None
    assert kept is not None
    assert on_disk(key_store, gone), "the key is looked for in the right files"
    keys.destroy(people[20])
    assert on_disk(key_store, gone) == []
    assert on_disk(key_store, gone[12:]) == []
    assert on_disk(key_store, kept), "the others stay"
    key_store.close()
