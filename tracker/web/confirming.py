"""Asks for the password again before a person approves something, and counts wrong ones.

It is checked outside of the transaction that writes, since that takes its time on purpose.
"""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from tracker.queries.accounts import find_account_of
from tracker.services.approve_list import Confirmed, confirm_password
from tracker.services.sign_in import Origin, note_failure
from tracker.web import context

NOT_CONFIRMED = "That is not your password. Nothing was approved."


def confirm(session: Session, password: str) -> Confirmed | None:
    """The confirmation of whoever is signed in; None for a wrong password, which is counted."""
    confirmed = confirm_password(session, context.actor(), password, origin(), now=context.now())
    if confirmed is None:
        count_failure()
    return confirmed


def origin() -> Origin:
    """Where the request comes from, as wrong passwords are counted."""
    return Origin(request.remote_addr or "")


def count_failure() -> None:
    """Counts a wrong password of whoever is signed in."""
    with context.transaction() as session:
        contact_id = context.actor().contact_id
        account = find_account_of(session, contact_id) if contact_id else None
        login = account.login if account else ""
        note_failure(session, login, origin(), now=context.now())
