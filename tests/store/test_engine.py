import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Executable, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from tests.conftest import Databases
from tests.world import FakeWorld

from hegui.store import Store, StoreError, engine, tables


def put(conn: Connection, name: str) -> None:
    row = {"name": name, "holder": "h", "renewed": 1, "until": 2}
    conn.execute(tables.lease.insert(), row)


def names(store: Store) -> list[str]:
    with store.read() as conn:
        return list(conn.execute(select(tables.lease.c.name).order_by("name")).scalars())


@pytest.fixture
def sqlite(databases: Databases, world: FakeWorld) -> tuple[Store, Path]:
    url = databases.fresh("sqlite")
    return Store.open(url, world=world), Path(url.removeprefix("sqlite:///"))


def test_what_is_written_is_read_back(store: Store) -> None:
    with store.begin() as conn:
        put(conn, "a")
    assert names(store) == ["a"]


def test_an_error_in_the_block_undoes_all_of_it(store: Store) -> None:
    def act() -> None:
        with store.begin() as conn:
            put(conn, "a")
            raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        act()
    assert names(store) == []


def test_a_broken_constraint_is_told_as_itself(store: Store) -> None:
    with store.begin() as conn:
        put(conn, "a")
    with pytest.raises(IntegrityError), store.begin() as conn:
        put(conn, "a")


def test_a_wrong_statement_is_no_outage(store: Store) -> None:
    with pytest.raises(DBAPIError), store.read() as conn:
        conn.execute(text("SELECT 1 FROM nowhere"))


def test_nothing_is_written_while_reading(store: Store) -> None:
    with pytest.raises(DBAPIError), store.read() as conn:
        put(conn, "a")
    assert names(store) == []
    with store.begin() as conn:
        put(conn, "b")
    assert names(store) == ["b"]


def test_a_reader_sees_one_moment(store: Store) -> None:
    count = select(tables.lease.c.name)
    with store.read() as reading:
        assert reading.execute(count).all() == []
        with store.begin() as writing:
            put(writing, "a")
        assert reading.execute(count).all() == []
    assert names(store) == ["a"]


def test_foreign_keys_are_kept(store: Store) -> None:
    key = {"id": "k", "application_id": "nobody", "digest": b"d", "hint": "h", "created": 1}
    with pytest.raises(IntegrityError), store.begin() as conn:
        conn.execute(tables.api_key.insert(), key)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "house.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://localhost/house",
        "postgresql+asyncpg://localhost/house",
        "postgresql://localhost:port/house",
    ],
)
def test_other_addresses_are_refused(url: str, world: FakeWorld) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(url, world=world)
    assert caught.value.code == "store_url"


def test_an_address_where_nothing_is(tmp_path: Path, world: FakeWorld) -> None:
    for url in (
        f"sqlite:///{tmp_path}/missing/house.db",
        f"sqlite:///{tmp_path}",
        f"postgresql://nobody@/house?host={tmp_path}",
    ):
        with pytest.raises(StoreError) as caught:
            Store.open(url, world=world)
        assert caught.value.code == "store_unavailable"


def test_a_file_that_is_no_database(tmp_path: Path, world: FakeWorld) -> None:
    path = tmp_path / "house.db"
    path.write_bytes(b"dear diary " * 1_000)
    with pytest.raises(StoreError) as caught:
        Store.open(f"sqlite:///{path}", world=world)
    assert caught.value.code == "store_unavailable"
    assert path.read_bytes().startswith(b"dear diary")


def test_sqlite_is_durable_and_private(tmp_path: Path, world: FakeWorld) -> None:
    path = tmp_path / "house.db"
    store = Store.open(f"sqlite:///{path}", world=world)
    with store.begin() as conn:
        put(conn, "a")
        said = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["house.db", "house.db-shm", "house.db-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    store.close()
    assert list(tmp_path.iterdir()) == [path]


def test_a_second_writer_waits_and_is_then_told(
    databases: Databases, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    store = Store.open(databases.fresh("sqlite"), world=world)
    with store.begin() as conn:
        put(conn, "a")
        with pytest.raises(StoreError) as caught, store.begin():
            raise AssertionError("two writers at once")
    assert caught.value.code == "store_unavailable"
    assert names(store) == ["a"]
    store.close()


def test_an_outage_is_told_and_the_next_transaction_works(store: Store) -> None:
    lose: Executable
    if store.sqlite:  # a full disk
        with store.begin() as conn:
            conn.exec_driver_sql("PRAGMA max_page_count=1").scalar()
        lose = tables.sealed.insert().values(_sealed(bytes(1_000_000)))
        mend = text("PRAGMA max_page_count=1000000")
    else:
        lose = select(func.pg_terminate_backend(func.pg_backend_pid()))
        mend = text("SELECT 1")
    with pytest.raises(StoreError) as caught, store.begin() as conn:
        conn.execute(lose)
    assert caught.value.code == "store_unavailable"
    with store.begin() as conn:
        conn.execute(mend).all()
        put(conn, "a")
    assert names(store) == ["a"]


def _sealed(data: bytes) -> dict[str, object]:
    return {"generation_id": "g", "part": "prompt", "seq": 0, "data": data, "expires": 1}


def test_scrub_leaves_no_copy_behind(sqlite: tuple[Store, Path]) -> None:
    store, path = sqlite
    secret = b"a person's own words" * 50
    with store.begin() as conn:
        conn.execute(tables.sealed.insert(), _sealed(secret))
    with store.begin() as conn:
        conn.execute(tables.sealed.delete())
    log = path.with_name(path.name + "-wal")
    assert secret[:200] in log.read_bytes() + path.read_bytes()
    store.scrub()
    assert secret[:200] not in log.read_bytes() + path.read_bytes()
    store.close()


def test_of_many_scrubs_at_once_none_gives_up(sqlite: tuple[Store, Path]) -> None:
    store, _ = sqlite
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(store.scrub) for _ in range(400)]:
            done.result()


def test_scrub_is_harmless_on_postgresql(databases: Databases, world: FakeWorld) -> None:
    store = Store.open(databases.fresh("postgresql"), world=world)
    store.scrub()
    store.close()


def test_a_raw_connection_commits_by_itself(store: Store) -> None:
    raw = store.raw()
    raw.execute("INSERT INTO lease VALUES ('raw', 'h', 1, 2)")
    assert names(store) == ["raw"]
    raw.close()
