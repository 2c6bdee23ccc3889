"""People who work at the provider, and how they sign in."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, LargeBinary, String, Table, Text

from hegui.store.tables.base import metadata

#: People who work at the provider. One is never deleted, since decisions name them by id.
staff = Table(
    "staff",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),  # owner | officer | reviewer | auditor
    Column("passphrase", Text),  # argon2id, null: signs in by link alone
    Column("created", BigInteger, nullable=False),
    Column("disabled", BigInteger),  # when, else null
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("digest", LargeBinary, primary_key=True),  # SHA-256 of the cookie's token
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("by_link", Boolean, nullable=False),  # may choose a passphrase without the current
)

#: A sign-in link that works once.
staff_link = Table(
    "staff_link",
    metadata,
    Column("digest", LargeBinary, primary_key=True),  # SHA-256 of the link's token
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)
