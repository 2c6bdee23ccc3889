"""What the house knows of the law beyond its shipped packs, and how its duties stand."""

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

#: Packs brought in as files; a withdrawn one stays, out of force.
law_pack = Table(
    "law_pack",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(48), nullable=False, index=True),
    Column("version", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("file", LargeBinary, nullable=False),  # YAML, as it came
    Column("at", BigInteger, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),  # null: the command line
    Column("withdrawn", BigInteger),
)

#: The packs in force when the house last looked, shipped and imported; an upgrade is told by it.
law_seen = Table(
    "law_seen",
    metadata,
    Column("name", String(48), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),  # the pack as JSON
    Column("at", BigInteger, nullable=False),
)

#: Official texts hung beside a pack's words.
law_text = Table(
    "law_text",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("pack", String(48), nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of the file
    Column("source", Text, nullable=False),  # where it was got, in words
    Column("file", LargeBinary, nullable=False),  # as it came
    Column("articles", LargeBinary, nullable=False),  # what was found in it, as JSON
    Column("at", BigInteger, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("replaced", BigInteger),
)

#: What the service is, as it was answered, and what follows; every earlier record stays.
profile = Table(
    "profile",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("answers", LargeBinary, nullable=False),  # JSON
    Column("result", LargeBinary, nullable=False),  # the reasoned record, as JSON
)

#: Answers of a member of staff who is still at it; one draft each, gone once it is recorded.
scope_draft = Table(
    "scope_draft",
    metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("answers", LargeBinary, nullable=False),  # JSON
)

#: Licences, filings and registrations that the provider holds (Measures, Art. 23).
licence = Table(
    "licence",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(48), nullable=False),
    Column("number", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("issued", Integer),  # the day, such as 20261122
    Column("expires", Integer),
    Column("file", String(64)),  # SHA-256 of a file in evidence_file
    Column("at", BigInteger, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("replaced", BigInteger),  # by a newer row, or withdrawn
    Column("replaced_by", String(32)),
)

#: Files that licences and attestations rest on; not about persons.
evidence_file = Table(
    "evidence_file",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256
    Column("name", Text, nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
)

#: What a person attested of a control.
attestation = Table(
    "attestation",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("control", String(128), nullable=False, index=True),  # PACK/CONTROL
    Column("provision", String(64), nullable=False),  # the digest it was signed for
    Column("statement", Text, nullable=False),
    Column("true_on", Integer, nullable=False),  # the day on which it was so
    Column("expires", Integer, nullable=False),  # the last day it holds
    Column("at", BigInteger, nullable=False),  # when it was received
    Column("file", String(64)),
    Column("staff_id", ForeignKey("staff.id")),
    Column("signer", Text, nullable=False),  # how the signer is called
    Column("withdrawn", BigInteger),
    Column("reason", Text),  # of the withdrawal
)

#: What each check has folded from the ledger so far.
check_state = Table(
    "check_state",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("version", Integer, nullable=False),  # of the check; another version folds anew
    Column("next", BigInteger, nullable=False),  # the first index not yet folded
    Column("state", LargeBinary, nullable=False),  # MessagePack, bounded
)

#: Every change of a duty's status, the latest last.
duty_change = Table(
    "duty_change",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("duty", String(128), nullable=False),  # PACK/DUTY
    Column("at", BigInteger, nullable=False),
    Column("was", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("control", String(128), nullable=False),
    Column("check", String(64), nullable=False),
    Column("latest", Boolean, nullable=False),
)
Index("duty_change_of", duty_change.c.duty, duty_change.c.at)
Index("duty_change_at", duty_change.c.at)
