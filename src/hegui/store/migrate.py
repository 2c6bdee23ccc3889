"""Brings a database to the newest revision of its branch: ``house`` or ``keys``."""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
    text,
)

from hegui.store import tables
from hegui.store.errors import StoreError

#: The newest revision of each branch. Known here so that opening a database that has it, or making
#: a new one, which is nearly always, need not load Alembic: it takes 10 MB and gives none back.
HEADS = {"house": "house_0005", "keys": "keys_0001"}
#: Where the revisions are.
FOLDER = Path(__file__).parent / "migrations"
#: A PostgreSQL advisory lock held while migrating; the number only has to be ours.
_LOCK = 0x68656775
#: Where a database says its revision, as Alembic makes it.
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def is_current(conn: Connection, metadata: MetaData) -> bool:
    """Whether the database has the newest revision of this set of tables."""
    return _revisions(conn) == [HEADS[_branch(metadata)]]


def migrate(conn: Connection, metadata: MetaData) -> None:
    """Makes the tables of a new database, or runs every missing revision; in a write transaction.

    Two processes may start at once: the second finds what the first did.

    Raises:
        StoreError: ``store_newer`` when the database has a revision unknown here.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if _revisions(conn):
        upgrade(conn, metadata)
    else:
        # Not over tables that are there: without a revision they are somebody else's.
        metadata.create_all(conn, checkfirst=False)
        _version.create(conn, checkfirst=False)
        conn.execute(_version.insert().values(version_num=HEADS[_branch(metadata)]))


def upgrade(conn: Connection, metadata: MetaData) -> None:
    """Runs every missing revision, from none on.

    Raises:
        StoreError: ``store_newer``.
    """
    from alembic import command  # noqa: PLC0415 - loads slowly
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

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


def _revisions(conn: Connection) -> list[str]:
    """What the database says it has; nothing of a new one."""
    if not inspect(conn).has_table(_version.name):
        return []
    return list(conn.scalars(select(_version.c.version_num)))


def _branch(metadata: MetaData) -> str:
    return "keys" if metadata is tables.key_metadata else "house"
