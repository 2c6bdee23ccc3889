"""From house_0003 to house_0004: deadlines of cases become deadlines of anything, none is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    inspect,
    make_url,
    select,
    text,
)
from tests.world import FakeWorld

from hegui.store import Store, migrate, tables

CASES = ["a" * 32, "b" * 32]
RUNNING, DONE = "c" * 32, "d" * 32
CLOCK = {
    "name": "answer",
    "rule": "cn-app-method-2019/complaint.answer",
    "span": "15wd",
    "started": 1_000,
    "provisional": True,
    "calendar": "chinesecalendar 1.11.0 to 2026",
}
#: What a house at house_0003 holds; times are small so that they are told apart.
HELD: dict[str, list[dict[str, Any]]] = {
    "case_file": [
        {
            "id": case,
            "number": f"A-2026-000{n}",
            "secret": bytes(32),
            "kind": "appeal",
            "subject": str(n) * 32,
            "state": "received",
            "received": n,
            "changed": n,
            "assigned": None,
        }
        for n, case in enumerate(CASES)
    ],
    "clock": [
        {"id": RUNNING, "case_id": CASES[0], "due": 9_000, "stopped": None, **CLOCK},
        {"id": DONE, "case_id": CASES[1], "due": 8_000, "stopped": 7_000, **CLOCK},
    ],
    "clock_stage": [
        {"clock_id": RUNNING, "stage": "before", "at": 5_000, "fired": 5_001},
        {"clock_id": RUNNING, "stage": "due", "at": 9_000, "fired": None},
        {"clock_id": RUNNING, "stage": "after", "at": 9_500, "fired": None},
        {"clock_id": DONE, "stage": "before", "at": 4_000, "fired": 4_001},
    ],
    "outbox": [
        {
            "id": "e" * 32,
            "channel": "console",
            "topic": "clock.before",
            "subject": CASES[0],
            "created": 5_001,
            "next": 65_001,
            "tries": 1,
            "sent": None,
        }
    ],
    "notice": [{"id": "f" * 32, "topic": "case.filed", "subject": CASES[1], "at": 2, "done": None}],
}


@contextmanager
def closing_all(engine: Engine) -> Iterator[None]:
    try:
        yield
    finally:
        engine.dispose()


@pytest.fixture
def house(url: str, world: FakeWorld) -> Iterator[Store]:
    """A database that was at house_0003 and is opened by this version."""
    address = make_url(url).set(
        drivername="sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    )
    engine = create_engine(address)
    with closing_all(engine), engine.begin() as conn:
        older = Config()
        older.set_main_option("script_location", str(migrate.FOLDER).replace("%", "%%"))
        older.attributes["connection"] = conn
        command.upgrade(older, "house_0003")
        there = MetaData()
        there.reflect(conn, only=list(HELD))
        for name, held in HELD.items():
            conn.execute(there.tables[name].insert(), held)
    opened = Store.open(url, world=world)
    yield opened
    opened.close()


def rows(conn: Connection, table: Table) -> list[dict[str, Any]]:
    found = conn.execute(select(table).order_by(*table.primary_key)).mappings()
    return [dict(row) for row in found]


def test_every_deadline_is_there_and_about_its_case(house: Store) -> None:
    then = [
        {"about": "case", "subject": row.pop("case_id"), "paused": None, **row}
        for row in ({**each} for each in HELD["clock"])
    ]
    with house.read() as conn:
        assert rows(conn, tables.clock) == then


def test_stages_stay_as_they_were_fired_or_not(house: Store) -> None:
    by_key = sorted(HELD["clock_stage"], key=lambda row: (row["clock_id"], row["stage"]))
    with house.read() as conn:
        assert rows(conn, tables.clock_stage) == by_key
        assert rows(conn, tables.clock_pause) == []


def test_what_waits_to_be_told_still_waits(house: Store) -> None:
    with house.read() as conn:
        assert rows(conn, tables.outbox) == [{**HELD["outbox"][0], "failed": None}]
        assert rows(conn, tables.notice) == HELD["notice"]
        assert [row["id"] for row in rows(conn, tables.case_file)] == CASES


def test_it_is_the_house_of_now_with_its_indexes(house: Store) -> None:
    with house.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []
        found = inspect(conn)
        assert set(found.get_table_names()) == {*tables.metadata.tables, "alembic_version"}
        for name in ("clock_running", "clock_stage_at", "outbox_waiting", "notice_open"):
            assert _condition(conn, name), "an index of all rows would grow for ever"


def _condition(conn: Connection, index: str) -> bool:
    """Whether an index is of some rows only."""
    catalogue = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = :name",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = :name",
    }
    return "WHERE" in str(conn.scalar(text(catalogue[conn.dialect.name]), {"name": index}))


def test_a_stage_needs_its_clock(house: Store) -> None:
    with house.read() as conn:
        (key,) = inspect(conn).get_foreign_keys("clock_stage")
        assert (key["referred_table"], key["constrained_columns"]) == ("clock", ["clock_id"])


def test_the_columns_have_room_for_a_duty(house: Store) -> None:
    duty = "x" * 63 + "/" + "y" * 64
    with house.begin() as conn:
        row = {**CLOCK, "id": "0" * 32, "about": "duty", "subject": duty, "due": 1}
        conn.execute(tables.clock.insert(), {**row, "calendar": "z" * 64, "rule": duty})
        conn.execute(tables.outbox.update().values(subject=duty, failed="w" * 64))
        conn.execute(tables.notice.update().values(subject=duty))
