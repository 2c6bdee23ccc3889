"""Versions of the agreement, and who accepted which, with or without evidence."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from tests.people.evidence import changes, entries
from tests.world import FakeWorld

from hegui.ledger.kinds import AgreementAccepted, AgreementPublished
from hegui.people import PeopleError, Person, agreements, persons
from hegui.store import Store, tables
from hegui.vault import PersonKeys, erase_person


def test_the_first_is_version_1_and_in_force(store: Store, world: FakeWorld) -> None:
    assert agreements.publish(store, world, "约定", "deal") == 1
    text = agreements.current(store)
    assert (text.version, text.zh, text.en, text.published) == (1, "约定", "deal", world.now())
    (entry,) = entries(store, AgreementPublished)
    assert (entry.version, entry.digest) == (1, text.digest)
    assert changes(store, "agreement") == ["1"]


def test_the_same_text_again_is_the_same_version(store: Store, world: FakeWorld) -> None:
    for _ in range(3):
        assert agreements.publish(store, world, "约定", "deal") == 1
    assert len(entries(store, AgreementPublished)) == 1


def test_another_text_is_the_next_version_and_an_older_one_too(
    store: Store, world: FakeWorld
) -> None:
    texts = [("约定", "deal"), ("约定", "deal!"), ("约定!", "deal!"), ("约定", "deal")]
    assert [agreements.publish(store, world, *pair) for pair in texts] == [1, 2, 3, 4]
    assert agreements.current(store).version == 4


def test_publishers_that_race_make_one_version(store: Store, world: FakeWorld) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _: agreements.publish(store, world, "约定", "deal"), range(8)))
    assert made == {1}


def test_different_texts_that_race_all_get_a_number(store: Store, world: FakeWorld) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(lambda n: agreements.publish(store, world, f"约定{n}", "deal"), range(6))
        )
    assert sorted(made) == [1, 2, 3, 4, 5, 6]


def test_before_the_first_there_is_none(store: Store) -> None:
    with pytest.raises(PeopleError) as caught:
        agreements.current(store)
    assert caught.value.code == "agreement_missing"


@pytest.mark.parametrize(("zh", "en"), [("", "deal"), ("约定", " \n")])
def test_both_languages_are_needed(store: Store, world: FakeWorld, zh: str, en: str) -> None:
    with pytest.raises(PeopleError) as caught:
        agreements.publish(store, world, zh, en)
    assert caught.value.code == "agreement_empty"


def test_accepting_on_the_page_counts_as_evidenced(
    store: Store, world: FakeWorld, person: Person, agreement: int
) -> None:
    act = agreements.accept(store, world, person.id, agreement, via="page", evidence=None)
    found = persons.get(store, person.id)
    assert (found.accepted, found.evidenced) == (1, True)
    (entry,) = entries(store, AgreementAccepted)
    assert (entry.act, entry.version, entry.via, entry.evidenced) == (act, 1, "page", True)
    assert person.id not in str(entry)
    assert changes(store, "person") == [person.id]


@pytest.mark.parametrize("evidence", [None, {}])
def test_an_application_without_evidence_is_recorded_as_such(
    store: Store, world: FakeWorld, person: Person, agreement: int, evidence: dict[str, str] | None
) -> None:
    agreements.accept(store, world, person.id, agreement, via="application", evidence=evidence)
    found = persons.get(store, person.id)
    assert (found.accepted, found.evidenced) == (1, False)
    (entry,) = entries(store, AgreementAccepted)
    assert not entry.evidenced
    with store.read() as conn:
        assert conn.scalar(select(tables.acceptance.c.evidence)) is None


def test_evidence_is_kept_with_the_acceptance_alone(
    store: Store, world: FakeWorld, person: Person, agreement: int
) -> None:
    shown = {"at": "2026-01-05", "按钮": "同意"}
    agreements.accept(store, world, person.id, agreement, via="application", evidence=shown)
    assert persons.get(store, person.id).evidenced
    with store.read() as conn:
        written = conn.scalar(select(tables.acceptance.c.evidence))
    assert json.loads(written or "") == shown
    assert "同意" not in str(entries(store, AgreementAccepted))


def test_saying_it_again_adds_nothing_but_evidence(
    store: Store, world: FakeWorld, person: Person, agreement: int
) -> None:
    def accept(evidence: dict[str, str] | None) -> str:
        return agreements.accept(
            store, world, person.id, agreement, via="application", evidence=evidence
        )

    bare = accept(None)
    assert accept(None) == bare
    shown = accept({"ticket": "7"})
    assert shown != bare
    assert accept({"ticket": "8"}) == shown
    assert accept(None) == shown
    assert len(entries(store, AgreementAccepted)) == 2
    assert persons.get(store, person.id).evidenced


def test_a_new_version_asks_again(
    store: Store, world: FakeWorld, person: Person, agreement: int
) -> None:
    agreements.accept(store, world, person.id, agreement, via="page", evidence=None)
    second = agreements.publish(store, world, "约定二", "deal two")
    assert persons.get(store, person.id).accepted == 1
    with pytest.raises(PeopleError) as caught:
        agreements.accept(store, world, person.id, agreement, via="page", evidence=None)
    assert caught.value.code == "agreement_outdated"
    agreements.accept(store, world, person.id, second, via="application", evidence=None)
    found = persons.get(store, person.id)
    assert (found.accepted, found.evidenced) == (2, False)


def test_nobody_can_not_accept(store: Store, world: FakeWorld, agreement: int) -> None:
    with pytest.raises(PeopleError) as caught:
        agreements.accept(store, world, "0" * 32, agreement, via="page", evidence=None)
    assert caught.value.code == "person_unknown"
    assert entries(store, AgreementAccepted) == []


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        pytest.param({"a": "x" * 4090}, "evidence_too_large", id="one-byte-too-many"),
        pytest.param({"a": "\ud800"}, "evidence_malformed", id="lone-surrogate"),
    ],
)
def test_evidence_that_can_not_be_kept_is_told(
    *,
    store: Store,
    world: FakeWorld,
    person: Person,
    agreement: int,
    evidence: dict[str, str],
    code: str,
) -> None:
    with pytest.raises(PeopleError) as caught:
        agreements.accept(store, world, person.id, agreement, via="application", evidence=evidence)
    assert caught.value.code == code
    assert persons.get(store, person.id).accepted is None


def test_acceptances_that_race_an_erasure_leave_no_row(
    store: Store, keys: PersonKeys, world: FakeWorld, person: Person, agreement: int
) -> None:
    def accept(n: int) -> str:
        try:
            return agreements.accept(
                store, world, person.id, agreement, via="application", evidence={"n": n}
            )
        except PeopleError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        done = pool.map(accept, range(3))
        pool.submit(erase_person, store, keys, person.id, world).result()
        assert set(done) - {"person_unknown"} == {
            entry.act for entry in entries(store, AgreementAccepted)
        }
    with store.read() as conn:
        assert conn.execute(select(tables.acceptance)).all() == []
