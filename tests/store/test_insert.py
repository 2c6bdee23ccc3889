from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.store import Insert, tables
from hegui.store.insert import LARGEST

PERSON = Insert(tables.generation_person, sqlite=True)


def test_the_statements_of_both_databases() -> None:
    rows: list[tuple[Any, ...]] = [("g1", "p1"), ("g2", "p2")]
    head = "INSERT INTO generation_person (generation_id, person_id) VALUES "
    assert list(PERSON.statements(rows)) == [
        (head + "(?, ?), (?, ?)", ("g1", "p1", "g2", "p2")),
    ]
    assert list(Insert(tables.generation_person, sqlite=False).statements(rows)) == [
        (
            head + "($1::VARCHAR, $2::VARCHAR), ($3::VARCHAR, $4::VARCHAR)",
            ("g1", "p1", "g2", "p2"),
        ),
    ]


@given(st.integers(0, 1_000))
def test_every_row_once_in_order_and_few_statements(count: int) -> None:
    rows: list[tuple[Any, ...]] = [(f"g{number}", "p") for number in range(count)]
    statements = list(PERSON.statements(rows))
    assert [value for _, values in statements for value in values[::2]] == [row[0] for row in rows]
    sizes = [len(values) // 2 for _, values in statements]
    assert all(size <= LARGEST and size.bit_count() == 1 for size in sizes)
    assert len(statements) <= count // LARGEST + 6


def test_a_row_is_in_the_order_of_the_columns() -> None:
    outcome = Insert(tables.outcome, sqlite=True)
    row = outcome.row(
        answer_chars=3,
        prompt_bytes=2,
        ended=1,
        upstream="demo",
        code="stop",
        kind="delivered",
        generation_id="g",
    )
    assert row == ("g", "delivered", "stop", "demo", 1, None, 2, 3)


def test_the_database_numbers_entries() -> None:
    row = Insert(tables.entry, sqlite=True).row(kind="k", act="a", at=1, body=b"{}")
    assert row == (None, "k", "a", 1, b"{}")


def test_rows_that_do_not_fit_are_mistakes() -> None:
    with pytest.raises(TypeError, match="person_id"):
        PERSON.row(generation_id="g")
    with pytest.raises(TypeError, match="colour"):
        PERSON.row(generation_id="g", person_id="p", colour="red")
