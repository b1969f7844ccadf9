"""Plans reminders of agreed lists and reports that wait for somebody's approval.

Looked at anew with every run, so that a new version arms and an approval ends it; what was asked
is remembered with the reminder. Putting it there is fill_reminders.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.reminder_calls import approval_on
from tracker.queries.reminder_rules import Rulebook
from tracker.queries.waiting import DayOf, Missing, last_asked, missing_approvals
from tracker.queries.wishes import Wishes, wishes_of
from tracker.services.fill_reminders import Filling, country_of


def plan_approvals(filling: Filling, rulebook: Rulebook) -> None:
    """Adds what people are to be asked for on their day."""
    wanted: dict[Contact, list[Missing]] = defaultdict(list)
    due, wishes = approvals_to_ask(filling.session, rulebook, filling.day_of)
    for missing, day in due:
        if day <= filling.day_of(missing.contact):
            wanted[missing.contact].append(missing)
    filling.look_up({(contact.id, filling.day_of(contact)) for contact in wanted})
    for contact, found in wanted.items():
        filling.add_approvals(contact, filling.day_of(contact), found, wishes)


def approvals_to_ask(
    session: Session, rulebook: Rulebook, day_of: DayOf
) -> tuple[list[tuple[Missing, dt.date]], Wishes]:
    """What waits for people who can be written to, each with the day on which they are next
    asked for it, and their wishes. Reports have been asked for once, by a mail of their own."""
    found = [m for m in missing_approvals(session, day_of) if m.contact.email]
    asked = last_asked(session, found)
    wishes = wishes_of(session, {missing.contact.id for missing in found})
    due = []
    for missing in found:
        contact = missing.contact
        day = approval_on(
            missing.since.date(),
            rulebook.of(missing.dialogue.id).approval_every,
            asked.get((contact.id, missing.key)),
            is_told=missing.report is not None,
            country=country_of(contact),
            quiet_until=wishes.quiet_until(contact.id, 0),
        )
        if day is not None:
            due.append((missing, day))
    return due, wishes


def still_missing(
    session: Session, contacts: Sequence[Contact], day_of: DayOf
) -> dict[tuple[int, tuple[str, int]], Missing]:
    """What waits for these people now, by person and what it is: asked again before sending."""
    people = {contact.id for contact in contacts}
    found = missing_approvals(session, day_of) if people else []
    return {(m.contact.id, m.key): m for m in found if m.contact.id in people}
