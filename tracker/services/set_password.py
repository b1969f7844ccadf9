"""Sets and checks passwords: Argon2id, refused where common, and old sessions end with the old one.

The only place that knows how a password is kept.
"""

from __future__ import annotations

import functools
import secrets
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.models import Account, SignInSession
from tracker.policy.errors import InvalidInput
from tracker.policy.passwords import LONGEST, password_fault, plain_form

PRODUCT_WORDS = ("dialogue tracker", "tracker", "dialogue")
# OWASP's floor is 19 MiB and two passes; this takes about 60 ms of one core.
_HASHER = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)


def set_password(
    session: Session, account: Account, password: str, *, keep_session_id: int | None = None
) -> None:
    """Gives the account a new password and ends all its sessions but ``keep_session_id``.

    Raises InvalidInput (field "password") for one that is too short, too long or too easy.
    """
    check_new_password(password, personal=(account.login, account.contact.full_name))
    account.password_hash = _HASHER.hash(password)
    query = delete(SignInSession).where(SignInSession.account_id == account.id)
    if keep_session_id is not None:
        query = query.where(SignInSession.id != keep_session_id)
    session.execute(query)
    session.flush()


def check_new_password(password: str, *, personal: tuple[str, ...]) -> None:
    """Raises InvalidInput (field "password") where the password cannot be taken."""
    known = (*personal, *PRODUCT_WORDS)
    fault = password_fault(password, personal=known, common=common_passwords())
    if fault:
        raise InvalidInput(fault, "password")


def is_right_password(password_hash: str | None, password: str) -> bool:
    """Whether the password fits the hash. Takes as long where there is no account or no password
    yet, so that the time tells nothing."""
    try:
        given = password if len(password) <= LONGEST else ""
        is_right = _HASHER.verify(password_hash or _hash_of_nothing(), given)
    except (VerificationError, InvalidHashError):
        return False
    return is_right and password_hash is not None


def renew_hash(account: Account, password: str) -> None:
    """Hashes a right password anew where it was hashed with older parameters."""
    if account.password_hash and _HASHER.check_needs_rehash(account.password_hash):
        account.password_hash = _HASHER.hash(password)


@functools.cache
def common_passwords() -> frozenset[str]:
    """The shipped list, in plain form."""
    text = (files("tracker") / "data" / "common_passwords.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(map(plain_form, lines))


@functools.cache
def _hash_of_nothing() -> str:
    """The hash that is checked where there is none."""
    return _HASHER.hash(secrets.token_urlsafe(32))
