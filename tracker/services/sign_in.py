"""Signs people in and out: sessions kept in a table, failed tries counted in another.

Passwords are checked in set_password; who may see what is decided elsewhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from tracker.models import Account, FailedSignIn, SignInSession
from tracker.policy.errors import NotFound, TooManyTries
from tracker.policy.visibility import Actor
from tracker.queries.people import actor_of_account, find_account
from tracker.services.set_password import is_right_password, renew_hash

WINDOW = dt.timedelta(minutes=15)
"""How long a failed try counts."""
MOST_FOR_LOGIN = 10
"""Failed tries for one login from one origin."""
MOST_FOR_ORIGIN = 100
"""Failed tries from one origin, whatever the login."""
REFRESH = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a try comes from. ``device`` is a browser on which this login has signed in before:
    it has counts of its own, so that nobody at the same address can lock its owner out."""

    address: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session, its account, and the person as one who acts."""

    session: SignInSession
    account: Account
    actor: Actor


def check_credentials(
    session: Session, login: str, password: str, origin: Origin, *, now: dt.datetime
) -> int | None:
    """The id of the account that this login and password open; None where they open none.

    Unknown logins take as long as known ones. Raises TooManyTries before looking at anything.
    Reads only, so that hashing holds up no writer.
    """
    refuse_too_many(session, login, origin, now=now)
    account = find_account(session, login)
    is_right = is_right_password(account.password_hash if account else None, password)
    if account is None or not is_right or not account.is_active or not account.contact.is_active:
        return None
    return account.id


def refuse_too_many(session: Session, login: str, origin: Origin, *, now: dt.datetime) -> None:
    """Raises TooManyTries where this login or this origin has failed too often lately."""
    limits = dict(zip(_keys(login, origin), (MOST_FOR_LOGIN, MOST_FOR_ORIGIN), strict=True))
    query = (
        select(FailedSignIn.key_hash, func.count())
        .where(FailedSignIn.key_hash.in_(limits), FailedSignIn.at > now - WINDOW)
        .group_by(FailedSignIn.key_hash)
    )
    if any(count >= limits[key] for key, count in session.execute(query)):
        minutes = WINDOW // dt.timedelta(minutes=1)
        raise TooManyTries(
            f"There were too many failed tries. Wait {minutes} minutes, then try again; "
            "the account itself is not locked."
        )


def note_failure(session: Session, login: str, origin: Origin, *, now: dt.datetime) -> None:
    """Counts a failed try and sweeps away those that no longer count."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.at <= now - WINDOW))
    session.add_all(FailedSignIn(key_hash=key, at=now) for key in _keys(login, origin))
    session.flush()


def _sweep_expired(session: Session, now: dt.datetime) -> None:
    """Deletes everybody's expired sessions; when they were last seen stays with the accounts."""
    is_over = SignInSession.expires_at <= now
    seen = func.max(SignInSession.seen_at)
    last = select(SignInSession.account_id, seen).where(is_over).group_by(SignInSession.account_id)
    for account_id, at in session.execute(last).all():
        is_later = or_(Account.last_visit_at.is_(None), Account.last_visit_at < at)
        of_account = update(Account).where(Account.id == account_id, is_later)
        session.execute(of_account.values(last_visit_at=at))
    session.execute(delete(SignInSession).where(is_over))


def start_session(
    session: Session, account: Account, *, now: dt.datetime, lasts: dt.timedelta
) -> str:
    """Signs the account in and returns the new session's token, of which only a hash is kept.

    The visit before it has ended: ``last_visit_at`` moves to when it was last seen.
    """
    own = SignInSession.account_id == account.id
    last_seen = session.scalar(select(func.max(SignInSession.seen_at)).where(own))
    visits = [at for at in (account.last_visit_at, last_seen) if at is not None]
    account.last_visit_at = max(visits, default=None)
    _sweep_expired(session, now)
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            token_hash=hash_token(token),
            account_id=account.id,
            created_at=now,
            seen_at=now,
            expires_at=now + lasts,
        )
    )
    session.flush()
    return token


def complete_sign_in(
    session: Session,
    account_id: int,
    password: str,
    origin: Origin,
    *,
    now: dt.datetime,
    lasts: dt.timedelta,
) -> str:
    """After right credentials: forgets the failed tries, and starts a session; its token."""
    account = session.get_one(Account, account_id)
    login_key, _ = _keys(account.login, origin)
    session.execute(delete(FailedSignIn).where(FailedSignIn.key_hash == login_key))
    renew_hash(account, password)
    return start_session(session, account, now=now, lasts=lasts)


def find_signed_in(session: Session, token: str, *, now: dt.datetime) -> SignedIn | None:
    """Who is signed in by that token; None where the session has ended, or the account or person
    is no longer active."""
    query = select(SignInSession).where(
        SignInSession.token_hash == hash_token(token), SignInSession.expires_at > now
    )
    found = session.scalar(query)
    if found is None:
        return None
    account = session.get_one(Account, found.account_id)
    if not account.is_active or not account.contact.is_active:
        return None
    return SignedIn(found, account, actor_of_account(session, account))


def refresh_session(session: Session, session_id: int, *, now: dt.datetime) -> None:
    """Notes that the session is in use."""
    found = session.get(SignInSession, session_id)
    if found is not None:
        found.seen_at = max(found.seen_at, now)
        session.flush()


def is_stale(found: SignInSession, now: dt.datetime) -> bool:
    """Whether ``seen_at`` is worth a write: at most one a minute and session."""
    return now - found.seen_at >= REFRESH


def sign_out(session: Session, token: str, *, now: dt.datetime) -> None:
    """Ends the session of that token for good; the visit ended now."""
    query = select(SignInSession).where(SignInSession.token_hash == hash_token(token))
    found = session.scalar(query)
    if found is not None:
        session.get_one(Account, found.account_id).last_visit_at = now
        session.delete(found)
        session.flush()


def end_session(session: Session, account_id: int, session_id: int) -> None:
    """Signs one browser of the account out; raises NotFound for what is not theirs."""
    found = session.get(SignInSession, session_id)
    if found is None or found.account_id != account_id:
        raise NotFound("There is no such session, or it has ended already.")
    session.delete(found)
    session.flush()


def count_request(session: Session, address: str, *, now: dt.datetime) -> None:
    """Counts a request for a new password; raises TooManyTries beyond some from one address, so
    that nobody fills other people's mailboxes."""
    asked = "(a new password)"
    refuse_too_many(session, asked, Origin(address), now=now)
    note_failure(session, asked, Origin(address), now=now)


def end_all_sessions(session: Session, contact_id: int) -> None:
    """Signs a person out everywhere."""
    own = select(Account.id).where(Account.contact_id == contact_id)
    session.execute(delete(SignInSession).where(SignInSession.account_id.in_(own)))


def hash_token(token: str) -> str:
    """As tokens of sessions and links are stored; they are random, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _keys(login: str, origin: Origin) -> tuple[str, str]:
    """The two counters of a try: (login, origin) and origin alone."""
    place = f"device {origin.device}" if origin.device else f"address {origin.address}"
    plain = login.strip().lower()
    return hash_token(f"login {plain} from {place}"), hash_token(f"any login from {place}")
