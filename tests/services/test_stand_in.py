"""Owners who cannot be told, and owners who say nothing: who hears then, on both databases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.services.mission import Mission
from tests.services.reminding import Post, at, due_task
from tests.world import World
from tracker.mail.bounces import Bounce
from tracker.models import Contact, Dialogue
from tracker.policy.visibility import SYSTEM
from tracker.services.mail_links import keep
from tracker.services.manage_people import change_contact, entry_of, set_active
from tracker.services.manage_roles import set_roles
from tracker.services.settle_reminders import retry_reminder
from tracker.services.take_bounce import take_bounces


@pytest.fixture
def mission(world: World) -> Mission:
    return Mission(Post(world))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": None}, "Its owner Mira Okonjo has no mail address, and you lead the dialogue"),
        ({"is_active": False}, "Its owner Mira Okonjo is no longer active, and you lead"),
        ({"party_id": None}, "Its owner Mira Okonjo is not of our side, and you lead"),
    ],
)
def test_the_lead_is_told_what_is_the_matter_with_the_owner(
    values: dict[str, object], words: str, mission: Mission
) -> None:
    mission.post.set_contact(mission.clerk, **values)
    mission.post.sweep(at(3))
    assert mission.post.recipients == ["lena.marsh@example.org"]
    assert words in mission.post.text()


def test_an_owner_deactivated_between_reminders_is_stood_in_for_at_once(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    with mission.post.world.database.transaction() as session:
        set_active(session, session.get_one(Contact, mission.clerk), False, actor=SYSTEM)
    assert mission.told(dt.date(2008, 1, 4), 1) == [("04 Jan", "lena.marsh")]
    assert "is no longer active" in mission.post.text()


def test_a_lead_who_joins_after_planning_is_told_at_once_of_what_is_due(world: World) -> None:
    post = Post(world)
    dialogue, lead = world.dialogue(), world.person("Lena Marsh")
    due_task(world, dialogue=dialogue)
    assert post.sweep(at(3)).planned.unreachable == 1
    with world.database.transaction() as session:
        contact = session.get_one(Contact, lead)
        set_roles(session, session.get_one(Dialogue, dialogue), contact, ["lead"], actor=SYSTEM)
    post.sweep(at(3, 10))
    assert post.recipients == ["lena.marsh@example.org"]
    assert "10 January 2008, in 7 days" in post.text()
    assert "comes late" not in post.text()


# Asking for an update.


def test_an_owner_is_asked_for_an_update_where_nothing_was_heard_for_sixty_days(
    mission: Mission,
) -> None:
    mission.rule(lead_days=(0,), overdue_every=None, head_after=None, chair_after=None)
    mission.post.change(mission.task, due_on=dt.date(2008, 7, 10))
    told = mission.told(dt.date(2008, 1, 4), 180)
    assert told == [("03 Mar", "mira.okonjo"), ("02 May", "mira.okonjo"), ("01 Jul", "mira.okonjo")]
    assert mission.post.mails[0]["Subject"] == ("Update wanted: 1 Send the list of crossing points")
    text = mission.post.text(0)
    assert "an update of 1 task is wanted" in text
    assert "AN UPDATE IS WANTED 1. Send the list" in text
    assert "You own it; nothing was heard of it for a while, so please say how it stands" in text


def test_whoever_says_how_it_stands_is_not_asked(mission: Mission) -> None:
    mission.rule(lead_days=(0,), head_after=None, chair_after=None)
    mission.post.change(mission.task, due_on=dt.date(2008, 7, 10))
    mission.told(dt.date(2008, 1, 4), 50)
    mission.post.change(mission.task, remark="The ministry has answered.")
    assert mission.told(dt.date(2008, 2, 23), 55) == []


def test_an_update_between_planning_and_sending_cancels_the_asking(mission: Mission) -> None:
    mission.rule(lead_days=(0,), head_after=None, chair_after=None)
    mission.post.change(mission.task, due_on=dt.date(2008, 7, 10))
    mission.told(dt.date(2008, 1, 4), 59)
    mission.post.plan(at(3, 5, month=3))
    mission.post.now = at(3, 6, month=3)
    mission.post.change(mission.task, remark="The ministry has answered.")
    assert mission.told(dt.date(2008, 3, 3), 1) == []
    (reminder,) = mission.post.reminders()
    assert reminder.lines[0].left_out == "somebody has said how it stands"


def test_nobody_is_asked_for_an_update_days_before_they_are_reminded_anyway(
    mission: Mission,
) -> None:
    """Due on 4 February, reminded 30 days before; nothing was heard since 1 December."""
    mission.rule(lead_days=(2,), stale_after=60, head_after=None, chair_after=None)
    with mission.post.world.database.transaction() as session:
        session.execute(
            Dialogue.__table__.metadata.tables["task"].update().values(due_on=dt.date(2008, 2, 4))
        )
    assert mission.told(dt.date(2008, 1, 4), 30) == [("01 Feb", "mira.okonjo")]
    assert "reminder for 2 days before it is due" in mission.post.text()


def bounce(mission: Mission) -> None:
    """The owner's last mail came back: there is no such mailbox."""
    reminder = next(r for r in mission.post.reminders() if r.contact_id == mission.clerk)
    words = "550 5.1.1 No such mailbox"
    found = Bounce(reminder.message_id, "mira.okonjo@example.org", "5.1.1", words, True)
    with mission.post.world.database.transaction() as session:
        assert take_bounces(session, [found], now=mission.post.now) == 1


def test_after_a_mail_came_back_the_lead_hears_with_the_next_sweep(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    bounce(mission)
    assert mission.told(dt.date(2008, 1, 4), 1) == [("04 Jan", "lena.marsh")]
    assert "Its owner Mira Okonjo has an address that sends mail back" in mission.post.text()


def test_a_corrected_address_has_the_owner_told_again_and_not_the_lead(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    bounce(mission)
    with mission.post.world.database.transaction() as session:
        contact = session.get_one(Contact, mission.clerk)
        entry = replace(entry_of(contact), email="mira@example.org")
        change_contact(session, contact, entry, seen_version=contact.version, actor=SYSTEM)
    told = mission.told(dt.date(2008, 1, 4), 6)
    assert told == [("09 Jan", "mira")]


def test_a_reminder_tried_again_by_button_is_sent_though_mail_came_back(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    bounce(mission)
    (failed,) = mission.post.reminders()
    with mission.post.world.database.transaction() as session:
        retry_reminder(session, failed.id, actor=SYSTEM, now=mission.post.now)
    mission.post.sweep(at(3, 15))
    assert mission.post.recipients == ["mira.okonjo@example.org"] * 2


def test_where_mail_to_every_lead_came_back_they_are_tried_all_the_same(world: World) -> None:
    post = Post(world)
    dialogue, lead = world.dialogue(), world.person("Lena Marsh")
    world.join(dialogue, lead, "lead")
    due_task(world, dialogue=dialogue)
    with world.database.transaction() as session:
        keep(session, lead).address_fault = "550 5.1.1"
    post.sweep(at(3))
    assert post.recipients == ["lena.marsh@example.org"]
