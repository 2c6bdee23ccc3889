"""Word packs come into force and go out of it, each with its evidence."""

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select
from tests.people.evidence import changes, entries
from tests.people.packs import csv, settings
from tests.world import FakeWorld

from hegui.ledger import kinds
from hegui.people import PeopleError, word_packs
from hegui.screen import ScreenError, load_pack
from hegui.store import Store, tables


def standing(store: Store) -> list[tuple[str, str]]:
    """Name and version of the added packs in force."""
    packs = word_packs.in_force(store, settings(shipped=False))
    assert all(source == "added" for source, _ in packs)
    return [(pack.name, pack.version) for _, pack in packs]


def code(error: pytest.ExceptionInfo[PeopleError]) -> str:
    return error.value.code


def test_a_pack_comes_into_force_with_evidence_and_notice(store: Store, world: FakeWorld) -> None:
    data = csv("ours", "1", ["a bad phrase", "another one"])
    pack = word_packs.add(store, world, data, "csv", by=None)
    assert standing(store) == [("ours", "1")]
    (entry,) = entries(store, kinds.WordsAdded)
    assert (entry.pack, entry.version, entry.words) == ("ours", "1", 2)
    assert entry.digest == pack.digest == load_pack(data, "csv").digest
    assert changes(store, "words") == ["ours"]


def test_who_added_it_is_kept(store: Store, world: FakeWorld) -> None:
    word_packs.add(store, world, csv("ours", "1"), "csv", by="s" * 32)
    word_packs.add(store, world, csv("theirs", "1"), "csv")
    with store.read() as conn:
        by = dict(conn.execute(select(tables.word_pack.c.name, tables.word_pack.c.added_by)).all())
    assert by == {"ours": "s" * 32, "theirs": None}


def test_a_new_version_takes_the_place_of_the_old(store: Store, world: FakeWorld) -> None:
    word_packs.add(store, world, csv("ours", "1"), "csv")
    word_packs.add(store, world, csv("theirs", "1"), "csv")
    world.tick(1000)
    word_packs.add(store, world, csv("ours", "2"), "csv")
    assert standing(store) == [("ours", "2"), ("theirs", "1")]


def test_what_is_in_force_already_leaves_no_second_entry(store: Store, world: FakeWorld) -> None:
    for _ in range(2):
        word_packs.add(store, world, csv("ours", "1"), "csv")
    assert len(entries(store, kinds.WordsAdded)) == 1


def test_an_earlier_version_comes_back(store: Store, world: FakeWorld) -> None:
    first = word_packs.add(store, world, csv("ours", "1", ["old phrase"]), "csv")
    word_packs.add(store, world, csv("ours", "2"), "csv")
    world.tick(1000)
    assert word_packs.restore(store, world, first.digest, by="s" * 32) == first
    assert standing(store) == [("ours", "1")]
    last = entries(store, kinds.WordsAdded)[-1]
    assert (last.version, last.digest, last.at) == ("1", first.digest, world.now())


def test_a_version_that_never_was_cannot_come_back(store: Store, world: FakeWorld) -> None:
    with pytest.raises(PeopleError) as error:
        word_packs.restore(store, world, "0" * 64)
    assert code(error) == "pack_missing"


def test_the_same_version_with_other_words_is_refused(store: Store, world: FakeWorld) -> None:
    word_packs.add(store, world, csv("ours", "1", ["one phrase"]), "csv")
    with pytest.raises(PeopleError) as error:
        word_packs.add(store, world, csv("ours", "1", ["two phrase"]), "csv")
    assert code(error) == "pack_known"
    assert len(entries(store, kinds.WordsAdded)) == 1


def test_withdrawing_is_evidence_too(store: Store, world: FakeWorld) -> None:
    word_packs.add(store, world, csv("ours", "1"), "csv")
    assert word_packs.withdraw(store, world, "ours") == "1"
    assert standing(store) == []
    (last,) = entries(store, kinds.WordsWithdrawn)
    assert (last.pack, last.version) == ("ours", "1")
    with pytest.raises(PeopleError) as error:
        word_packs.withdraw(store, world, "ours")
    assert code(error) == "pack_unknown"


def test_a_bad_file_changes_nothing(store: Store, world: FakeWorld) -> None:
    with pytest.raises(ScreenError):
        word_packs.add(store, world, b"word,category,action\n", "csv")
    assert (standing(store), entries(store, kinds.Entry)) == ([], [])


@pytest.mark.parametrize(("name", "version"), [("n" * 65, "1"), ("n", "1" * 33)])
def test_a_head_too_long_for_decisions_is_refused(
    store: Store, world: FakeWorld, name: str, version: str
) -> None:
    with pytest.raises(PeopleError) as error:
        word_packs.add(store, world, csv(name, version), "csv")
    assert code(error) == "pack_head_long"
    word_packs.add(store, world, csv(name[:64], version[:32]), "csv")


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.toml", "toml"), ("a.csv", "csv"), ("b/a.TOML", "toml"), ("词表.Csv", "csv")],
)
def test_the_format_is_told_by_the_name(name: str, form: str) -> None:
    assert word_packs.format_of(name) == form


@pytest.mark.parametrize("name", ["a.txt", "toml", "", "csv.", "a.csv.gz"])
def test_another_name_is_refused(name: str) -> None:
    with pytest.raises(PeopleError) as error:
        word_packs.format_of(name)
    assert code(error) == "pack_name"


def test_shipped_and_files_stand_before_the_added(
    store: Store, world: FakeWorld, tmp_path: Path
) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes(csv("own", "1"))
    word_packs.add(store, world, csv("added", "1"), "csv")
    packs = word_packs.in_force(store, settings(files=[str(file)]))
    assert [(source, pack.name) for source, pack in packs] == [
        ("shipped", "scams-malware"),
        ("file", "own"),
        ("added", "added"),
    ]
    file.unlink()
    with pytest.raises(PeopleError) as error:
        word_packs.in_force(store, settings(files=[str(file)]))
    assert code(error) == "pack_unreadable"


def test_a_stored_pack_reads_as_it_was_brought(store: Store, world: FakeWorld) -> None:
    data = csv("ours", "1", ["one phrase", "two phrase"])
    pack = word_packs.add(store, world, data, "csv")
    assert word_packs.stored(store, pack.digest) == word_packs.standing(store, "ours") == pack
    assert word_packs.standing(store, "theirs") is None
    assert word_packs.stored(store, "0" * 64) is None
    with store.read() as conn:
        assert conn.scalar(select(tables.word_pack.c.body)) == data
        stored = conn.scalar(select(tables.word_pack.c.words))
    assert stored == msgspec.msgpack.encode(pack)
