"""Owners of open tasks without a date are asked how they stand: the next sweep looks at them.

Revision ID: 0014
Revises: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE task SET remind_on = '1900-01-01' WHERE due_on IS NULL AND remind_on IS NULL "
        "AND status IN ('proposed', 'agreed', 'in_progress')"
    )


def downgrade() -> None:
    # What planned them looks at no task without a date, so no line of one may be left.
    op.execute("DELETE FROM reminder_line WHERE due_on = '9999-12-31'")
    op.execute("DELETE FROM sent_occasion WHERE due_on = '9999-12-31'")
    op.execute("UPDATE task SET remind_on = NULL WHERE due_on IS NULL")
