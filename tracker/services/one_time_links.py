"""Issues links that work once, and takes them up: first set-up, invitation, new password.

Only a hash of the token is stored; opening a link changes nothing, using it does.
"""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker.models import OneTimeLink
from tracker.policy.errors import Gone, NotFound
from tracker.services.sign_in import hash_token

SET_UP, INVITATION, RESET = "set_up", "invitation", "reset"
_LASTS = {
    SET_UP: dt.timedelta(days=7),
    INVITATION: dt.timedelta(days=7),
    RESET: dt.timedelta(hours=2),
}


def issue_link(
    session: Session, purpose: str, account_id: int | None, *, now: dt.datetime
) -> tuple[str, dt.datetime]:
    """A new token and until when it works. Earlier ones of the same purpose and account end."""
    earlier = delete(OneTimeLink).where(
        OneTimeLink.purpose == purpose,
        OneTimeLink.account_id == account_id
        if account_id is not None
        else OneTimeLink.account_id.is_(None),
        OneTimeLink.used_at.is_(None),
    )
    session.execute(earlier)
    token = secrets.token_urlsafe(32)
    expires_at = now + _LASTS[purpose]
    session.add(
        OneTimeLink(
            purpose=purpose,
            token_hash=hash_token(token),
            account_id=account_id,
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return token, expires_at


def get_link(session: Session, purpose: str, token: str, *, now: dt.datetime) -> OneTimeLink:
    """The link, which is left as it is.

    Raises Gone where it was used or has expired, NotFound where there is none such: a newer one
    may have taken its place.
    """
    query = select(OneTimeLink).where(
        OneTimeLink.purpose == purpose, OneTimeLink.token_hash == hash_token(token)
    )
    link = session.scalar(query)
    if link is None:
        raise NotFound(
            "This link is not known. It may have been cut short when it was copied, or a newer "
            "one has taken its place."
        )
    if link.used_at is not None or link.expires_at <= now:
        how = "was used already" if link.used_at is not None else "has expired"
        raise Gone(f"This link {how}. Each works once and for a limited time.")
    return link


def use_link(session: Session, purpose: str, token: str, *, now: dt.datetime) -> OneTimeLink:
    """Takes the link up; of two who try at once, one gets Gone. Raises as ``get_link``."""
    link = get_link(session, purpose, token, now=now)
    won = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .returning(OneTimeLink.id)
        .execution_options(synchronize_session=False)
    )
    if won.first() is None:
        raise Gone("This link was used already. Each works once and for a limited time.")
    return link
