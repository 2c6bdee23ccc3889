import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text
from tests.world import FakeWorld

from hegui.store import Store, StoreError, migrate, tables

EACH = pytest.mark.parametrize("metadata", [tables.metadata, tables.key_metadata])


@EACH
def test_the_head_is_the_tables(url: str, metadata: MetaData, world: FakeWorld) -> None:
    store = Store.open(url, tables=metadata, world=world)
    with store.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(conn).get_table_names()) == {*metadata.tables, "alembic_version"}
    store.close()


@EACH
def test_revisions_lead_to_what_a_new_database_is(
    url: str, metadata: MetaData, world: FakeWorld
) -> None:
    store = Store.open(url, tables=metadata, world=world)
    with store.begin() as conn:
        made = _schema(conn)
        everything = MetaData()
        everything.reflect(conn)
        everything.drop_all(conn)
        migrate.upgrade(conn, metadata)
        assert _schema(conn) == made
        assert migrate.is_current(conn, metadata)
    store.close()


def test_the_known_heads_are_those_of_the_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    scripts = ScriptDirectory.from_config(config)
    heads = {name: scripts.get_revision(f"{name}@head") for name in migrate.HEADS}
    assert {name: head.revision for name, head in heads.items() if head} == migrate.HEADS
    assert set(scripts.get_heads()) == set(migrate.HEADS.values())


@EACH
def test_opening_again_changes_nothing(url: str, metadata: MetaData, world: FakeWorld) -> None:
    table = next(iter(metadata.sorted_tables))
    row = {column.name: column.type.python_type() for column in table.columns}
    for opened in range(2):
        store = Store.open(url, tables=metadata, world=world)
        with store.begin() as conn:
            found = conn.execute(table.select()).all()
            assert len(found) == opened
            if not opened:
                conn.execute(table.insert(), row)
        store.close()


def test_two_that_start_at_once_migrate_once(url: str) -> None:
    def start(number: int) -> Store:
        return Store.open(url, world=FakeWorld(number))

    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(start, range(4)))
    for store in stores:
        with store.read() as conn:
            assert migrate.is_current(conn, tables.metadata)
        store.close()


def test_a_database_of_a_later_version_is_left_alone(url: str, world: FakeWorld) -> None:
    store = Store.open(url, world=world)
    with store.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = 'house_9999'"))
    store.close()
    with pytest.raises(StoreError) as caught:
        Store.open(url, world=world)
    assert caught.value.code == "store_newer"


def test_the_keys_have_no_place_in_the_house(store: Store) -> None:
    with store.read() as conn:
        assert not inspect(conn).has_table("person_key")
        assert not migrate.is_current(conn, tables.key_metadata)


def _schema(conn: Connection) -> set[tuple[str, ...]]:
    """What the database says of each table and index; the order of what stands in one is nobody's.

    A revision appends a column that the table of now may state before others.
    """
    catalogue = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL",
        "postgresql": """
            SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT conrelid::regclass::text, pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT table_name, concat_ws(' ', column_name, data_type,
            character_maximum_length, is_nullable, column_default)
            FROM information_schema.columns WHERE table_schema = 'public'""",
    }
    rows = conn.execute(text(catalogue[conn.dialect.name]))
    return {(name, *sorted(re.split(r"[\s,\"]+", said))) for name, said in rows}
