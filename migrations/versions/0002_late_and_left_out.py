"""Reminders remember since when they are late, and their lines why they were left out.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("late_since", sa.Date(), nullable=True))
    with op.batch_alter_table("reminder_line", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("left_out", sa.String(length=120), nullable=False, server_default="")
        )


def downgrade() -> None:
    with op.batch_alter_table("reminder_line", schema=None) as batch_op:
        batch_op.drop_column("left_out")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_column("late_since")
