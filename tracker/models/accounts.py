"""Tables of accounts, their sessions, one-time links and failed sign-ins.

No queries, mail or Flask; tokens are stored as hashes only.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.directory import Contact


class Account(Base):
    """A person's way in. An administrator sees no dialogue by that alone."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), unique=True)
    login: Mapped[str] = mapped_column(String(254), unique=True)
    """The mail address in lower case."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Argon2id; None until an invitation is taken up."""
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    last_visit_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    """When the visit before the present one ended; what changed since then is news."""

    contact: Mapped[Contact] = relationship(lazy="joined")


class SignInSession(Base):
    """A signed-in browser. Deleting the row signs it out, whatever cookie it holds."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    seen_at: Mapped[dt.datetime] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime] = mapped_column(Instant, index=True)


class OneTimeLink(Base):
    """A link that works once: the first set-up, an invitation, a password reset."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime] = mapped_column(Instant)
    used_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class FailedSignIn(Base):
    """One failed try, by a hash of what was tried from where; old rows are swept away."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
