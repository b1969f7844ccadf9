"""Tables of imported cables, with their original bytes, and of the candidates drawn from them.

No queries, mail or Flask.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.dialogues import Dialogue, Meeting

ASIDE = ("", "merged", "split", "withdrawn", "carried")
"""Why a candidate is no longer shown in its review; "" while it is."""


class CableRecord(Base):
    """An imported document; its bytes are kept for ever. Its dialogue is unknown until a person
    has confirmed what was understood. ``reading`` is the extraction in its JSON form.

    ``replaces_id`` is the version that this one corrects. ``review_revision`` grows with each
    decision on its candidates, so that pages ask for what came since the one they know.
    """

    __tablename__ = "cable"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    original: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    encoding: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = deferred(mapped_column(Text))
    reading: Mapped[dict[str, Any]] = deferred(mapped_column(JSON))
    reference_id: Mapped[str | None] = mapped_column(String(60), index=True)
    subject: Mapped[str | None] = mapped_column(Text)
    marking: Mapped[str] = mapped_column(String(120))
    is_sample: Mapped[bool] = mapped_column(default=False)
    imported_at: Mapped[dt.datetime] = mapped_column(Instant)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    dialogue_id: Mapped[int | None] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), index=True
    )
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("cable.id"), index=True)
    review_revision: Mapped[int] = mapped_column(default=0)

    dialogue: Mapped[Dialogue | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    candidates: Mapped[list[Candidate]] = relationship(
        order_by="Candidate.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def name(self) -> str:
        """How people call it: its reference id, else its file name."""
        return self.reference_id or self.filename


class Candidate(Base):
    """What the extractor proposed, and what a person decided. ``position`` is its order in the
    source. The proposed values stay as they were; an accepted one's task holds what was edited.

    What is ``aside`` counts as rejected and is not shown: ``merged`` and ``split`` ones stand aside
    for the candidates made of them (``merged_into_id`` of those that were merged,
    ``split_from_id`` of the parts), ``withdrawn`` is what was made so and taken back, and
    ``carried`` ones are settled in another version of the cable.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        CheckConstraint("decision in ('pending', 'accepted', 'rejected')", name="decision"),
        CheckConstraint(f"aside in {ASIDE}", name="aside"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cable_id: Mapped[int] = mapped_column(ForeignKey("cable.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    span_start: Mapped[int]
    span_end: Mapped[int]
    tier: Mapped[str] = mapped_column(String(10))
    agenda: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[list[str]] = mapped_column(JSON)
    owners: Mapped[list[str]] = mapped_column(JSON)
    due_on: Mapped[dt.date | None]
    due_basis: Mapped[str] = mapped_column(String(10))
    marking: Mapped[str] = mapped_column(String(120))
    rules: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(String(10), default="pending")
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    rejection_reason: Mapped[str] = mapped_column(Text, default="")
    aside: Mapped[str] = mapped_column(String(10), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    revision: Mapped[int] = mapped_column(default=0)
    """The cable's ``review_revision`` when this one last changed."""
    version: Mapped[int] = mapped_column(default=1)

    cable: Mapped[CableRecord] = relationship(back_populates="candidates")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once.
