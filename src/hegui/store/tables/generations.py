"""Generations, what was found in them, and their sealed text.

The hot path only inserts (generation, outcome, sealed, and entry in ``evidence``), so that one
group commit carries many requests. Its ids begin with their time and its SQLite tables are their
own index, so that the rows of one commit lie on few pages.
"""

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

from hegui.store.tables.base import metadata

generation = Table(
    "generation",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("application_id", String(32), nullable=False),
    Column("key_id", String(32), nullable=False),
    Column("route", String(32), nullable=False),
    Column("model", Text, nullable=False),
    Column("streamed", Boolean, nullable=False),
    Column("instance", String(64), nullable=False),
    Column("started", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

#: The only row from act to person; erasure deletes it.
generation_person = Table(
    "generation_person",
    metadata,
    Column("generation_id", String(32), primary_key=True),
    Column("person_id", String(32), nullable=False, index=True),
    sqlite_with_rowid=False,
)

outcome = Table(
    "outcome",
    metadata,
    Column("generation_id", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),  # delivered|stopped|failed|abandoned|interrupted
    Column("code", String(48), nullable=False),  # finish reason or error code
    Column("upstream", String(64), nullable=False),
    Column("ended", BigInteger, nullable=False),
    Column("first_ms", Integer),  # to the first byte; null when none left
    Column("prompt_bytes", Integer, nullable=False),
    Column("answer_chars", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: A stop, with its statement of reasons.
decision = Table(
    "decision",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("generation_id", String(32), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("side", String(8), nullable=False),  # input | output
    Column("place", Text, nullable=False),  # e.g. messages[2].content
    Column("category", String(64), nullable=False),
    Column("pack", String(64), nullable=False),
    Column("pack_version", String(32), nullable=False),
    Column("author", Text, nullable=False),
    Column("automated", Boolean, nullable=False),
)

#: Words to look at that stopped nothing.
finding = Table(
    "finding",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("generation_id", String(32), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("side", String(8), nullable=False),
    Column("place", Text, nullable=False),
    Column("category", String(64), nullable=False),
    Column("pack", String(64), nullable=False),
    Column("pack_version", String(32), nullable=False),
)

#: Personal text: nonce | AES-256-GCM ciphertext under the person's key (see hegui.vault).
sealed = Table(
    "sealed",
    metadata,
    Column("generation_id", String(32), primary_key=True),
    Column("part", String(8), primary_key=True),  # prompt | answer
    Column("seq", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)

word_pack = Table(
    "word_pack",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("version", String(32), primary_key=True),
    Column("author", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),  # the file as brought
    Column("format", String(8), nullable=False),  # toml | csv
    Column("words", LargeBinary, nullable=False),  # the same read, as MessagePack: quick to load
    Column("added", BigInteger, nullable=False),
    Column("added_by", String(32)),  # the member of staff, null: by command
    Column("withdrawn", BigInteger),  # null: in force
)
# All but the words, so that a list of packs need not pass over megabytes of them.
Index(
    "word_pack_head",
    word_pack.c.withdrawn,
    word_pack.c.name,
    word_pack.c.version,
    word_pack.c.author,
    word_pack.c.digest,
    word_pack.c.added,
    word_pack.c.added_by,
)

#: A pack that a member of staff brought to look at before it comes into force; one each.
word_draft = Table(
    "word_draft",
    metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("file", Text, nullable=False),  # its name
    Column("format", String(8), nullable=False),  # toml | csv
    Column("body", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
)
