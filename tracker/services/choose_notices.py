"""What people choose about their mail: lead times, hour, absence, and mails they decline.

Planning and sending read it; nothing is sent here.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.mail.tokens import Token, sign_token
from tracker.models import Contact
from tracker.policy.errors import NotFound
from tracker.policy.mail_answers import LINKS_LAST
from tracker.policy.notices import OPTIONAL, Notices, check_notices, kind_of, number_of
from tracker.policy.reminder_rules import LEAD_DAYS
from tracker.queries.wishes import find_correspondence, wishes_of
from tracker.services.look_again import look_again_for
from tracker.services.mail_links import keep, open_token


def notices_of(session: Session, contact_id: int) -> Notices:
    """What a person has chosen; the defaults where nothing."""
    kept = find_correspondence(session, contact_id)
    if kept is None:
        return Notices()
    leads = LEAD_DAYS if kept.lead_days is None else tuple(kept.lead_days)
    return Notices(leads, kept.hour, kept.away_until, tuple(kept.declined))


def choose_notices(session: Session, contact_id: int, notices: Notices, *, today: dt.date) -> None:
    """Keeps it, and has the next sweep look at the person's tasks again. Raises InvalidInput."""
    check_notices(notices, today)
    kept = keep(session, contact_id)
    leads = sorted({*notices.lead_days, 0}, reverse=True)
    kept.lead_days = None if tuple(leads) == LEAD_DAYS else leads
    kept.hour, kept.away_until = notices.hour, notices.away_until
    kept.declined = [kind for kind in OPTIONAL if kind in notices.declined]
    look_again_for(session, contact_id)


def decline_url(
    session: Session, key: str, base_url: str, contact_id: int, kind: str, day: dt.date
) -> str | None:
    """The address that ends a kind of mail to a person with one click (RFC 8058); None where
    there is no key to sign it with, and for mail that is obligatory."""
    if kind not in OPTIONAL or not key:
        return None
    generation = wishes_of(session, [contact_id]).generation(contact_id)
    token = Token(contact_id, number_of(kind), generation, day + LINKS_LAST)
    return f"{base_url}/mail/unsubscribe/{sign_token(key, 'decline', token)}"


def open_decline(session: Session, key: str, text: str, *, now: dt.datetime) -> tuple[Contact, str]:
    """Whom a link to decline belongs to, and which kind of mail. Raises as mail_links.open_link."""
    token, contact = open_token(session, key, "decline", text, now=now)
    kind = kind_of(token.subject_id)
    if kind is None:
        raise NotFound("This link is not known. Sign in to choose which mails you get.")
    return contact, kind


def decline(session: Session, contact_id: int, kind: str) -> None:
    """From now on the person gets no mail of that kind; doing so again changes nothing."""
    kept = keep(session, contact_id)
    kept.declined = [name for name in OPTIONAL if name == kind or name in kept.declined]
    session.flush()


def has_declined(session: Session, contact_id: int, kind: str) -> bool:
    """Whether the person does not want that kind of mail."""
    kept = find_correspondence(session, contact_id)
    return kept is not None and kind in kept.declined
