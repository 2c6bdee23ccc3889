"""Signing in to the portal: one answer for all wrong pairs, a session of fourteen days."""

import hashlib

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from tests.world import FakeWorld

from hegui.people import CHAT, SESSION_MS, Accounts, PeopleError, applications, passphrases, persons
from hegui.store import Store, tables
from hegui.vault import PersonKeys, erase_person

PASS = "correct horse 电池"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parameters, so that the many sign-ins of these tests take no time."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passphrases, "_hasher", cheap)


@pytest.fixture
def accounts(store: Store, world: FakeWorld) -> Accounts:
    return Accounts(store, world)


def refused(accounts: Accounts, pseudonym: str, passphrase: str) -> str:
    with pytest.raises(PeopleError) as caught:
        accounts.sign_in(pseudonym, passphrase)
    return caught.value.code


def test_an_account_signs_in_and_out(accounts: Accounts) -> None:
    account = accounts.create("fern", PASS)
    token = accounts.sign_in("fern", PASS)
    assert accounts.who(token) == account
    other = accounts.sign_in(" fern ", PASS)
    accounts.sign_out(token)
    accounts.sign_out(token)
    assert accounts.who(token) is None
    assert accounts.who(other) == account


def test_a_session_lasts_fourteen_days(accounts: Accounts, world: FakeWorld) -> None:
    accounts.create("fern", PASS)
    token = accounts.sign_in("fern", PASS)
    assert SESSION_MS == 14 * 24 * 60 * 60 * 1000
    world.tick(SESSION_MS - 1)
    assert accounts.who(token) is not None
    world.tick(1)
    assert accounts.who(token) is None


def test_ended_sessions_go_at_the_next_sign_in(
    accounts: Accounts, store: Store, world: FakeWorld
) -> None:
    accounts.create("fern", PASS)
    accounts.sign_in("fern", PASS)
    world.tick(SESSION_MS)
    accounts.sign_in("fern", PASS)
    with store.read() as conn:
        assert len(conn.execute(select(tables.session)).all()) == 1


def test_at_rest_there_are_hashes_alone(accounts: Accounts, store: Store) -> None:
    accounts.create("fern", PASS)
    token = accounts.sign_in("fern", PASS)
    with store.read() as conn:
        held = conn.scalar(select(tables.account.c.passphrase)) or ""
        digest = conn.scalar(select(tables.session.c.digest))
    assert held.startswith("$argon2id$")
    assert PASS not in held
    assert digest == hashlib.sha256(token.encode()).digest()


@pytest.mark.parametrize(
    ("pseudonym", "passphrase"),
    [
        pytest.param("fern", PASS + "x", id="another-passphrase"),
        pytest.param("fern", "", id="no-passphrase"),
        pytest.param("fern", "x" * 5000, id="a-very-long-one"),
        pytest.param("fern", "\ud800", id="lone-surrogate"),
        pytest.param("fern", "a\0b", id="a-nul"),
        pytest.param("moss", PASS, id="nobody"),
        pytest.param("Fern", PASS, id="another-case"),
    ],
)
def test_every_wrong_pair_gets_the_same_answer(
    accounts: Accounts, pseudonym: str, passphrase: str
) -> None:
    accounts.create("fern", PASS)
    assert refused(accounts, pseudonym, passphrase) == "sign_in_failed"


def test_an_unknown_pseudonym_costs_a_hash_too(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[bytes] = []

    class Watched(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            hashed.append(password if isinstance(password, bytes) else password.encode())
            return super().hash(password, salt=salt)

    monkeypatch.setattr(passphrases, "_hasher", Watched(1, 8, 1))
    assert refused(accounts, "nobody", PASS) == "sign_in_failed"
    assert hashed == [PASS.encode()]


def test_the_hash_is_argon2id_with_the_librarys_own_cost() -> None:
    hasher = PasswordHasher()
    assert hasher.type.name == "ID"
    assert hasher.memory_cost >= 19 * 1024, "OWASP's least for argon2id"


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_attempts_close_the_door_for_a_while(
    accounts: Accounts, world: FakeWorld, known: bool
) -> None:
    if known:
        accounts.create("fern", PASS)
    for _ in range(5):
        assert refused(accounts, "fern", "wrong wrong") == "sign_in_failed"
    assert refused(accounts, "fern", PASS) == "too_many_attempts"
    world.tick(15 * 60 * 1000)
    if known:
        assert accounts.who(accounts.sign_in("fern", PASS)) is not None


def test_signing_in_rightly_forgets_wrong_attempts(accounts: Accounts) -> None:
    accounts.create("fern", PASS)
    for _ in range(3):
        for _ in range(4):
            refused(accounts, "fern", "wrong wrong")
        accounts.sign_in("fern", PASS)


@pytest.mark.parametrize(
    ("pseudonym", "passphrase", "code"),
    [
        pytest.param("", PASS, "person_malformed", id="no-pseudonym"),
        pytest.param("fern@example.com", PASS, "person_not_pseudonym", id="an-address"),
        pytest.param("moss", "seven77", "passphrase_length", id="seven-characters"),
        pytest.param("moss", "x" * 1025, "passphrase_length", id="1025-characters"),
        pytest.param("fern", PASS, "pseudonym_taken", id="taken"),
    ],
)
def test_an_account_that_can_not_be_made_says_why(
    accounts: Accounts, pseudonym: str, passphrase: str, code: str
) -> None:
    accounts.create("fern", PASS)
    with pytest.raises(PeopleError) as caught:
        accounts.create(pseudonym, passphrase)
    assert caught.value.code == code


@pytest.mark.parametrize("passphrase", ["八个字的口令也行", "x" * 8, "x" * 1024])
def test_eight_characters_of_any_script_are_enough(accounts: Accounts, passphrase: str) -> None:
    accounts.create("fern", passphrase)
    assert accounts.sign_in("fern", passphrase)


def test_full_width_and_plain_letters_are_one_passphrase(accounts: Accounts) -> None:
    accounts.create("fern", "ｐａｓｓｐｈｒａｓｅ")
    assert accounts.sign_in("fern", "passphrase")


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "\ud800"])
def test_another_token_is_nobodys(accounts: Accounts, token: str) -> None:
    assert accounts.who(token) is None
    accounts.sign_out(token)


def test_an_erased_persons_session_and_account_are_gone(
    accounts: Accounts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    chat = applications.register(
        store, world, CHAT, operator="我们", public="公众", label_at="both"
    )
    person, _ = persons.find_or_register(store, keys, world, chat.id, "fern")
    accounts.create("fern", PASS)
    token = accounts.sign_in("fern", PASS)
    erase_person(store, keys, person.id, world)
    assert accounts.who(token) is None
    assert refused(accounts, "fern", PASS) == "sign_in_failed"
