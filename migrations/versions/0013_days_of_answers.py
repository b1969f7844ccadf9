"""An answer to a call for updates counts from the day of who answers, as what it changes does.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_mail", sa.Column("answered_on", sa.Date(), nullable=True))
    # Until now they counted by the day in UTC.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("UPDATE report_mail SET answered_on = date(answered_at)")
    else:
        op.execute("UPDATE report_mail SET answered_on = (answered_at AT TIME ZONE 'UTC')::date")


def downgrade() -> None:
    op.drop_column("report_mail", "answered_on")
