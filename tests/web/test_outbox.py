"""The outbox: each person sees theirs and those of dialogues they edit, and nothing beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.browser import post
from tests.web.follow_up import SLUG, TODAY, FollowUp, get, in_days, text_of
from tracker.config import Settings
from tracker.mail.outcomes import PermanentFailure
from tracker.mail.senders import FolderSender, MemorySender, Sender
from tracker.models import Account, Fact, Reminder
from tracker.services.send_reminders import sweep
from tracker.services.sweep_settings import plan_settings, send_settings

Browse = Callable[[int], FlaskClient]
PER, MIRA = "per.lind@example.org", "mira.okonjo@example.org"


def run_sweep(follow_up: FollowUp, settings: Settings, sender: Sender | None = None) -> None:
    sweep(
        follow_up.world.database,
        sender or FolderSender(settings.outbox),
        plan_settings(settings),
        send_settings(settings),
        lambda: dt.datetime.now(dt.UTC),
        at_once=True,
    )


def fail_for(address: str) -> MemorySender:
    return MemorySender({address: PermanentFailure("550 5.1.1 No such mailbox here")})


def reminder_of(follow_up: FollowUp, contact_id: int) -> Reminder:
    with follow_up.world.database.reading() as session:
        return session.scalars(select(Reminder).where(Reminder.contact_id == contact_id)).one()


def test_an_owner_sees_their_own_and_why(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings)
    page = text_of(get(signed_in(follow_up.per), "/outbox/"))
    assert "to you" in page
    assert "1. Send the list" in page
    assert "You own it; its date has passed, and this comes every week" in page
    assert "Mira" not in page


def test_a_lead_sees_all_of_their_dialogue(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings)
    page = text_of(get(signed_in(follow_up.mira), "/outbox/"))
    assert "to Per Lind" in page
    assert "to you" in page
    assert "Nobody owns it yet, and you lead the dialogue" in page


@pytest.mark.parametrize("who", ["zoe", "bela", "ivo"])
def test_who_neither_gets_nor_edits_sees_and_counts_nothing(
    who: str, follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings)
    client = signed_in(getattr(follow_up, who))
    page = text_of(get(client, "/outbox/"))
    assert "Send the list" not in page
    assert "All 0 " in page
    number = reminder_of(follow_up, follow_up.per).id
    for path in (f"/outbox/{number}/mail", f"/outbox/{number}/mail.eml"):
        assert get(client, path, 404) == get(client, path.replace(str(number), "9999"), 404)
    for deed in ("retry", "give-up"):
        assert post(client, f"/outbox/{number}/{deed}").status_code == 404


def test_lines_of_another_dialogue_are_left_out_and_the_mail_is_not_shown(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    world = follow_up.world
    world.task(follow_up.elsewhere, "Count the herring", owners=[follow_up.per], due_on=in_days(1))
    run_sweep(follow_up, settings)
    page = get(signed_in(follow_up.zoe), "/outbox/")
    assert "Count the herring" in page
    assert "Send the list" not in page
    assert "Read the mail" not in page
    number = reminder_of(follow_up, follow_up.per).id
    get(signed_in(follow_up.mira), f"/outbox/{number}/mail", 404)
    assert "Count the herring" in get(signed_in(follow_up.per), f"/outbox/{number}/mail")


def test_without_a_mail_server_the_mail_can_be_read_and_downloaded(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings)
    client = signed_in(follow_up.per)
    number = reminder_of(follow_up, follow_up.per).id
    page = text_of(get(client, f"/outbox/{number}/mail"))
    assert "Per Lind, 1 task is overdue." in page
    assert "Overdue: 1 Send the list" in page
    response = client.get(f"/outbox/{number}/mail.eml")
    assert response.content_type == "message/rfc822"
    assert b"To: Per Lind <per.lind@example.org>" in response.data


def test_a_failed_mail_is_tried_again_by_button(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings, fail_for(PER))
    client = signed_in(follow_up.mira)
    page = get(client, "/outbox/?state=failed")
    assert "550 5.1.1 No such mailbox here" in page
    before = reminder_of(follow_up, follow_up.per)
    assert post(client, f"/outbox/{before.id}/retry").status_code == 302
    assert post(client, f"/outbox/{before.id}/retry").status_code == 409
    run_sweep(follow_up, settings)
    after = reminder_of(follow_up, follow_up.per)
    assert (after.state, after.message_id) == ("sent", before.message_id)


def test_a_failed_mail_can_be_given_up(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings, fail_for(PER))
    number = reminder_of(follow_up, follow_up.per).id
    post(signed_in(follow_up.mira), f"/outbox/{number}/give-up")
    given_up = reminder_of(follow_up, follow_up.per)
    assert given_up.state == "cancelled"
    assert given_up.outcome.startswith("Given up by Mira Okonjo, after: 550")


def test_only_editors_decide_about_a_failed_mail(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings, fail_for(PER))
    client = signed_in(follow_up.per)
    number = reminder_of(follow_up, follow_up.per).id
    assert "Try again" not in get(client, "/outbox/")
    assert post(client, f"/outbox/{number}/retry").status_code == 403
    assert reminder_of(follow_up, follow_up.per).state == "failed"


def test_what_comes_next_is_said(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings)
    page = text_of(get(signed_in(follow_up.mira), "/outbox/"))
    assert "When you next hear from us" in page
    assert "Name the points" in page
    assert "You own it; this is the reminder for 7 days before it is due" in page


def test_the_page_carries_the_marking_of_what_it_shows(
    follow_up: FollowUp, settings: Settings, signed_in: Browse
) -> None:
    run_sweep(follow_up, settings)
    assert "CONFIDENTIAL" in get(signed_in(follow_up.mira), "/outbox/")
    assert "CONFIDENTIAL" not in get(signed_in(follow_up.per), "/outbox/")


def test_a_link_without_the_dialogues_name_leads_to_the_task(
    follow_up: FollowUp, signed_in: Browse
) -> None:
    response = signed_in(follow_up.mira).get(f"/go/{follow_up.later}")
    assert response.headers["Location"] == f"/dialogues/{SLUG}/tasks/3"
    for who in (follow_up.zoe, follow_up.bela):
        client = signed_in(who)
        assert get(client, f"/go/{follow_up.later}", 404) == get(client, "/go/99999", 404)


def test_an_unknown_list_of_the_outbox_is_not_found(follow_up: FollowUp, signed_in: Browse) -> None:
    get(signed_in(follow_up.mira), "/outbox/?state=nonsense", 404)
    get(signed_in(follow_up.mira), "/outbox/?page=99999999999999")


@pytest.mark.parametrize(("minutes", "is_alarm"), [(4, False), (11, True)])
def test_a_scheduler_that_stopped_is_an_alarm_on_administrators_pages(
    minutes: int, is_alarm: bool, follow_up: FollowUp, signed_in: Browse
) -> None:
    administrator, reader = signed_in(follow_up.mira), signed_in(follow_up.per)
    with follow_up.world.database.transaction() as session:
        at = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes)
        session.add(Fact(name="last_sweep", value="", at=at))
        query = select(Account).where(Account.contact_id == follow_up.mira)
        session.scalars(query).one().is_administrator = True
    assert ("the scheduler does not run" in get(administrator, "/outbox/")) is is_alarm
    assert "the scheduler does not run" not in get(reader, "/outbox/")


def test_an_empty_outbox_says_why(follow_up: FollowUp, signed_in: Browse) -> None:
    page = text_of(get(signed_in(follow_up.zoe), "/outbox/"))
    assert "Reminders come here as soon as a task's day has come" in page
    assert in_days(0) == TODAY
