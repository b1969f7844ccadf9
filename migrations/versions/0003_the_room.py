"""The room: delegations, the log, agreed lists with approvals and amendments.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval_delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_approval_delegation_days")),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["contact.id"], name=op.f("fk_approval_delegation_approver_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["contact.id"], name=op.f("fk_approval_delegation_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogue.id"],
            name=op.f("fk_approval_delegation_dialogue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_delegation")),
    )
    op.create_index(
        op.f("ix_approval_delegation_delegate_id"),
        "approval_delegation",
        ["delegate_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approval_delegation_dialogue_id"),
        "approval_delegation",
        ["dialogue_id"],
        unique=False,
    )
    op.create_table(
        "agreed_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("marking", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.String(length=200), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('draft', 'offered', 'frozen', 'superseded')",
            name=op.f("ck_agreed_list_state"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_agreed_list_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_list")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_agreed_list_meeting_id_number")),
    )
    op.create_index(op.f("ix_agreed_list_sha256"), "agreed_list", ["sha256"], unique=False)
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_number", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('proposed', 'accepted', 'declined')", name=op.f("ck_amendment_state")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_amendment_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_amendment_party_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["contact.id"], name=op.f("fk_amendment_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    op.create_index(op.f("ix_amendment_meeting_id"), "amendment", ["meeting_id"], unique=False)
    op.create_table(
        "delegate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role in ('co-chair', 'head', 'notetaker', 'expert')", name=op.f("ck_delegate_role")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_delegate_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_delegate_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_delegate_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate")),
    )
    op.create_index(op.f("ix_delegate_meeting_id"), "delegate", ["meeting_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("approver_name", sa.String(length=200), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attachment", sa.LargeBinary(), nullable=True),
        sa.Column("attachment_name", sa.String(length=255), nullable=False),
        sa.CheckConstraint(
            "how in ('signed in', 'delegate', 'on paper')", name=op.f("ck_approval_how")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["contact.id"], name=op.f("fk_approval_approver_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["agreed_list.id"], name=op.f("fk_approval_list_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_approval_party_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["contact.id"], name=op.f("fk_approval_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("list_id", "party_id", name=op.f("uq_approval_list_id_party_id")),
    )
    op.create_table(
        "carried_task",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_carried_task_agenda_item_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_carried_task_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_carried_task_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "task_id", name=op.f("pk_carried_task")),
    )
    op.create_index(op.f("ix_carried_task_task_id"), "carried_task", ["task_id"], unique=False)
    op.create_table(
        "log_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.JSON(), nullable=False),
        sa.Column("owners", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_words", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('objective', 'action', 'commitment', 'request')",
            name=op.f("ck_log_entry_kind"),
        ),
        sa.CheckConstraint(
            "state in ('open', 'deferred', 'dropped')", name=op.f("ck_log_entry_state")
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_log_entry_agenda_item_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["author_id"], ["contact.id"], name=op.f("fk_log_entry_author_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_log_entry_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_log_entry_task_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sa.UniqueConstraint(
            "meeting_id", "client_id", name=op.f("uq_log_entry_meeting_id_client_id")
        ),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_log_entry_meeting_id_number")),
    )
    op.create_table(
        "list_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("log_entry_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["log_entry_id"],
            ["log_entry.id"],
            name=op.f("fk_list_item_log_entry_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_list_item_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_list_item_task_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_item")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_list_item_meeting_id_number")),
    )
    op.create_index(op.f("ix_list_item_task_id"), "list_item", ["task_id"], unique=False)
    op.add_column("agenda_item", sa.Column("held_on", sa.Date(), nullable=True))
    op.add_column("agenda_item", sa.Column("from_time", sa.Time(), nullable=True))
    op.add_column("agenda_item", sa.Column("to_time", sa.Time(), nullable=True))
    op.add_column(
        "meeting", sa.Column("place", sa.String(length=200), server_default="", nullable=False)
    )
    op.add_column("meeting", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("task", sa.Column("agreed_marking", sa.String(length=120), nullable=True))


def downgrade() -> None:
    op.drop_column("task", "agreed_marking")
    op.drop_column("meeting", "closed_at")
    op.drop_column("meeting", "place")
    op.drop_column("agenda_item", "to_time")
    op.drop_column("agenda_item", "from_time")
    op.drop_column("agenda_item", "held_on")
    op.drop_index(op.f("ix_list_item_task_id"), table_name="list_item")
    op.drop_table("list_item")
    op.drop_table("log_entry")
    op.drop_index(op.f("ix_carried_task_task_id"), table_name="carried_task")
    op.drop_table("carried_task")
    op.drop_table("approval")
    op.drop_index(op.f("ix_delegate_meeting_id"), table_name="delegate")
    op.drop_table("delegate")
    op.drop_index(op.f("ix_amendment_meeting_id"), table_name="amendment")
    op.drop_table("amendment")
    op.drop_index(op.f("ix_agreed_list_sha256"), table_name="agreed_list")
    op.drop_table("agreed_list")
    op.drop_index(op.f("ix_approval_delegation_dialogue_id"), table_name="approval_delegation")
    op.drop_index(op.f("ix_approval_delegation_delegate_id"), table_name="approval_delegation")
    op.drop_table("approval_delegation")
