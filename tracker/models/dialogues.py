"""Tables of dialogues, who has which role in them, their meetings and agendas.

No queries, mail or Flask.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.directory import Contact, Party

ROLES = ("lead", "editor", "notetaker", "approver", "owner", "co-chair", "reader")


class Dialogue(Base):
    """The standing forum of two parties. ``last_task_number`` only ever grows, so that a number
    is never given twice."""

    __tablename__ = "dialogue"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    own_party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    follow_up_months: Mapped[int] = mapped_column(default=6)
    is_sample: Mapped[bool] = mapped_column(default=False)
    last_task_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)

    own_party: Mapped[Party] = relationship(lazy="joined")
    parties: Mapped[list[DialogueParty]] = relationship(
        order_by="DialogueParty.position", cascade="all, delete-orphan", passive_deletes=True
    )
    meetings: Mapped[list[Meeting]] = relationship(
        order_by="Meeting.number", cascade="all, delete-orphan", passive_deletes=True
    )
    members: Mapped[list[Membership]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )


class DialogueParty(Base):
    """A party of a dialogue; the own one stands first."""

    __tablename__ = "dialogue_party"

    dialogue_id: Mapped[int] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True
    )
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    position: Mapped[int]

    party: Mapped[Party] = relationship(lazy="joined")


class Membership(Base):
    """A person's role in a dialogue; their side is that of the person."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "contact_id", "role"),
        CheckConstraint(f"role in {ROLES}", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))

    contact: Mapped[Contact] = relationship(lazy="joined")


class Meeting(Base):
    """One round of a dialogue. ``is_confirmed`` is False until a person has confirmed its dates."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    number: Mapped[int]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(200), default="", server_default="")
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    dialogue: Mapped[Dialogue] = relationship(back_populates="meetings")
    agenda: Mapped[list[AgendaItem]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan", passive_deletes=True
    )


class AgendaItem(Base):
    """A topic of a meeting; day and times of day are those of the place it is held at. ``marking``
    is that of the heading it was read from."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    marking: Mapped[str] = mapped_column(String(120), default="U", server_default="U")
    position: Mapped[int]
    held_on: Mapped[dt.date | None]
    from_time: Mapped[dt.time | None]
    to_time: Mapped[dt.time | None]
