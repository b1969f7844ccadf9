"""Answers by mail: what people do about tasks from a mail, when they want none, their calendars.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correspondence",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("calendar_hash", sa.String(length=64), nullable=True),
        sa.Column("calendar_made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lead_days", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("declined", sa.JSON(), nullable=False),
        sa.Column("address_fault", sa.Text(), nullable=False),
        sa.Column("address_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_correspondence_contact_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_correspondence")),
        sa.UniqueConstraint("calendar_hash", name=op.f("uq_correspondence_calendar_hash")),
    )
    op.create_table(
        "snooze",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_snooze_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_snooze_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", "task_id", name=op.f("pk_snooze")),
    )
    _create_answers()


def _create_answers() -> None:
    op.create_table(
        "mail_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_for_lead", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind in ('done', 'on_track', 'new_date', 'not_mine', 'snooze', 'remark')",
            name=op.f("ck_mail_answer_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_mail_answer_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_mail_answer_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_answer")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_answer_key")),
    )
    op.create_index("ix_mail_answer_task_settled", "mail_answer", ["task_id", "settled_at"])


def downgrade() -> None:
    op.drop_index("ix_mail_answer_task_settled", table_name="mail_answer")
    op.drop_table("mail_answer")
    op.drop_table("snooze")
    op.drop_table("correspondence")
