"""Topics of an agenda carry the marking of the heading that they were read from.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "agenda_item",
        sa.Column("marking", sa.String(length=120), server_default="U", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("agenda_item", "marking")
