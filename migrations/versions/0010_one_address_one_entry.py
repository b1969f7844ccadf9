"""No two entries of the directory with one mail address, whatever its case.

Where there are two, it stays with who signs in with it, else with who is active and came first;
the others are left without one, so that their mails go to the lead of the dialogue.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TAKE_AWAY = """
UPDATE contact SET email = NULL WHERE id IN (
    SELECT id FROM (
        SELECT contact.id AS id, row_number() OVER (
            PARTITION BY lower(contact.email)
            ORDER BY account.id IS NULL, NOT contact.is_active, contact.id
        ) AS place
        FROM contact LEFT JOIN account ON account.contact_id = contact.id
        WHERE contact.email IS NOT NULL
    ) AS placed
    WHERE place > 1
)
"""


def upgrade() -> None:
    op.execute(_TAKE_AWAY)
    op.execute("UPDATE contact SET email = lower(email) WHERE email <> lower(email)")
    op.drop_index("ix_contact_email", table_name="contact")
    op.create_index("ix_contact_email", "contact", ["email"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_contact_email", table_name="contact")
    op.create_index("ix_contact_email", "contact", ["email"])
