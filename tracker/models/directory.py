"""Tables of parties and of the people and offices that own tasks.

No queries, mail or Flask.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tracker.db import Base, Instant


class Party(Base):
    """A government (or organisation) taking part, by the name its people use."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    code: Mapped[str | None] = mapped_column(String(2))
    """ISO 3166 code, for its public holidays; None where there is none."""


class Contact(Base):
    """A person or an office. Who is deactivated keeps all history and gets nothing more."""

    __tablename__ = "contact"
    __table_args__ = (CheckConstraint("kind in ('person', 'office')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    head_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    """Of an office: who heads it, and hears of what its people leave overdue."""
    email: Mapped[str | None] = mapped_column(String(254), index=True, unique=True)
    """In small letters, so that one address is one entry whatever its case."""
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Other names texts use for them, as linked by hand."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    party: Mapped[Party | None] = relationship(lazy="joined")
    office: Mapped[Contact | None] = relationship(
        remote_side="Contact.id", foreign_keys="Contact.office_id"
    )
    head: Mapped[Contact | None] = relationship(
        remote_side="Contact.id", foreign_keys="Contact.head_id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once.

    @validates("email")
    def _in_small_letters(self, _name: str, address: str | None) -> str | None:
        return address.lower() if address else None

    @property
    def full_name(self) -> str:
        """With title: "Ambassador Anne E. Derse"."""
        return f"{self.title} {self.name}".strip()
