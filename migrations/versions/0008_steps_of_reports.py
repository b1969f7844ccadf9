"""The steps of each report with who took them, and questions that come from the other side.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STEPS = "'called', 'drafted', 'shown', 'frozen', 'approved', 'sent'"


def upgrade() -> None:
    op.create_table(
        "report_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"step in ({_STEPS})", name=op.f("ck_report_step_step")),
        sa.ForeignKeyConstraint(["actor_id"], ["contact.id"], name=op.f("fk_report_step_actor_id")),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["status_report.id"],
            name=op.f("fk_report_step_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_step")),
    )
    op.create_index(op.f("ix_report_step_report_id"), "report_step", ["report_id"])
    op.add_column(
        "owner_question",
        sa.Column("is_shared", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("owner_question", "is_shared")
    op.drop_table("report_step")
