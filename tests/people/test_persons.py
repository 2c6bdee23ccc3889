"""Persons: one for each pseudonym of an application, under any race; suspended with reasons."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import msgspec
import pytest
from sqlalchemy import select
from tests.people.evidence import changes, entries
from tests.people.statements import STATEMENT
from tests.world import FakeWorld

from hegui.ledger.kinds import PersonReinstated, PersonSuspended
from hegui.people import Application, PeopleError, Person, applications, persons
from hegui.store import Store, tables
from hegui.vault import PersonKeys, erase_person


def test_first_use_registers_and_later_use_finds(
    store: Store, keys: PersonKeys, world: FakeWorld, application: Application
) -> None:
    person, key = persons.find_or_register(store, keys, world, application.id, " fern ")
    assert person == Person(
        id=person.id,
        application_id=application.id,
        pseudonym="fern",
        accepted=None,
        evidenced=False,
        suspended=None,
        reasons=None,
    )
    assert key == keys.get(person.id)
    assert persons.find_or_register(store, keys, world, application.id, "fern") == (person, key)
    assert persons.find(store, application.id, "fern") == person
    assert persons.get(store, person.id) == person


def test_one_pseudonym_of_two_applications_is_two_persons(
    store: Store, keys: PersonKeys, world: FakeWorld, application: Application, person: Person
) -> None:
    other = applications.register(
        store, world, "school", operator="校", public="学生", label_at="both"
    )
    namesake, _ = persons.find_or_register(store, keys, world, other.id, "fern")
    assert namesake.id != person.id
    assert persons.find(store, application.id, "Fern") is None, "letters count as written"


@pytest.mark.parametrize("round_", range(5))
def test_two_threads_that_race_get_one_person_and_one_key(
    store: Store, keys: PersonKeys, world: FakeWorld, application: Application, round_: int
) -> None:
    start = Barrier(2)

    def register(_: int) -> tuple[Person, bytes]:
        start.wait()
        return persons.find_or_register(store, keys, world, application.id, f"fern{round_}")

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(register, range(2))
    assert one == other
    with store.read() as conn:
        assert len(conn.scalars(select(tables.person.c.id)).all()) == 1


def test_a_person_whose_key_was_lost_gets_a_new_one(
    store: Store, keys: PersonKeys, world: FakeWorld, application: Application, person: Person
) -> None:
    keys.destroy(person.id)
    again, key = persons.find_or_register(store, keys, world, application.id, "fern")
    assert again == person
    assert key == keys.get(person.id)


def test_a_key_does_not_outlive_a_person_erased_meanwhile(
    *,
    store: Store,
    keys: PersonKeys,
    world: FakeWorld,
    application: Application,
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys.destroy(person.id)
    create = PersonKeys.create
    calls: list[str] = []

    def erased_first(self: PersonKeys, person_id: str) -> bytes:
        if not calls:
            calls.append(person_id)
            erase_person(store, keys, person_id, world)
        return create(self, person_id)

    monkeypatch.setattr(PersonKeys, "create", erased_first)
    anew, key = persons.find_or_register(store, keys, world, application.id, "fern")
    assert anew.id != person.id
    assert keys.get(person.id) is None
    assert keys.get(anew.id) == key


@pytest.mark.parametrize(
    ("pseudonym", "code"),
    [("", "person_malformed"), ("13812345678", "person_not_pseudonym")],
)
def test_a_bad_pseudonym_registers_nobody(
    *,
    store: Store,
    keys: PersonKeys,
    world: FakeWorld,
    application: Application,
    pseudonym: str,
    code: str,
) -> None:
    with pytest.raises(PeopleError) as caught:
        persons.find_or_register(store, keys, world, application.id, pseudonym)
    assert caught.value.code == code
    with store.read() as conn:
        assert conn.scalars(select(tables.person.c.id)).all() == []


def test_an_unknown_application_registers_nobody(
    store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    with pytest.raises(PeopleError) as caught:
        persons.find_or_register(store, keys, world, "0" * 32, "fern")
    assert caught.value.code == "application_unknown"


def test_a_suspension_shows_its_reasons_and_leaves_evidence(
    store: Store, world: FakeWorld, person: Person
) -> None:
    decision = persons.suspend(store, world, person.id, STATEMENT)
    found = persons.get(store, person.id)
    assert found.suspended == world.now()
    assert found.reasons == msgspec.structs.replace(STATEMENT, decision=decision)
    assert found.is_suspended(world.now())
    (entry,) = entries(store, PersonSuspended)
    assert (entry.act, entry.category) == (decision, "fraud_malware")
    assert person.id not in str(entry)
    assert STATEMENT.facts not in str(entry)
    assert changes(store, "person") == [person.id]


def test_a_suspension_ends_by_itself(store: Store, world: FakeWorld, person: Person) -> None:
    ends = STATEMENT.applied + 1000
    timed = msgspec.structs.replace(STATEMENT, ends=ends)
    persons.suspend(store, world, person.id, timed)
    found = persons.get(store, person.id)
    assert found.is_suspended(ends - 1)
    assert not found.is_suspended(ends)


def test_nobody_is_suspended_to_begin_with(world: FakeWorld, person: Person) -> None:
    assert not person.is_suspended(world.now())


def test_lifting_reinstates_and_names_the_decision(
    store: Store, world: FakeWorld, person: Person
) -> None:
    decision = persons.suspend(store, world, person.id, STATEMENT)
    persons.lift(store, world, person.id, "appeal")
    assert persons.get(store, person.id) == person
    (entry,) = entries(store, PersonReinstated)
    assert (entry.act, entry.reason) == (decision, "appeal")
    with pytest.raises(PeopleError) as caught:
        persons.lift(store, world, person.id, "appeal")
    assert caught.value.code == "person_not_suspended"


def test_a_second_decision_takes_the_place_of_the_first(
    store: Store, world: FakeWorld, person: Person
) -> None:
    first = persons.suspend(store, world, person.id, STATEMENT)
    second = persons.suspend(store, world, person.id, STATEMENT)
    found = persons.get(store, person.id)
    assert found.reasons is not None
    assert found.reasons.decision == second != first


def test_reasons_that_say_nothing_suspend_nobody(
    store: Store, world: FakeWorld, person: Person
) -> None:
    empty = msgspec.structs.replace(STATEMENT, facts="")
    with pytest.raises(PeopleError) as caught:
        persons.suspend(store, world, person.id, empty)
    assert caught.value.code == "reasons_malformed"
    assert persons.get(store, person.id) == person


def test_nobody_can_not_be_suspended_or_lifted(store: Store, world: FakeWorld) -> None:
    with pytest.raises(PeopleError) as suspended:
        persons.suspend(store, world, "0" * 32, STATEMENT)
    with pytest.raises(PeopleError) as lifted:
        persons.lift(store, world, "0" * 32, "mistake")
    with pytest.raises(PeopleError) as got:
        persons.get(store, "0" * 32)
    assert {each.value.code for each in (suspended, lifted, got)} == {"person_unknown"}
    assert entries(store, PersonSuspended) == []
