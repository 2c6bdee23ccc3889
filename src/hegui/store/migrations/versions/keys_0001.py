"""The store of person keys."""

from alembic import op

from hegui.store import tables

revision = "keys_0001"
down_revision = None
branch_labels = ("keys",)
depends_on = None


def upgrade() -> None:
    """Makes it."""
    tables.key_metadata.create_all(op.get_bind())
