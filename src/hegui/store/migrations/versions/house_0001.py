"""The first tables of the house."""

from alembic import op

from hegui.store import tables

revision = "house_0001"
down_revision = None
branch_labels = ("house",)
depends_on = None


def upgrade() -> None:
    """Makes them."""
    tables.metadata.create_all(op.get_bind())
