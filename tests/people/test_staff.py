"""Members of staff: roles on record, sessions of twelve hours, links that work once."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from tests.people.evidence import entries
from tests.world import FakeWorld

from hegui.ledger.kinds import Entry, StaffAdded, StaffChanged
from hegui.people import PeopleError, passphrases
from hegui.people.staff import (
    LINK_HOURS,
    LONGEST_NAME,
    ROLES,
    STAFF_SESSION_MS,
    Member,
    Staff,
    StaffBook,
)
from hegui.store import Store, tables

PASS = "correct horse 电池"
HOUR = 3_600_000
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parameters, so that the many sign-ins of these tests take no time."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passphrases, "_hasher", cheap)


@pytest.fixture
def book(store: Store, world: FakeWorld) -> StaffBook:
    return StaffBook(store, world)


@pytest.fixture
def owner(book: StaffBook) -> Staff:
    return book.add("owner", "owner")


@pytest.fixture
def mei(book: StaffBook, owner: Staff) -> Staff:
    added = book.add("Mei", "reviewer")
    book.set_passphrase(added.id, PASS)
    return added


def listed(book: StaffBook, staff: Staff) -> Member:
    return next(one for one in book.list() if one.id == staff.id)


def code(caught: "pytest.ExceptionInfo[PeopleError]") -> str:
    return caught.value.code


def test_a_member_is_added_on_record_by_id_and_role_alone(book: StaffBook, store: Store) -> None:
    mei = book.add("  Mei ", "reviewer")
    assert (mei.name, mei.role) == ("Mei", "reviewer")
    (entry,) = entries(store, Entry)
    assert isinstance(entry, StaffAdded)
    assert (entry.act, entry.role) == (mei.id, "reviewer")
    assert "Mei" not in repr(entry)


@pytest.mark.parametrize("name", ["", "   ", "n" * (LONGEST_NAME + 1), "a\nb", "a\u202eb", "\x00"])
def test_a_name_prints_and_is_not_long(book: StaffBook, store: Store, name: str) -> None:
    with pytest.raises(PeopleError) as caught:
        book.add(name, "owner")
    assert code(caught) == "staff_name_malformed"
    assert entries(store, Entry) == []


def test_a_name_belongs_to_one_member_even_a_disabled_one(
    book: StaffBook, mei: Staff, store: Store
) -> None:
    book.disable(mei.id)
    with pytest.raises(PeopleError) as caught:
        book.add("Mei", "auditor")
    assert code(caught) == "staff_name_taken"
    assert len(entries(store, StaffAdded)) == 2


@pytest.mark.parametrize("role", ["", "Owner", "admin", "none"])
def test_there_are_four_roles(book: StaffBook, mei: Staff, role: str) -> None:
    assert len(ROLES) == 4
    for act in (lambda: book.add("Bo", role), lambda: book.set_role(mei.id, role)):
        with pytest.raises(PeopleError) as caught:
            act()
        assert code(caught) == "role_unknown"


def test_a_member_signs_in_and_out(book: StaffBook, mei: Staff) -> None:
    token = book.sign_in(" Mei ", PASS)
    assert book.who(token) == mei
    other = book.sign_in("Mei", PASS)
    book.sign_out(token)
    book.sign_out(token)
    assert book.who(token) is None
    assert book.who(other) == mei


def test_a_session_lasts_twelve_hours_and_ended_ones_go(
    book: StaffBook, mei: Staff, store: Store, world: FakeWorld
) -> None:
    token = book.sign_in("Mei", PASS)
    assert STAFF_SESSION_MS == 12 * HOUR
    world.tick(STAFF_SESSION_MS - 1)
    assert book.who(token) == mei
    world.tick(1)
    assert book.who(token) is None
    assert listed(book, mei).sessions == 0
    book.sign_in("Mei", PASS)
    with store.read() as conn:
        assert len(conn.execute(select(tables.staff_session)).all()) == 1


def test_at_rest_there_are_hashes_alone(book: StaffBook, mei: Staff, store: Store) -> None:
    session, link = book.sign_in("Mei", PASS), book.link(mei.id)
    with store.read() as conn:
        held = conn.scalar(select(tables.staff.c.passphrase).where(tables.staff.c.id == mei.id))
        session_digest = conn.scalar(select(tables.staff_session.c.digest))
        link_digest = conn.scalar(select(tables.staff_link.c.digest))
    assert held is not None
    assert held.startswith("$argon2id$")
    assert session_digest == hashlib.sha256(session.encode()).digest()
    assert link_digest == hashlib.sha256(link.encode()).digest()


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [
        ("Mei", "wrong horse"),
        ("Mei", ""),
        ("Mei", "\ud800"),
        ("mei", PASS),
        ("nobody", PASS),
        ("owner", ""),  # has no passphrase
        ("", PASS),
        ("x" * 5000, PASS),
    ],
)
def test_wrong_pairs_look_the_same(book: StaffBook, mei: Staff, name: str, passphrase: str) -> None:
    with pytest.raises(PeopleError) as caught:
        book.sign_in(name, passphrase)
    assert code(caught) == "staff_sign_in_failed"


def test_five_wrong_attempts_close_the_door_for_a_while(
    book: StaffBook, mei: Staff, world: FakeWorld
) -> None:
    for _ in range(5):
        with pytest.raises(PeopleError):
            book.sign_in("Mei", "wrong horse")
    with pytest.raises(PeopleError) as caught:
        book.sign_in("Mei", PASS)
    assert code(caught) == "too_many_attempts"
    world.tick(15 * 60_000)
    assert book.who(book.sign_in("Mei", PASS)) == mei


def test_a_link_signs_in_once(book: StaffBook, mei: Staff) -> None:
    link = book.link(mei.id)
    assert book.linked(link) == mei
    assert book.linked(link) == mei
    assert book.who(book.sign_in_by_link(link)) == mei
    with pytest.raises(PeopleError) as caught:
        book.sign_in_by_link(link)
    assert code(caught) == "link_used"
    assert book.linked(link) is None


def test_a_link_used_by_two_at_once_lets_one_in(book: StaffBook, mei: Staff) -> None:
    link = book.link(mei.id)

    def attempt(_: int) -> bool:
        try:
            book.sign_in_by_link(link)
        except PeopleError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(attempt, range(4))) == 1
    assert listed(book, mei).sessions == 1


def test_a_link_waits_as_long_as_it_was_told(book: StaffBook, mei: Staff, world: FakeWorld) -> None:
    link = book.link(mei.id)
    world.tick(LINK_HOURS * HOUR - 1)
    assert book.linked(link) == mei
    world.tick(1)
    assert book.linked(link) is None
    with pytest.raises(PeopleError):
        book.sign_in_by_link(link)
    short = book.link(mei.id, 1)
    world.tick(HOUR)
    assert book.linked(short) is None


def test_one_link_is_good_at_a_time(book: StaffBook, mei: Staff, owner: Staff) -> None:
    first, others = book.link(mei.id), book.link(owner.id)
    second = book.link(mei.id)
    assert book.linked(first) is None
    assert book.linked(second) == mei
    assert book.linked(others) == owner


def test_a_role_counts_at_once_in_open_sessions_and_is_on_record(
    book: StaffBook, mei: Staff, store: Store
) -> None:
    token = book.sign_in("Mei", PASS)
    book.set_role(mei.id, "officer")
    book.set_role(mei.id, "officer")
    who = book.who(token)
    assert who is not None
    assert who.role == "officer"
    assert [(e.act, e.role) for e in entries(store, StaffChanged)] == [(mei.id, "officer")]


def test_a_disabled_member_is_out_at_once(book: StaffBook, mei: Staff, store: Store) -> None:
    token, link = book.sign_in("Mei", PASS), book.link(mei.id)
    book.disable(mei.id)
    book.disable(mei.id)
    assert book.who(token) is None
    assert book.linked(link) is None
    acts: list[Act] = [
        lambda: book.sign_in("Mei", PASS),
        lambda: book.sign_in_by_link(link),
        lambda: book.link(mei.id),
    ]
    for act in acts:
        with pytest.raises(PeopleError):
            act()
    assert [(e.act, e.role) for e in entries(store, StaffChanged)] == [(mei.id, "none")]
    assert listed(book, mei).disabled is not None
    assert book.list()[-1].id == mei.id


def test_a_role_lets_a_disabled_member_in_again(book: StaffBook, mei: Staff, store: Store) -> None:
    book.disable(mei.id)
    book.set_role(mei.id, "reviewer")
    assert book.who(book.sign_in("Mei", PASS)) == mei
    assert [e.role for e in entries(store, StaffChanged)] == ["none", "reviewer"]


def test_the_last_owner_stays(book: StaffBook, owner: Staff, mei: Staff, store: Store) -> None:
    acts: list[Act] = [
        lambda: book.disable(owner.id),
        lambda: book.set_role(owner.id, "auditor"),
    ]
    for act in acts:
        with pytest.raises(PeopleError) as caught:
            act()
        assert code(caught) == "last_owner"
    assert entries(store, StaffChanged) == []
    book.set_role(owner.id, "owner")
    book.set_role(mei.id, "owner")
    book.disable(owner.id)
    with pytest.raises(PeopleError):
        book.disable(mei.id)


def test_two_owners_who_leave_at_once_leave_one(book: StaffBook, owner: Staff) -> None:
    owners = [owner, book.add("second", "owner")]

    def leave(one: Staff) -> bool:
        try:
            book.disable(one.id)
        except PeopleError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(leave, owners)) == 1
    assert sum(one.disabled is None for one in book.list()) == 1


def test_a_passphrase_is_changed_with_the_current_one_and_ends_other_sessions(
    book: StaffBook, mei: Staff
) -> None:
    here, there = book.sign_in("Mei", PASS), book.sign_in("Mei", PASS)
    assert book.standing(here).needs_current
    with pytest.raises(PeopleError) as caught:
        book.change_passphrase(here, "wrong horse", "another one")
    assert code(caught) == "passphrase_wrong"
    assert book.who(there) == mei
    book.change_passphrase(here, PASS, "another one")
    assert book.who(here) == mei
    assert book.who(there) is None
    assert book.who(book.sign_in("Mei", "another one")) == mei


def test_wrong_current_passphrases_are_throttled(book: StaffBook, mei: Staff) -> None:
    here = book.sign_in("Mei", PASS)
    for _ in range(5):
        with pytest.raises(PeopleError):
            book.change_passphrase(here, "wrong horse", "another one")
    with pytest.raises(PeopleError) as caught:
        book.change_passphrase(here, PASS, "another one")
    assert code(caught) == "too_many_attempts"


def test_who_came_by_link_needs_no_current_passphrase(book: StaffBook, mei: Staff) -> None:
    token = book.sign_in_by_link(book.link(mei.id))
    assert not book.standing(token).needs_current
    book.change_passphrase(token, "", "another one")
    assert book.who(book.sign_in("Mei", "another one")) == mei


def test_a_first_passphrase_needs_no_current_one(book: StaffBook, owner: Staff) -> None:
    token = book.sign_in_by_link(book.link(owner.id))
    assert not book.standing(token).has_passphrase
    with pytest.raises(PeopleError) as caught:
        book.change_passphrase(token, "", "short")
    assert code(caught) == "passphrase_length"
    book.change_passphrase(token, "", PASS)
    assert book.standing(token).has_passphrase


def test_a_session_that_ended_changes_nothing(book: StaffBook, mei: Staff) -> None:
    token = book.sign_in("Mei", PASS)
    book.sign_out(token)
    assert not book.standing(token).has_passphrase
    with pytest.raises(PeopleError) as caught:
        book.change_passphrase(token, PASS, "another one")
    assert code(caught) == "staff_unknown"
    assert book.sign_in("Mei", PASS)


def test_sessions_elsewhere_are_ended(book: StaffBook, mei: Staff, owner: Staff) -> None:
    here, there = book.sign_in("Mei", PASS), book.sign_in("Mei", PASS)
    others = book.sign_in_by_link(book.link(owner.id))
    book.end_sessions(mei.id, keep=here)
    assert (book.who(here), book.who(there), book.who(others)) == (mei, None, owner)
    assert listed(book, mei).sessions == 1


@pytest.mark.parametrize("token", ["", "x", "\ud800", "0" * 10_000])
def test_a_token_of_nobody_is_nobodys(book: StaffBook, mei: Staff, token: str) -> None:
    assert book.who(token) is None
    assert book.linked(token) is None


def test_ids_and_names_of_nobody_are_named(book: StaffBook, mei: Staff) -> None:
    assert book.named(" Mei ") == mei
    for act in (
        lambda: book.named("nobody"),
        lambda: book.set_role("0" * 32, "owner"),
        lambda: book.disable("0" * 32),
        lambda: book.link("0" * 32),
        lambda: book.set_passphrase("0" * 32, PASS),
    ):
        with pytest.raises(PeopleError) as caught:
            act()
        assert code(caught) == "staff_unknown"
