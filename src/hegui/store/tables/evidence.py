"""The ledger, and what is counted from it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from hegui.store.tables.base import Serial, metadata

#: Evidence. ``idx`` is null while pending; the one sequencer gives the place.
entry = Table(
    "entry",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("idx", BigInteger, unique=True),
    Column("kind", String(48), nullable=False),
    Column("act", String(32), nullable=False),  # the act's random id
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # canonical JSON, RFC 8785
    sqlite_autoincrement=True,
)
Index("entry_act", entry.c.act)
Index(
    "entry_pending",
    entry.c.id,
    sqlite_where=entry.c.idx.is_(None),
    postgresql_where=entry.c.idx.is_(None),
)

#: The stored-hash tree, as C2SP tlog-tiles of height 8; the rightmost of a level is partial.
tile = Table(
    "tile",
    metadata,
    Column("level", Integer, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("hashes", LargeBinary, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", BigInteger, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("note", Text, nullable=False),  # the signed note, verbatim
)

#: Verifications of the ledger; one runs at a time, under the lease "verification".
verification = Table(
    "verification",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger),
    Column("staff_id", ForeignKey("staff.id")),
    Column("size", BigInteger, nullable=False),  # entries to verify
    Column("done", BigInteger, nullable=False),  # entries verified so far
    Column("ok", Boolean),  # null while it runs, and for ever if it was cut
    Column("problems", Text, nullable=False),  # JSON: codes and places, and how many more
)

#: Counts by day (Beijing), folded from the ledger's entries in their order.
tally = Table(
    "tally",
    metadata,
    Column("day", Integer, primary_key=True),  # 20261122
    Column("measure", String(48), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("n", BigInteger, nullable=False),
)

#: How far the tally has read the ledger.
tally_cursor = Table(
    "tally_cursor",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("next", BigInteger, nullable=False),  # the first index not yet counted
)
