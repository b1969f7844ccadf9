"""Whoever's approval of a list or report is missing is reminded of it, on both databases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.room import Room
from tests.services.reminding import Post, at
from tests.services.reporting import Reporting
from tests.world import NOW, World
from tracker.models import Amendment, Contact, Dialogue
from tracker.policy.markings import parse_marking
from tracker.policy.reminder_rules import ReminderRules
from tracker.policy.visibility import SYSTEM
from tracker.queries.agreed_lists import waiting_approvals
from tracker.queries.waiting import missing_approvals
from tracker.services.amend_list import ItemChange, decline_amendment, propose_amendment
from tracker.services.approve_list import Confirmed
from tracker.services.approve_report import approve_report
from tracker.services.choose_notices import choose_notices, notices_of
from tracker.services.delegate_approval import delegate_approval
from tracker.services.draft_list import draft_list, offer_list
from tracker.services.freeze_report import freeze_report
from tracker.services.set_rules import set_rules

OFFERED = NOW.date()
"""Thursday, 12 July 2007."""


@pytest.fixture
def post(world: World) -> Post:
    return Post(world, now=NOW)


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def sweep_days(post: Post, first: dt.date, days: int) -> list[tuple[str, str]]:
    """Sweeps on each of so many days at noon; whom mails went to, with the day."""
    found, before = [], len(post.mails)
    for n in range(days):
        day = first + dt.timedelta(days=n)
        post.sweep(dt.datetime.combine(day, dt.time(12), dt.UTC))
        found += [(f"{day:%d %b}", a.partition("@")[0]) for a in post.recipients[before:]]
        before = len(post.mails)
    return found


def test_both_sides_approvers_are_asked_at_once_and_every_week_until_they_approve(
    post: Post, room: Room
) -> None:
    version = room.offer()
    assert sweep_days(post, OFFERED, 12) == [
        ("12 Jul", "edda.holt"),
        ("12 Jul", "jonas.kirr"),
        ("19 Jul", "edda.holt"),
        ("19 Jul", "jonas.kirr"),
    ]
    room.approve(version, "approver")
    assert sweep_days(post, dt.date(2007, 7, 24), 8) == [("26 Jul", "jonas.kirr")]
    room.approve(version, "their_approver")
    assert sweep_days(post, dt.date(2007, 8, 1), 30) == []


def test_the_mail_says_what_waits_since_when_and_why(post: Post, room: Room) -> None:
    room.offer()
    post.sweep(at_noon(OFFERED))
    mail = post.mails[0]
    assert mail["Subject"] == "For your approval: Version 1 of the agreed list, meeting 1"
    text = post.text(0)
    assert "Edda Holt, 1 approval of yours is missing." in text
    assert "WAITING FOR YOUR APPROVAL Version 1 of the agreed list, meeting 1" in text
    assert "Dialogue: Northland-Sundria Border Talks" in text
    assert "Waits since: 12 July 2007" in text
    assert "Your side has not approved it yet, and you may" in text
    assert "Read and approve: https://tracker.example.org/go/list/1" in text


def test_above_the_ceiling_only_that_an_approval_is_missing_is_said(post: Post, room: Room) -> None:
    room.offer(marking="C")
    post.sweep(at_noon(OFFERED))
    assert post.mails[0]["Subject"] == "An approval of yours is missing in the Dialogue Tracker"
    for number in range(2):
        text = post.text(number)
        assert text.startswith("UNCLASSIFIED")
        for word in ("agreed list", "Border", "meeting", "July"):
            assert word not in text


def test_a_delegate_is_asked_on_the_days_that_they_may_approve(post: Post, room: Room) -> None:
    room.offer()
    with room.database.transaction() as session:
        delegate_approval(
            session,
            session.get_one(Dialogue, room.dialogue_id),
            session.get_one(Contact, room.people["their_deputy"]),
            dt.date(2007, 7, 16),
            dt.date(2007, 7, 20),
            actor=room.actor("their_approver"),
            now=NOW,
        )
    told = [entry for entry in sweep_days(post, OFFERED, 15) if entry[1] == "lena.sorm"]
    assert told == [("16 Jul", "lena.sorm")]
    number = post.recipients.index("lena.sorm@example.org")
    assert "and you may as the delegate of Jonas Kirr" in post.text(number)


def test_a_new_version_arms_again_and_the_old_one_is_forgotten(post: Post, room: Room) -> None:
    room.offer()
    sweep_days(post, OFFERED, 2)
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        second = draft_list(session, meeting, actor=room.actor("editor"), now=at_noon(OFFERED))
        later = dt.datetime(2007, 7, 16, 9, tzinfo=dt.UTC)
        offer_list(session, second, "U", actor=room.actor("editor"), now=later)
    assert {day for day, _ in sweep_days(post, dt.date(2007, 7, 16), 1)} == {"16 Jul"}
    assert "Version 2" in post.text()
    assert "Version 1" not in post.text()


def test_an_approval_given_between_planning_and_sending_cancels_the_asking(
    post: Post, room: Room
) -> None:
    version = room.offer()
    post.plan(at_noon(OFFERED).replace(hour=3))
    room.approve(version, "approver")
    post.sweep(at_noon(OFFERED))
    assert post.recipients == ["jonas.kirr@example.org"]
    states = {r.contact_id: r.state for r in post.reminders()}
    assert states[room.people["approver"]] == "cancelled"


def test_tasks_and_approvals_of_a_person_come_in_one_mail(post: Post, room: Room) -> None:
    room.offer()
    room.world.task(
        room.dialogue_id, "Print the list", owners=[room.people["approver"]], due_on=OFFERED
    )
    post.sweep(at_noon(OFFERED))
    assert post.recipients.count("edda.holt@example.org") == 1
    number = post.recipients.index("edda.holt@example.org")
    assert str(post.mails[number]["Subject"]).startswith("1 due, 1 to approve: 1 Print the")
    assert "WAITING FOR YOUR APPROVAL" in post.text(number)


def test_whoever_is_away_is_asked_when_they_are_back(post: Post, room: Room) -> None:
    room.offer()
    who = room.people["approver"]
    with room.database.transaction() as session:
        notices = replace(notices_of(session, who), away_until=dt.date(2007, 7, 20))
        choose_notices(session, who, notices, today=OFFERED)
    told = [entry for entry in sweep_days(post, OFFERED, 14) if entry[1] == "edda.holt"]
    assert told == [("23 Jul", "edda.holt")]


def test_the_dialogue_can_switch_it_off(post: Post, room: Room) -> None:
    room.offer()
    with room.database.transaction() as session:
        dialogue = session.get_one(Dialogue, room.dialogue_id)
        rules = ReminderRules(approval_every=None)
        set_rules(session, dialogue, rules, seen_version=0, actor=SYSTEM)
    assert sweep_days(post, OFFERED, 10) == []


def test_what_reminders_ask_for_is_what_the_pages_let_people_approve(room: Room) -> None:
    room.offer()
    with room.database.reading() as session:
        found = {m.contact.id: m.key for m in missing_approvals(session, lambda _: OFFERED)}
        for contact_id in room.people.values():
            waiting = waiting_approvals(session, session.get_one(Contact, contact_id), OFFERED)
            assert [("list", w.version.id) for w in waiting] == (
                [found[contact_id]] if contact_id in found else []
            )


def test_a_frozen_report_is_asked_for_a_week_after_the_mail_that_told_of_it(world: World) -> None:
    reporting = Reporting(world)
    reporting.draft()
    frozen_at = at(10)
    with reporting.writing() as (session, report):
        freeze_report(
            session, report, actor=reporting.actor(reporting.mira), now=frozen_at,
            host="tracker.example.org",
            today=frozen_at.date(),
        )  # fmt: skip
    post = Post(world)
    for task in (reporting.list_task, reporting.map_task):
        post.change(task, status="done")
    assert sweep_days(post, frozen_at.date(), 8) == [
        ("17 Jan", "ana.verane"),
        ("17 Jan", "bo.sund"),
    ]
    assert "Status report of 10 January 2008" in post.text()
    with reporting.writing() as (session, report):
        approve_report(
            session, report, seen_sha256=report.sha256, actor=reporting.actor(reporting.ana),
            now=at(18), today=dt.date(2008, 1, 18), confirmed=Confirmed(reporting.ana),
        )  # fmt: skip
    assert sweep_days(post, dt.date(2008, 1, 18), 8) == [("24 Jan", "bo.sund")]


def test_a_list_marked_above_the_ceiling_after_planning_is_written_by_its_marking_then(
    post: Post, room: Room
) -> None:
    room.offer()
    post.settings = replace(post.settings, ceiling=parse_marking("U"))
    post.plan(at_noon(OFFERED).replace(hour=3))
    with room.database.transaction() as session:
        session.execute(
            Dialogue.__table__.metadata.tables["agreed_list"].update().values(marking="C")
        )
    post.sweep(at_noon(OFFERED))
    assert "agreed list" not in post.text()


def at_noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


# Changes proposed to an agreed list wait for an editor's answer.


def propose(room: Room, text: str) -> int:
    with room.world.database.transaction() as session:
        change = ItemChange(1, text=text)
        made = propose_amendment(
            session, room.meeting(session), change, "They asked for it.",
            actor=room.actor("approver"), now=NOW,
        )  # fmt: skip
        return made.id


def test_a_proposed_change_is_asked_about_every_week_until_an_editor_answers(
    post: Post, room: Room
) -> None:
    room.agree()
    assert sweep_days(post, OFFERED, 3) == []
    proposed = propose(room, "Open the bridge at Vell by the end of May.")
    assert sweep_days(post, dt.date(2007, 7, 16), 9) == [
        ("16 Jul", "mira.okonjo"),
        ("16 Jul", "tomas.reyl"),
        ("23 Jul", "mira.okonjo"),
        ("23 Jul", "tomas.reyl"),
    ]
    with room.world.database.transaction() as session:
        amendment = session.get_one(Amendment, proposed)
        decline_amendment(
            session, amendment, "It cannot be done.", actor=room.actor("lead"), now=NOW
        )
    assert sweep_days(post, dt.date(2007, 7, 28), 10) == []


def test_the_mail_about_proposed_changes_says_how_many_and_why(post: Post, room: Room) -> None:
    room.agree()
    propose(room, "Open the bridge at Vell by the end of May.")
    propose(room, "Open the bridge at Vell in June.")
    post.sweep(at_noon(OFFERED))
    text = post.text()
    assert "2 changes proposed to the agreed list, meeting 1" in text
    assert "Nobody has answered yet, and you edit the dialogue" in text
    assert "Read and answer: https://tracker.example.org/go/list/1" in text
