from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.store import Insert, tables
from hegui.store.insert import SIZES

NAMES = ("generation_id", "person_id")
PERSON = Insert(tables.generation_person, *NAMES, sqlite=True)


def test_the_statements_of_both_databases() -> None:
    rows: list[tuple[Any, ...]] = [("g1", "p1"), ("g2", "p2")]
    into = "INTO generation_person (generation_id, person_id) VALUES "
    assert list(PERSON.statements(rows)) == [
        (f"INSERT OR FAIL {into}(?, ?), (?, ?)", ("g1", "p1", "g2", "p2")),
    ]
    postgresql = Insert(tables.generation_person, *NAMES, sqlite=False)
    assert list(postgresql.statements(rows)) == [
        (
            f"INSERT {into}($1::VARCHAR, $2::VARCHAR), ($3::VARCHAR, $4::VARCHAR)",
            ("g1", "p1", "g2", "p2"),
        ),
    ]


@settings(deadline=None)
@given(st.integers(0, 1_000))
def test_every_row_once_in_order_and_few_statements(count: int) -> None:
    rows: list[tuple[Any, ...]] = [(f"g{number}", "p") for number in range(count)]
    statements = list(PERSON.statements(rows))
    assert [value for _, values in statements for value in values[::2]] == [row[0] for row in rows]
    sizes = [len(values) // 2 for _, values in statements]
    assert set(sizes) <= set(SIZES)
    assert len(statements) <= count // max(SIZES) + 4


def test_the_database_numbers_entries_and_fills_in_null() -> None:
    insert = Insert(tables.entry, "kind", "act", "at", "body", sqlite=True)
    ((sql, values),) = insert.statements([("k", "a", 1, b"{}")])
    assert sql == "INSERT OR FAIL INTO entry (kind, act, at, body) VALUES (?, ?, ?, ?)"
    assert values == ("k", "a", 1, b"{}")


@pytest.mark.parametrize(
    "names",
    [
        ("generation_id",),
        ("generation_id", "person_id", "colour"),
        ("person_id", "generation_id"),
        ("generation_id", "generation_id", "person_id"),
        (),
    ],
)
def test_columns_that_do_not_fit_are_mistakes(names: tuple[str, ...]) -> None:
    with pytest.raises(TypeError, match="person_id"):
        Insert(tables.generation_person, *names, sqlite=True)
