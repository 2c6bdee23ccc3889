"""Brings a database to the newest revision of its branch: ``house`` or ``keys``."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, MetaData, text

from hegui.store import tables
from hegui.store.errors import StoreError

#: A PostgreSQL advisory lock held while migrating; the number only has to be ours.
_LOCK = 0x68656775


def branch(metadata: MetaData) -> str:
    """The name of the branch of revisions that builds this set of tables."""
    return "keys" if metadata is tables.key_metadata else "house"


def migrate(engine: Engine, metadata: MetaData) -> None:
    """Runs every missing revision in one transaction; two processes may start at once.

    Raises:
        StoreError: ``store_newer`` when the database is at a revision unknown here.
    """
    with engine.execution_options(hegui_writes=True).begin() as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        try:
            command.upgrade(_config(conn), f"{branch(metadata)}@head")
        except CommandError as error:
            raise StoreError(
                "store_newer",
                zh="这个数据库由更新版本的合规写入。数据未动;请安装那个版本再启动。",
                en="A later version of Hegui wrote this database. Nothing was touched; install "
                "that version and start again.",
            ) from error


def _config(conn: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = conn
    return config
