"""Rules of reminders for each dialogue, heads of offices, and approvals that reminders ask for.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not through a batch: on SQLite that copies and drops the table that half of all others name.
    op.execute(
        "ALTER TABLE contact ADD COLUMN head_id INTEGER "
        "CONSTRAINT fk_contact_head_id REFERENCES contact (id)"
    )
    op.create_table(
        "reminder_rules",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.JSON(), nullable=False),
        sa.Column("overdue_every", sa.Integer(), nullable=True),
        sa.Column("head_after", sa.Integer(), nullable=True),
        sa.Column("chair_after", sa.Integer(), nullable=True),
        sa.Column("stale_after", sa.Integer(), nullable=True),
        sa.Column("approval_every", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogue.id"],
            name=op.f("fk_reminder_rules_dialogue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dialogue_id", name=op.f("pk_reminder_rules")),
    )
    _create_approvals()


def _create_approvals() -> None:
    op.create_table(
        "reminder_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.String(length=120), server_default="", nullable=False),
        sa.CheckConstraint(
            "(list_id is null) <> (report_id is null)", name=op.f("ck_reminder_approval_one")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_reminder_approval_{column}_id"),
                ondelete="CASCADE",
            )
            for column, table in (
                ("reminder", "reminder"),
                ("list", "agreed_list"),
                ("report", "status_report"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_approval")),
        sa.UniqueConstraint(
            "reminder_id",
            "list_id",
            "report_id",
            name=op.f("uq_reminder_approval_reminder_id_list_id_report_id"),
        ),
    )
    for column in ("list_id", "report_id"):
        op.create_index(op.f(f"ix_reminder_approval_{column}"), "reminder_approval", [column])


def downgrade() -> None:
    op.drop_table("reminder_approval")
    op.drop_table("reminder_rules")
    op.execute("ALTER TABLE contact DROP COLUMN head_id")
