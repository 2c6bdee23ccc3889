"""Clips in the making, the log of copies without the explicit label, the daily check of marks."""

import sqlalchemy as sa
from alembic import op

revision = "house_0003"
down_revision = "house_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes them, as they were at this revision."""
    op.create_table(
        "video",
        sa.Column("generation_id", sa.String(length=32), nullable=False),
        sa.Column("upstream", sa.String(length=64), nullable=False),
        sa.Column("remote", sa.Text(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("generation_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_video_expires"), "video", ["expires"], unique=False)
    op.create_table(
        "unlabelled",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("generation_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("agreement", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("media", sa.String(length=8), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_unlabelled_expires"), "unlabelled", ["expires"], unique=False)
    op.create_index(
        op.f("ix_unlabelled_generation_id"), "unlabelled", ["generation_id"], unique=False
    )
    op.create_table(
        "output_check",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("marked", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
