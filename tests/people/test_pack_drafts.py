"""A pack waits for whoever brought it, and what would change is counted."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people.packs import csv
from tests.world import FakeWorld

from hegui.people import PeopleError, pack_drafts, word_packs
from hegui.people.pack_drafts import Change, changes
from hegui.people.staff import Staff, StaffBook
from hegui.screen import Pack, ScreenError, Word
from hegui.screen.pack import fold_word
from hegui.store import Store


@pytest.fixture
def who(store: Store, world: FakeWorld) -> Staff:
    return StaffBook(store, world).add("officer", "officer")


def pack(*words: Word) -> Pack:
    return Pack("ours", "us", "1", words, "0" * 64)


def test_a_draft_waits_until_it_is_dropped(store: Store, world: FakeWorld, who: Staff) -> None:
    assert pack_drafts.draft(store, who.id) is None
    data = csv("ours", "1")
    kept = pack_drafts.keep(store, world, who.id, "our words.csv", data)
    draft = pack_drafts.draft(store, who.id)
    assert draft == ("our words.csv", "csv", data, world.now(), kept)
    assert pack_drafts.waiting(store, who.id) == ("our words.csv", world.now())
    pack_drafts.drop(store, who.id)
    assert pack_drafts.waiting(store, who.id) is None


def test_a_draft_has_no_effect_and_leaves_no_trace(
    store: Store, world: FakeWorld, who: Staff
) -> None:
    pack_drafts.keep(store, world, who.id, "a.csv", csv("ours", "1"))
    assert word_packs.standing(store, "ours") is None
    other = StaffBook(store, world).add("other", "owner")
    assert pack_drafts.draft(store, other.id) is None


def test_the_next_file_takes_its_place_and_a_bad_one_does_not(
    store: Store, world: FakeWorld, who: Staff
) -> None:
    pack_drafts.keep(store, world, who.id, "a.csv", csv("ours", "1"))
    pack_drafts.keep(store, world, who.id, "b.csv", csv("ours", "2"))
    with pytest.raises(ScreenError):
        pack_drafts.keep(store, world, who.id, "c.csv", b"nonsense")
    with pytest.raises(PeopleError, match="pack_name"):
        pack_drafts.keep(store, world, who.id, "c.txt", csv("ours", "3"))
    assert pack_drafts.waiting(store, who.id) == ("b.csv", world.now())


def test_other_content_under_a_known_version_is_told_at_once(
    store: Store, world: FakeWorld, who: Staff
) -> None:
    word_packs.add(store, world, csv("ours", "1"), "csv")
    with pytest.raises(PeopleError, match="pack_known"):
        pack_drafts.keep(store, world, who.id, "a.csv", csv("ours", "1", ["other phrase"]))
    pack_drafts.keep(store, world, who.id, "a.csv", csv("ours", "1"))


def test_changes_are_counted_by_normal_form() -> None:
    old = pack(
        Word("Same Phrase", "fraud", "stop"),
        Word("goes away", "fraud", "stop"),
        Word("moves house", "fraud", "stop"),
        Word("is softened", "spam", "stop"),
    )
    new = pack(
        Word("ｓａｍｅ phrase", "fraud", "stop"),
        Word("moves house", "spam", "stop"),
        Word("is softened", "spam", "review"),
        Word("comes new", "news", "stop"),
    )
    total, by = changes(old, new)
    assert total == Change("", added=1, removed=1, changed=2, same=1)
    assert by == [
        Change("fraud", removed=1, same=1),
        Change("news", added=1),
        Change("spam", changed=2),
    ]


def test_without_a_pack_before_all_is_new() -> None:
    total, by = changes(None, pack(Word("one phrase", "fraud", "stop")))
    assert total.added == by[0].added == 1


WORDS = st.lists(
    st.builds(
        Word,
        st.sampled_from(["Ab", "ＡＢ", "cd", "ef", "gh"]),
        st.sampled_from(["fraud", "spam"]),
        st.sampled_from(["stop", "review"]),
    ),
    unique_by=lambda word: fold_word(word.word),
)


@given(WORDS, WORDS)
def test_the_counts_add_up_to_both_packs(old: list[Word], new: list[Word]) -> None:
    total, by = changes(pack(*old), pack(*new))
    assert total.added + total.changed + total.same == len(new)
    assert total.removed + total.changed + total.same == len(old)
    each = Counter({one.category: one.added + one.changed + one.same for one in by})
    assert +each == Counter(word.category for word in new)
