"""Records of scope: kept for ever with their evidence, and asked for again in time."""

import hashlib

import msgspec
import pytest
from sqlalchemy import select
from tests.world import FakeWorld

from hegui.duties import scope, scope_drafts
from hegui.law import Book, LawError, shipped_book
from hegui.law.scope import to_json
from hegui.people.staff import StaffBook
from hegui.store import Store, tables

CHAT = {"public_prc": True, "model_route": "filed_api", "outputs": ["text"]}
DAY = 86_400_000


def entries(store: Store) -> list[dict[str, object]]:
    with store.read() as conn:
        rows = conn.scalars(select(tables.entry.c.body).order_by(tables.entry.c.id))
        return [msgspec.json.decode(body) for body in rows]


def test_a_record_is_kept_with_its_evidence(store: Store, world: FakeWorld) -> None:
    made = scope.record(store, world, CHAT)
    assert scope.latest(store) == scope.one(store, made.id) == made
    assert (made.at, made.staff, made.answers) == (world.now(), None, CHAT)
    (entry,) = entries(store)
    assert (entry["kind"], entry["act"]) == ("profile.recorded", made.id)
    assert entry["result"] == hashlib.sha256(to_json(made)).hexdigest()
    assert entry["duties"] == made.owed(True) > 0
    assert entry["unknown"] == made.owed(None) > 0
    assert "filed_api" not in str(entry)


def test_before_the_first_there_is_none(store: Store) -> None:
    assert scope.latest(store) is None
    assert scope.history(store) == []
    assert scope.one(store, "0" * 32) is None


def test_every_earlier_record_stays_as_it_was(store: Store, world: FakeWorld) -> None:
    made = []
    for answers in (CHAT, {**CHAT, "opinion": True}, {}):
        made.append(scope.record(store, world, answers))
        world.tick(DAY)
    first, second, third = made
    assert [one.id for one in scope.history(store)] == [third.id, second.id, first.id]
    assert [one.id for one in scope.history(store, most=1)] == [third.id]
    assert scope.one(store, first.id) == first
    assert scope.before(store, third) == second
    assert scope.before(store, first) is None


def test_a_wrong_answer_keeps_nothing(store: Store, world: FakeWorld) -> None:
    with pytest.raises(LawError, match="fact_unknown"):
        scope.record(store, world, {**CHAT, "publik": True})
    assert scope.history(store) == []
    assert entries(store) == []


def test_it_is_asked_again_by_age_and_when_packs_change(store: Store, world: FakeWorld) -> None:
    made = scope.record(store, world, CHAT)
    book = shipped_book()
    young = scope.review(made, book, made.at)
    assert (young.needed, young.packs) == (False, ())
    assert not scope.review(made, book, young.due).overdue
    old = scope.review(made, book, young.due + 1)
    assert old.overdue
    assert old.needed
    fewer = Book([one for one in book.packs if one.name != "cn-minors"])
    changed = scope.review(made, fewer, made.at)
    assert (changed.needed, changed.packs) == (True, ("cn-minors",))


def test_a_draft_waits_for_its_own_and_goes_with_the_record(store: Store, world: FakeWorld) -> None:
    book = StaffBook(store, world)
    mine, other = (book.add(name, "officer").id for name in ("Mei", "Lin"))
    before = entries(store)
    scope_drafts.keep(store, world, {"opinion": True}, other)
    scope_drafts.keep(store, world, {"opinion": False}, mine)
    scope_drafts.keep(store, world, {"outputs": ("text",), "registered": 7}, mine)
    draft = scope_drafts.of(store, mine)
    assert draft is not None
    assert draft.answers == {"outputs": ["text"], "registered": 7}
    assert entries(store) == before
    scope.record(store, world, CHAT, mine)
    assert scope_drafts.of(store, mine) is None
    assert scope_drafts.of(store, other) is not None
    scope_drafts.drop(store, other)
    assert scope_drafts.of(store, other) is None
