"""Word packs as people read them: counted once, and a few words at a time."""

from pathlib import Path

import pytest
from benchmarks.statements import counted
from tests.people.packs import csv, settings
from tests.world import FakeWorld

from hegui.people import PeopleError, pack_list, word_packs
from hegui.people.pack_list import Category, PackList
from hegui.screen import Word, shipped_packs
from hegui.store import Store

NONE = settings(shipped=False)


def phrases(first: int, end: int) -> list[str]:
    return [f"listed phrase number {n}" for n in range(first, end)]


def test_packs_in_force_are_counted_by_category_and_action(store: Store, world: FakeWorld) -> None:
    reviewed = "".join(f"{word},spam,review\n" for word in phrases(3, 8))
    data = csv("ours", "1", phrases(0, 3)) + reviewed.encode()
    word_packs.add(store, world, data, "csv", by="s" * 32)
    (listed,) = PackList(store, NONE).listing()
    assert (listed.name, listed.version, listed.author) == ("ours", "1", "Trust team")
    assert (listed.source, listed.since, listed.by) == ("added", world.now(), "s" * 32)
    assert (listed.words, listed.withdrawn) == (8, None)
    assert listed.categories == (Category("spam", 0, 5), Category("fraud", 3, 0))


def test_settings_come_first_and_have_no_date(
    store: Store, world: FakeWorld, tmp_path: Path
) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes(csv("own", "1"))
    word_packs.add(store, world, csv("added", "1"), "csv")
    listed = PackList(store, settings(files=[str(file)])).listing()
    assert [(one.source, one.since) for one in listed] == [
        ("shipped", None),
        ("file", None),
        ("added", world.now()),
    ]
    assert listed[0].words == sum(len(pack.words) for pack in shipped_packs())


def test_a_pack_is_read_once_and_counted_anew_when_it_changes(
    store: Store, world: FakeWorld
) -> None:
    packs = PackList(store, NONE)
    word_packs.add(store, world, csv("ours", "1", phrases(0, 2)), "csv")
    costs = []
    for _ in range(2):
        with counted(store) as statements:
            assert [one.words for one in packs.listing()] == [2]
        costs.append(len(statements))
    assert costs == [2, 1]
    word_packs.add(store, world, csv("ours", "2", phrases(0, 5)), "csv")
    assert [(one.version, one.words) for one in packs.listing()] == [("2", 5)]


def test_earlier_versions_are_listed_the_last_withdrawn_first(
    store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = PackList(store, NONE)
    for version in "1234":
        word_packs.add(store, world, csv("ours", version), "csv")
        world.tick(1000)
    assert [one.version for one in packs.earlier()] == ["3", "2", "1"]
    assert packs.earlier()[0].withdrawn == world.now() - 1000
    monkeypatch.setattr(pack_list, "MOST_EARLIER", 2)
    assert [one.version for one in packs.earlier()] == ["3", "2"]


def test_words_come_a_few_at_a_time(store: Store, world: FakeWorld) -> None:
    packs = PackList(store, NONE)
    pack = word_packs.add(store, world, csv("ours", "1", phrases(0, 450)), "csv")
    listed, first = packs.words(pack.digest, 0, 200)
    assert (listed.words, first) == (450, list(pack.words[:200]))
    assert packs.words(pack.digest, 400, 200)[1] == list(pack.words[400:])
    assert packs.words(pack.digest, 600, 200)[1] == []
    word_packs.withdraw(store, world, "ours")
    gone, words = packs.words(pack.digest, 0, 1)
    assert (gone.withdrawn, words) == (world.now(), [pack.words[0]])


def test_words_of_the_settings_packs_are_read_when_asked_for(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes(csv("own", "1"))
    packs = PackList(store, settings(files=[str(file)]))
    shipped, own = packs.listing()
    assert packs.words(own.digest, 0, 9)[1] == [Word("a listed phrase", "fraud", "stop")]
    assert len(packs.words(shipped.digest, 0, 9)[1]) == 9
    file.write_bytes(csv("own", "2"))
    with pytest.raises(PeopleError, match="pack_missing"):
        packs.words(own.digest, 0, 9)


def test_a_digest_that_is_no_packs(store: Store) -> None:
    with pytest.raises(PeopleError, match="pack_missing"):
        PackList(store, NONE).words("0" * 64, 0, 1)
