"""Mail that was taken in: each reply acts once, however often it comes.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "taken_mail",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unclear", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_taken_mail")),
    )
    op.create_index("ix_taken_mail_at", "taken_mail", ["at"])


def downgrade() -> None:
    op.drop_index("ix_taken_mail_at", table_name="taken_mail")
    op.drop_table("taken_mail")
