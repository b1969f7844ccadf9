"""Remarks and agreed lists count from the day of who made them, as changes do.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not through a batch, which copies the table on SQLite; so there has to be a default, and the
    # rows that there are get the day in UTC, by which they counted until now.
    op.add_column(
        "remark", sa.Column("said_on", sa.Date(), server_default="1970-01-01", nullable=False)
    )
    op.add_column("agreed_list", sa.Column("frozen_on", sa.Date(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("UPDATE remark SET said_on = date(at)")
        op.execute("UPDATE agreed_list SET frozen_on = date(frozen_at)")
    else:
        op.execute("UPDATE remark SET said_on = (at AT TIME ZONE 'UTC')::date")
        op.execute("UPDATE agreed_list SET frozen_on = (frozen_at AT TIME ZONE 'UTC')::date")


def downgrade() -> None:
    op.drop_column("agreed_list", "frozen_on")
    op.drop_column("remark", "said_on")
