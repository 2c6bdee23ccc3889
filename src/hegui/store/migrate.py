"""Brings a database to the newest revision of its branch: ``house`` or ``keys``."""

from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text

from hegui.store import tables
from hegui.store.errors import StoreError

#: The newest revision of each branch. Known here so that opening a database that has it, which
#: is nearly always, need not load Alembic.
HEADS = {"house": "house_0004", "keys": "keys_0001"}
#: Where the revisions are.
FOLDER = Path(__file__).parent / "migrations"
#: A PostgreSQL advisory lock held while migrating; the number only has to be ours.
_LOCK = 0x68656775


def is_current(conn: Connection, metadata: MetaData) -> bool:
    """Whether the database has the newest revision of this set of tables."""
    if not inspect(conn).has_table("alembic_version"):
        return False
    found = conn.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return found == [HEADS[_branch(metadata)]]


def migrate(conn: Connection, metadata: MetaData) -> None:
    """Runs every missing revision in a write transaction; two processes may start at once.

    Raises:
        StoreError: ``store_newer`` when the database has a revision unknown here.
    """
    from alembic import command  # noqa: PLC0415 - loads slowly
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = conn
    try:
        command.upgrade(config, f"{_branch(metadata)}@head")
    except CommandError as error:
        raise StoreError(
            "store_newer",
            zh="这个数据库由更新版本的合规写入，数据未动；请安装那个版本再启动。",
            en="A later version of Hegui wrote this database. Nothing was touched; install "
            "that version and start again.",
        ) from error


def _branch(metadata: MetaData) -> str:
    return "keys" if metadata is tables.key_metadata else "house"
