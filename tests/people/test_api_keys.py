"""An application's keys: shown once, hashed at rest, refused when out of force."""

import hashlib
import re

import pytest
from sqlalchemy import select
from tests.people.evidence import changes, entries
from tests.world import FakeWorld

from hegui.ledger.kinds import KeyCreated, KeyRevoked
from hegui.people import Application, PeopleError, api_keys
from hegui.store import Store, tables


def refused(store: Store, secret: str, now: int) -> str:
    with pytest.raises(PeopleError) as caught:
        api_keys.find_key(store, secret, now)
    return caught.value.code


def test_a_key_is_found_by_what_was_shown(
    store: Store, world: FakeWorld, application: Application
) -> None:
    key_id, secret = api_keys.create_key(store, world, application)
    assert re.fullmatch(r"hg-[0-9A-Za-z_-]{43}", secret)
    found = api_keys.find_key(store, secret, world.now())
    assert found.id == key_id
    assert found.application_id == application.id
    assert secret.startswith(found.hint)
    assert len(found.hint) <= 10
    (entry,) = entries(store, KeyCreated)
    assert (entry.act, entry.application) == (key_id, application.id)
    assert changes(store, "key") == [key_id]


def test_at_rest_there_is_a_digest_alone(
    store: Store, world: FakeWorld, application: Application
) -> None:
    _, secret = api_keys.create_key(store, world, application)
    with store.read() as conn:
        row = conn.execute(select(tables.api_key)).one()
    assert row.digest == hashlib.sha256(secret.encode()).digest()
    assert secret not in str(row)


@pytest.mark.parametrize(
    "secret", ["", "hg-", "hg-" + "A" * 43, "Bearer x", "\ud800", "x" * 10_000, "a\0"]
)
def test_another_text_is_no_key(store: Store, application: Application, secret: str) -> None:
    assert refused(store, secret, 0) == "key_invalid"


def test_a_key_runs_out_at_its_time(
    store: Store, world: FakeWorld, application: Application
) -> None:
    ends = world.now() + 10
    _, secret = api_keys.create_key(store, world, application, expires=ends)
    assert api_keys.find_key(store, secret, ends - 1).expires == ends
    assert refused(store, secret, ends) == "key_expired"


def test_a_revoked_key_is_refused_and_revoking_again_changes_nothing(
    store: Store, world: FakeWorld, application: Application
) -> None:
    key_id, secret = api_keys.create_key(store, world, application, expires=world.now() + 1)
    other = api_keys.create_key(store, world, application)[1]
    api_keys.revoke_key(store, world, key_id)
    at = world.now()
    assert refused(store, secret, at) == "key_revoked"
    assert refused(store, secret, at + 5) == "key_revoked", "the stronger reason is told"
    world.tick(1)
    api_keys.revoke_key(store, world, key_id)
    assert api_keys.find_key(store, other, at).revoked is None
    assert [key.revoked for key in api_keys.list_keys(store) if key.id == key_id] == [at]
    assert [entry.act for entry in entries(store, KeyRevoked)] == [key_id]
    assert changes(store, "key").count(key_id) == 2


def test_an_unknown_id_is_told(store: Store, world: FakeWorld) -> None:
    with pytest.raises(PeopleError) as caught:
        api_keys.revoke_key(store, world, "0" * 32)
    assert caught.value.code == "key_unknown"


def test_all_keys_are_listed_oldest_first(
    store: Store, world: FakeWorld, application: Application
) -> None:
    made = []
    for _ in range(3):
        made.append(api_keys.create_key(store, world, application)[0])
        world.tick(1)
    assert [key.id for key in api_keys.list_keys(store)] == made


def test_a_derived_key_is_written_once(
    store: Store, world: FakeWorld, application: Application
) -> None:
    raw = bytes(range(32))
    secret = api_keys.ensure_key(store, world, application, raw)
    assert api_keys.ensure_key(store, world, application, raw) == secret
    assert api_keys.ensure_key(store, world, application, bytes(32)) != secret
    assert api_keys.find_key(store, secret, world.now()).application_id == application.id
    assert len(api_keys.list_keys(store)) == 2
