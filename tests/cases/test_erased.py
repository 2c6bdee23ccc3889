"""A filer who is erased: their words are gone, their case is decided all the same."""

import pytest
from tests.cases.bench import Bench, statement
from tests.world import FakeWorld

from hegui.cases import CasesError, Texts, by_number, decide, open_text
from hegui.store import Store, tables
from hegui.vault import PersonKeys, erase_person


def test_an_erased_filer_leaves_a_case_without_words(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff, person = bench.staff(), bench.person()
    filed = bench.assigned(staff, person=person)
    other = bench.file("bleibt")
    erase_person(store, keys, person, world)
    assert keys.get(filed.case_id) is None
    assert open_text(store, keys, filed.case_id) == Texts()
    assert open_text(store, keys, other.case_id) == Texts(statement="bleibt")
    assert person not in str([bench.rows(table) for table in (tables.case_person,)])


def test_their_case_is_decided_and_number_and_secret_read_it(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff, person = bench.staff(), bench.person()
    filed = bench.assigned(staff, person=person)
    erase_person(store, keys, person, world)
    decide(store, keys, world, filed.case_id, staff, statement())
    case = by_number(store, keys, filed.number, filed.secret)
    assert case.outcome == "rejected"
    assert case.texts.statement is None
    assert case.texts.explanation == statement().explanation


def test_somebody_erased_files_nothing(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    person = bench.person()
    erase_person(store, keys, person, world)
    with pytest.raises(CasesError) as caught:
        bench.file(person=person)
    assert caught.value.code == "case_person"
    assert bench.rows(tables.case_file) == []
