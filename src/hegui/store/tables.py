"""Every table of the house. Times are milliseconds since 1970 in UTC; ids are 32 hex digits.

The hot path only inserts (generation, outcome, sealed, entry), so that one group commit
carries many requests. Its ids begin with their time and its SQLite tables are their own index, so
that the rows of one commit lie on few pages. Nothing here holds a person's words in the clear.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
#: SQLite numbers rows only in a column typed exactly INTEGER.
Serial = BigInteger().with_variant(Integer, "sqlite")

application = Table(
    "application",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("operator", Text, nullable=False),  # who runs it
    Column("public", Text, nullable=False),  # for which public
    Column("label_at", String(16), nullable=False),  # start | end | both | interface
    Column("interface", Text, nullable=False),  # how the interface shows it, when it declares so
    Column("created", BigInteger, nullable=False),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("application_id", ForeignKey("application.id"), nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),  # SHA-256 of a 256-bit key
    Column("hint", String(16), nullable=False),  # the first characters, to tell keys apart
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger),
    Column("revoked", BigInteger),
)

person = Table(
    "person",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("application_id", ForeignKey("application.id"), nullable=False),
    Column("pseudonym", String(128), nullable=False),
    Column("registered", BigInteger, nullable=False),
    Column("suspended", BigInteger),  # when, else null
    Column("suspended_reasons", Text),  # JSON statement of reasons
    UniqueConstraint("application_id", "pseudonym"),
)

agreement = Table(
    "agreement",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("written", Boolean, nullable=False),  # by the house from its settings, not brought
    Column("published", BigInteger, nullable=False),
)

acceptance = Table(
    "acceptance",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person_id", String(32), nullable=False, index=True),
    Column("version", ForeignKey("agreement.version"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("via", String(16), nullable=False),  # page | application
    Column("evidence", Text),  # JSON from the application, null: said, no evidence
)

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
    Column("withdrawn", BigInteger),  # null: in force
)

account = Table(
    "account",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("pseudonym", String(128), nullable=False, unique=True),
    Column("passphrase", Text, nullable=False),  # argon2id
    Column("created", BigInteger, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("digest", LargeBinary, primary_key=True),  # SHA-256 of the cookie's token
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)

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

#: Kept in a store of their own (``vault.keys``), never in an ordinary backup.
key_metadata = MetaData()
person_key = Table(
    "person_key",
    key_metadata,
    Column("person_id", String(32), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),  # nonce | AES-256-GCM under the master key
)
