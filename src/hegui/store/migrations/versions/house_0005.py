"""Drafts of the questionnaire on scope."""

import sqlalchemy as sa
from alembic import op

revision = "house_0005"
down_revision = "house_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes them, as they were at this revision."""
    op.create_table(
        "scope_draft",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("staff_id"),
    )
