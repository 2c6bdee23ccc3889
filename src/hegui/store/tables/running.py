"""How the processes of one house agree."""

from sqlalchemy import BigInteger, Column, String, Table

from hegui.store.tables.base import Serial, metadata

#: What gateways must reread: topic (person, key, application, words, agreement) and key.
change = Table(
    "change",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("topic", String(16), nullable=False),
    Column("key", String(64), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    sqlite_autoincrement=True,
)

#: Who may act alone: "sequencer", and "gateway:NAME" with its last sign of life.
lease = Table(
    "lease",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("renewed", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)
