"""An opening is on record, whole or not at all, on both databases."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import Table, select
from tests.vault.acts import count, entries

from hegui.ledger import kinds
from hegui.people.errors import PeopleError
from hegui.people.openings import LEAST_NOTE, MOST_NOTE, REASONS, record_opening
from hegui.store import Store, tables

NOTE = "本人申诉，须核对原文是否误判。"


def insert(store: Store, table: Table, **row: Any) -> None:
    with store.begin() as conn:
        conn.execute(table.insert().values(row))


@pytest.fixture
def act(store: Store) -> str:
    """A generation with a sealed prompt, and a member of staff."""
    insert(store, tables.staff, id="5" * 32, name="May", role="reviewer", created=0)
    insert(store, tables.sealed, generation_id="9" * 32, part="prompt", seq=0, data=b"x", expires=1)
    return "9" * 32


def opened(store: Store, act: str, **fields: str) -> str:
    asked = {"staff_id": "5" * 32, "role": "reviewer", "reason": "appeal", "note": NOTE, **fields}
    return record_opening(store, store.world, act, **asked)


def case(store: Store, number: str, subject: str) -> None:
    row = {"id": number[-1] * 32, "number": number, "secret": b"", "kind": "appeal"}
    times = {"received": 1, "changed": 1}
    insert(store, tables.case_file, **row, **times, subject=subject, state="received")


@pytest.mark.parametrize("reason", REASONS)
def test_row_and_entry_say_the_same(store: Store, act: str, reason: str) -> None:
    opening = opened(store, act, reason=reason, note=f"  {NOTE}\0 ")
    with store.read() as conn:
        row = conn.execute(select(tables.opening)).one()
    assert (row.id, row.generation_id, row.staff_id) == (opening, act, "5" * 32)
    assert (row.reason, row.note, row.at) == (reason, NOTE, store.world.now())
    (entry,) = entries(store)
    assert isinstance(entry, kinds.TextOpened)
    assert (entry.act, entry.generation, entry.reason) == (opening, act, reason)
    assert entry.note == hashlib.sha256(NOTE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": "curious"}, "opening_reason"),
        ({"note": "x" * (LEAST_NOTE - 1)}, "opening_note_short"),
        ({"note": " " * 99}, "opening_note_short"),
        ({"note": "x" * (MOST_NOTE + 1)}, "opening_note_long"),
        ({"case_number": "A-2026-0404"}, "opening_case_unknown"),
        ({"case_number": "A\0B"}, "opening_case_unknown"),
        ({"case_number": "A-2026-0002"}, "opening_case_other"),
    ],
)
def test_what_is_refused_leaves_nothing(
    store: Store, act: str, fields: dict[str, str], code: str
) -> None:
    case(store, "A-2026-0002", "0" * 32)
    with pytest.raises(PeopleError) as refused:
        opened(store, act, **fields)
    assert refused.value.code == code
    assert count(store, tables.opening) == 0
    assert entries(store) == []


def test_a_text_that_is_gone_leaves_nothing(store: Store, act: str) -> None:
    with pytest.raises(PeopleError, match="opening_nothing"):
        opened(store, "8" * 32)
    assert entries(store) == []


def test_a_case_is_found_by_the_decision_that_it_is_about(store: Store, act: str) -> None:
    insert(
        store,
        tables.decision,
        id="d" * 32,
        generation_id=act,
        at=1,
        side="input",
        place="p",
        category="c",
        pack="p",
        pack_version="1",
        author="a",
        automated=True,
    )
    case(store, "A-2026-0001", "d" * 32)
    case(store, "C-2026-0003", act)
    for number in ("A-2026-0001", " c-2026-0003 "):
        opened(store, act, case_number=number)
    with store.read() as conn:
        assert {row.case_id for row in conn.execute(select(tables.opening))} == {
            "1" * 32,
            "3" * 32,
        }
