"""Cases: what was filed, what happened to it, and what was decided."""

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

#: Something that somebody filed or the house took up, and that people must decide.
case_file = Table(
    "case_file",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", String(24), nullable=False, unique=True),  # what people quote
    Column("secret", LargeBinary, nullable=False),  # SHA-256 of the filer's secret
    Column("kind", String(16), nullable=False),
    Column("subject", String(32), nullable=False),  # the act it is about, e.g. a decision's id
    Column("state", String(16), nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("assigned", ForeignKey("staff.id"), index=True),
)
#: One case of a kind about one act, unless its filer withdrew it.
Index(
    "case_file_about",
    case_file.c.kind,
    case_file.c.subject,
    unique=True,
    sqlite_where=case_file.c.state != "withdrawn",
    postgresql_where=case_file.c.state != "withdrawn",
)
Index("case_file_state", case_file.c.state, case_file.c.id)

#: The last number taken of a series, e.g. ``A-2026``.
case_number = Table(
    "case_number",
    metadata,
    Column("series", String(16), primary_key=True),
    Column("last", Integer, nullable=False),
)

#: The only row from case to person; erasure deletes it.
case_person = Table(
    "case_person",
    metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("person_id", String(32), nullable=False, index=True),
)

#: What happened to a case, in order; each is also an entry of the ledger.
case_event = Table(
    "case_event",
    metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("event", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # afterwards
    Column("staff_id", ForeignKey("staff.id")),  # null: the filer, or the house
)

#: Words of a case, sealed under the case's own key: what was filed, and the explanation.
case_text = Table(
    "case_text",
    metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("part", String(16), primary_key=True),  # statement | facts | explanation
    Column("data", LargeBinary, nullable=False),
)

#: A person's decision of a case; fields as in the EU's transparency database (DSA, Art. 17).
case_decision = Table(
    "case_decision",
    metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("outcome", String(16), nullable=False),  # as the kind of case allows
    Column("ground", String(32), nullable=False),  # illegal_content | incompatible_content | none
    Column("reference", Text, nullable=False),  # the provision or the rule
    Column("category", String(64), nullable=False),
    Column("automated_detection", Boolean, nullable=False),
    Column("automated_decision", String(16), nullable=False),
    Column("scope", Text, nullable=False),
    Column("territory", Text, nullable=False),  # country codes, comma between them
    Column("applied", BigInteger, nullable=False),
    Column("ends", BigInteger),
    Column("redress", Text, nullable=False),
)
