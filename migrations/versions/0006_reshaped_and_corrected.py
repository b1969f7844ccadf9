"""Candidates merged and split, reviews followed by several, and versions of a cable.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Not through batches: on SQLite they copy and drop a table, and the cascades of its foreign keys
# would delete the candidates and tasks of every cable. Both databases take these lines as they are.
_REFERENCES = (
    ("cable", "replaces_id"),
    ("candidate", "merged_into_id"),
    ("candidate", "split_from_id"),
)
_ASIDE = "'', 'merged', 'split', 'withdrawn', 'carried'"


def upgrade() -> None:
    for table, column in _REFERENCES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_{table}_{column} REFERENCES {table} (id)"
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.execute("ALTER TABLE cable ADD COLUMN review_revision INTEGER DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE candidate ADD COLUMN revision INTEGER DEFAULT 0 NOT NULL")
    op.execute(
        "ALTER TABLE candidate ADD COLUMN aside VARCHAR(10) DEFAULT '' NOT NULL "
        f"CONSTRAINT ck_candidate_aside CHECK (aside IN ({_ASIDE}))"
    )
    _create_questions()


def _create_questions() -> None:
    op.create_table(
        "version_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cable_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answer in ('', 'taken', 'kept', 'declined')", name=op.f("ck_version_question_answer")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["contact.id"], name=op.f("fk_version_question_answered_by_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_version_question_{table}_id"),
                ondelete="CASCADE",
            )
            for table in ("cable", "task", "candidate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_question")),
        sa.UniqueConstraint(
            "cable_id", "task_id", name=op.f("uq_version_question_cable_id_task_id")
        ),
    )
    for column in ("task_id", "candidate_id"):
        op.create_index(op.f(f"ix_version_question_{column}"), "version_question", [column])


def downgrade() -> None:
    op.drop_table("version_question")
    for table, column in (
        ("candidate", "aside"),
        ("candidate", "revision"),
        ("cable", "review_revision"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table, column in _REFERENCES:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
