"""What the vault gives back of a generation, and how it tells that something is missing."""

import pytest
from tests.vault.acts import Acts

from hegui.store import Store, tables
from hegui.vault import PersonKeys, VaultError, read_texts


def test_prompt_and_segments_come_back_without_their_salts(
    acts: Acts, store: Store, keys: PersonKeys
) -> None:
    person = acts.person(acts.application())
    act = acts.generation(person)
    acts.seal(person, act, "prompt", b'{"messages":[]}')
    acts.seal(person, act, "answer", b"one\n", b"two\n", b"", b"four\n")
    prompt, answer = read_texts(store, keys, act)
    assert prompt == b'{"messages":[]}'
    assert answer == [b"one\n", b"two\n", b"", b"four\n"]


def test_ten_segments_and_more_stay_in_order(acts: Acts, store: Store, keys: PersonKeys) -> None:
    person = acts.person(acts.application())
    act = acts.generation(person)
    segments = [f"{n}\n".encode() for n in range(23)]
    acts.seal(person, act, "answer", *segments)
    assert read_texts(store, keys, act).answer == segments


def test_nothing_sealed_is_nothing(acts: Acts, store: Store, keys: PersonKeys) -> None:
    act = acts.generation(acts.person(acts.application()))
    assert read_texts(store, keys, act) == (None, [])
    assert read_texts(store, keys, "0" * 32) == (None, [])


def test_without_the_key_nothing_is_read(acts: Acts, store: Store, keys: PersonKeys) -> None:
    person = acts.person(acts.application())
    act = acts.generation(person)
    acts.seal(person, act, "prompt", b"words")
    keys.destroy(person)
    assert read_texts(store, keys, act) == (None, [])


def test_without_the_link_nothing_is_read(acts: Acts, store: Store, keys: PersonKeys) -> None:
    person = acts.person(acts.application())
    act = acts.generation(person)
    acts.seal(person, act, "prompt", b"words")
    with store.begin() as conn:
        conn.execute(tables.generation_person.delete())
    assert read_texts(store, keys, act) == (None, [])


@pytest.mark.parametrize("missing", [0, 1])
def test_a_gap_is_told(acts: Acts, store: Store, keys: PersonKeys, missing: int) -> None:
    person = acts.person(acts.application())
    act = acts.generation(person)
    acts.seal(
        person, act, "answer", b"first segment, long enough to hold a salt\n", b"x" * 40, b"z"
    )
    with store.begin() as conn:
        conn.execute(tables.sealed.delete().where(tables.sealed.c.seq == missing))
    with pytest.raises(VaultError) as caught:
        read_texts(store, keys, act)
    assert caught.value.code == "sealed_incomplete"


def test_a_first_segment_without_a_salt_is_told(acts: Acts, store: Store, keys: PersonKeys) -> None:
    person = acts.person(acts.application())
    act = acts.generation(person)
    acts.seal_one(person, act, "prompt", seq=0, plaintext=b"shorter than a salt")
    with pytest.raises(VaultError) as caught:
        read_texts(store, keys, act)
    assert caught.value.code == "sealed_incomplete"


def test_another_persons_row_in_its_place_is_told(
    acts: Acts, store: Store, keys: PersonKeys
) -> None:
    app = acts.application()
    one, other = acts.person(app, "one"), acts.person(app, "other")
    act = acts.generation(one)
    acts.seal(other, act, "prompt", b"words of somebody else")
    with pytest.raises(VaultError) as caught:
        read_texts(store, keys, act)
    assert caught.value.code == "sealed_broken"
