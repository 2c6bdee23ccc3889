"""After an erasure nothing leads to the person, and everybody else is as before."""

from pathlib import Path

import pytest
from sqlalchemy import event
from tests.vault.acts import Acts, changes, count, entries
from tests.world import FakeWorld

from hegui.ledger.kinds import PersonErased
from hegui.store import Store, tables
from hegui.vault import CHAT, PersonKeys, VaultError, erase_person, read_texts
from hegui.world import new_id


def accept(acts: Acts, person_id: str) -> None:
    acts.insert(
        tables.acceptance,
        id=new_id(acts.world),
        person_id=person_id,
        version=1,
        at=acts.world.now(),
        via="application",
        evidence='{"ip":"203.0.113.9"}',
    )


def account(acts: Acts, pseudonym: str) -> None:
    held = new_id(acts.world)
    acts.insert(tables.account, id=held, pseudonym=pseudonym, passphrase="x", created=1)
    acts.insert(tables.session, digest=acts.world.token(32), account_id=held, created=1, expires=2)


@pytest.fixture
def agreement(acts: Acts) -> None:
    acts.insert(
        tables.agreement, version=1, digest="0" * 64, zh="约", en="deal", written=False, published=1
    )


@pytest.mark.usefixtures("agreement")
def test_everything_of_the_person_goes_and_of_others_nothing(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    app = acts.application()
    person, other = acts.person(app, "fern"), acts.person(app, "moss")
    for each in (person, other):
        for _ in range(2):
            act = acts.generation(each)
            acts.seal(each, act, "prompt", b"p")
            acts.seal(each, act, "answer", b"a", b"b")
        accept(acts, each)
    erase_person(store, keys, person, world)
    assert keys.get(person) is None
    assert keys.get(other) is not None
    assert read_texts(store, keys, act) == (b"p", [b"a", b"b"])
    for table, rows in {
        tables.person: 1,
        tables.generation_person: 2,
        tables.sealed: 6,
        tables.acceptance: 1,
        tables.generation: 4,  # the acts stay, and are nobody's
    }.items():
        assert count(store, table) == rows, table.name
    (entry,) = entries(store)
    assert isinstance(entry, PersonErased)
    assert (entry.texts, entry.links) == (4, 2)
    assert person not in str(entry)
    assert changes(store) == [("person", person)]


def test_the_chats_account_and_sessions_go_too(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    person = acts.person(acts.application(CHAT), "fern")
    account(acts, "fern")
    account(acts, "moss")
    erase_person(store, keys, person, world)
    assert count(store, tables.account) == 1
    assert count(store, tables.session) == 1


def case(acts: Acts, person_id: str, words: bytes = b"words") -> str:
    """Something that a person filed, as the room of cases leaves it."""
    held, now = new_id(acts.world), acts.world.now()
    acts.insert(
        tables.case_file,
        id=held,
        number=held[-24:],
        secret=b"",
        kind="appeal",
        subject=held,
        state="received",
        received=now,
        changed=now,
    )
    acts.insert(tables.case_person, case_id=held, person_id=person_id)
    acts.keys.create(held)
    for part in ("statement", "explanation"):
        acts.insert(tables.case_text, case_id=held, part=part, data=words)
    return held


def test_what_the_person_filed_loses_its_words_and_its_key(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    app = acts.application()
    person, other = acts.person(app, "fern"), acts.person(app, "moss")
    filed = [case(acts, person), case(acts, person)]
    theirs = case(acts, other)
    erase_person(store, keys, person, world)
    assert [keys.get(each) for each in filed] == [None, None]
    assert keys.get(theirs) is not None
    assert count(store, tables.case_text) == 2
    assert count(store, tables.case_person) == 1
    assert count(store, tables.case_file) == 3, "what is to be decided is decided still"
    (entry,) = entries(store)
    assert isinstance(entry, PersonErased)
    assert entry.texts == 4


def test_a_key_of_a_case_made_while_rows_were_being_deleted_goes_too(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    person = acts.person(acts.application())
    filed = case(acts, person)
    event.listen(store.engine, "commit", lambda _conn: keys.create(filed), once=True)
    erase_person(store, keys, person, world)
    assert keys.get(filed) is None


def test_another_applications_person_has_no_account_here(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    person = acts.person(acts.application("shop"), "fern")
    account(acts, "fern")
    erase_person(store, keys, person, world)
    assert count(store, tables.account) == 1


def test_somebody_unknown_is_told_and_a_key_left_over_still_goes(
    store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    stray = "5" * 32
    keys.create(stray)
    with pytest.raises(VaultError) as caught:
        erase_person(store, keys, stray, world)
    assert caught.value.code == "person_unknown"
    assert keys.get(stray) is None
    assert entries(store) == []


def test_a_second_time_there_is_nobody_left(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    person = acts.person(acts.application())
    erase_person(store, keys, person, world)
    with pytest.raises(VaultError) as caught:
        erase_person(store, keys, person, world)
    assert caught.value.code == "person_unknown"
    assert len(entries(store)) == 1


def test_a_key_made_while_rows_were_being_deleted_goes_too(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    person = acts.person(acts.application())
    event.listen(store.engine, "commit", lambda _conn: keys.create(person), once=True)
    erase_person(store, keys, person, world)
    assert keys.get(person) is None


def test_a_run_cut_after_the_key_is_finished_by_the_next(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    person = acts.person(acts.application())
    act = acts.generation(person)
    acts.seal(person, act, "prompt", b"p")
    keys.destroy(person)
    erase_person(store, keys, person, world)
    assert count(store, tables.person) == 0
    assert count(store, tables.sealed) == 0


def test_no_file_holds_the_pseudonym(
    acts: Acts, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    name = "rare-fern-pseudonym"
    app = acts.application()
    person = acts.person(app, name)
    acts.person(app, "rare-moss-pseudonym")
    erase_person(store, keys, person, world)
    database = Path(store.engine.url.database or "")
    held = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert name.encode() not in held
    # PostgreSQL's files are elsewhere and its operator's; there the row alone is looked for.
    assert not store.sqlite or b"rare-moss-pseudonym" in held
