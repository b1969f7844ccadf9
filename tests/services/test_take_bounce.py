"""Mails that come back: a visible failure of their reminder, and a note on the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.mail.test_bounces import OURS, report
from tests.web.answering import Answering
from tests.web.follow_up import TODAY
from tests.world import World
from tracker.config import Settings
from tracker.db import Database
from tracker.mail.bounces import read_bounces
from tracker.models import Correspondence, Reminder
from tracker.policy.visibility import SYSTEM
from tracker.queries.people import get_contact
from tracker.services.manage_people import change_contact, entry_of
from tracker.services.take_bounce import take_bounces

SignedIn = Callable[[int], FlaskClient]
NOW = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)


@pytest.fixture
def post(world: World, settings: Settings) -> Answering:
    found = Answering(world, settings)
    found.remind()
    return found


def reminder_of(database: Database, contact_id: int) -> Reminder:
    with database.reading() as session:
        return session.query(Reminder).filter_by(contact_id=contact_id).one()


def take(post: Answering, content: bytes) -> int:
    ours = reminder_of(post.world.database, post.per).message_id
    bounces = read_bounces(content.replace(OURS.encode(), ours.encode()))
    with post.world.database.transaction() as session:
        return take_bounces(session, bounces, now=NOW)


def test_a_mail_that_came_back_is_a_failure_with_the_servers_words(
    post: Answering, database: Database, signed_in: SignedIn
) -> None:
    assert take(post, report()) == 1
    reminder = reminder_of(database, post.per)
    assert reminder.state == "failed"
    assert reminder.outcome.startswith("It came back: 550 5.1.1")
    assert take(post, report()) == 0
    page = signed_in(post.mira).get(f"/people/{post.per}").get_data(as_text=True)
    assert "This address does not work" in page
    assert "does not work" not in signed_in(post.ivo).get(f"/people/{post.per}").get_data(
        as_text=True
    )


def test_a_corrected_address_takes_the_note_back(post: Answering, database: Database) -> None:
    take(post, report())
    with database.transaction() as session:
        contact = get_contact(session, post.per)
        entry = replace(entry_of(contact), email="per@example.net")
        change_contact(session, contact, entry, seen_version=contact.version, actor=SYSTEM)
    with database.reading() as session:
        assert session.get_one(Correspondence, post.per).address_fault == ""


def test_a_full_mailbox_is_a_failure_and_no_fault_of_the_address(
    post: Answering, database: Database
) -> None:
    assert take(post, report(status="5.2.2")) == 1
    with database.reading() as session:
        assert session.get(Correspondence, post.per) is None


@pytest.mark.parametrize(
    "content",
    [
        report(action="delayed", status="4.4.1"),
        report().replace(b"per.lind@", b"forwarded@").replace(b"Per.Lind@", b"forwarded@"),
        report().replace(OURS.encode(), b"<somebody.elses@example.org>"),
    ],
)
def test_what_is_late_forwarded_or_not_ours_changes_nothing(
    post: Answering, database: Database, content: bytes
) -> None:
    assert take(post, content) == 0
    assert reminder_of(database, post.per).state == "sent"
