"""Applications and the people they name, their agreement, and the portal's accounts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hegui.store.tables.base import metadata

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

#: Staff opened sealed text; the person sees it.
opening = Table(
    "opening",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("generation_id", String(32), nullable=False, index=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", String(16), nullable=False),  # appeal | complaint | incident | person_asked
    Column("case_id", String(32)),
    Column("note", Text, nullable=False),  # in the member of staff's words, no quote of the text
)
