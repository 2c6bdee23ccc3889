"""Law packs, texts, profile, licences, attestations, checks; deadlines of anything; pauses."""

import sqlalchemy as sa
from alembic import op

revision = "house_0004"
down_revision = "house_0003"
branch_labels = None
depends_on = None

_CLOCK = "id, name, rule, span, started, due, provisional, calendar, stopped"
_STAGE = "clock_id, stage, at, fired"


def upgrade() -> None:
    """Makes them, as they were at this revision; running deadlines stay."""
    _new()
    # A deadline was a case's and is now of anything: its tables are made anew and filled again,
    # since SQLite can't drop a foreign key.
    op.execute("CREATE TABLE clock_kept AS SELECT * FROM clock")
    op.execute("CREATE TABLE clock_stage_kept AS SELECT * FROM clock_stage")
    op.drop_table("clock_stage")
    op.drop_table("clock")
    _clocks()
    op.execute(
        f"INSERT INTO clock (about, subject, {_CLOCK}) "  # noqa: S608  names of our own
        f"SELECT 'case', case_id, {_CLOCK} FROM clock_kept"
    )
    op.execute(f"INSERT INTO clock_stage ({_STAGE}) SELECT {_STAGE} FROM clock_stage_kept")  # noqa: S608
    op.drop_table("clock_stage_kept")
    op.drop_table("clock_kept")
    for table in ("outbox", "notice"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                "subject",
                existing_type=sa.String(length=32),
                type_=sa.String(length=128),
                existing_nullable=False,
            )
            if table == "outbox":
                batch.add_column(sa.Column("failed", sa.String(length=64), nullable=True))


def _new() -> None:
    op.create_table(
        "check_state",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "duty_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("duty", sa.String(length=128), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("was", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("control", sa.String(length=128), nullable=False),
        sa.Column("check", sa.String(length=64), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("duty_change_at", "duty_change", ["at"], unique=False)
    op.create_index("duty_change_of", "duty_change", ["duty", "at"], unique=False)
    op.create_table(
        "evidence_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "law_seen",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "attestation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("control", sa.String(length=128), nullable=False),
        sa.Column("provision", sa.String(length=64), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("true_on", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_attestation_control"), "attestation", ["control"], unique=False)
    op.create_table(
        "law_pack",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("withdrawn", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_law_pack_name"), "law_pack", ["name"], unique=False)
    op.create_table(
        "law_text",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("pack", sa.String(length=48), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("articles", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("replaced", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_law_text_pack"), "law_text", ["pack"], unique=False)
    op.create_table(
        "licence",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("expires", sa.Integer(), nullable=True),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("replaced", sa.BigInteger(), nullable=True),
        sa.Column("replaced_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _clocks() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=128), nullable=False),
        sa.Column("span", sa.String(length=16), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar", sa.String(length=64), nullable=False),
        sa.Column("paused", sa.BigInteger(), nullable=True),
        sa.Column("stopped", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "clock_running",
        "clock",
        ["due"],
        unique=False,
        sqlite_where=sa.text("stopped IS NULL"),
        postgresql_where=sa.text("stopped IS NULL"),
    )
    op.create_index("clock_subject", "clock", ["about", "subject"], unique=False)
    op.create_table(
        "clock_pause",
        sa.Column("clock_id", sa.String(length=32), nullable=False),
        sa.Column("started", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["clock_id"],
            ["clock.id"],
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("clock_id", "started"),
    )
    op.create_table(
        "clock_stage",
        sa.Column("clock_id", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("fired", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["clock_id"],
            ["clock.id"],
        ),
        sa.PrimaryKeyConstraint("clock_id", "stage"),
    )
    op.create_index(
        "clock_stage_at",
        "clock_stage",
        ["at"],
        unique=False,
        sqlite_where=sa.text("fired IS NULL"),
        postgresql_where=sa.text("fired IS NULL"),
    )
