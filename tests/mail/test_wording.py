"""Which words a digest chooses: subject, order, reasons."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.digests import LATE, TODAY, make_digest, make_task
from tracker.mail.one_line import shorten
from tracker.mail.wording import view_digest
from tracker.policy.markings import parse_marking

SECRET = parse_marking("S")


def subject_of(*tasks, **changes) -> str:
    return view_digest(make_digest(*tasks, **changes), room=50).subject


def facts_of(task) -> dict[str, str]:
    (section,) = view_digest(make_digest(task), room=50).sections
    return dict(section.entries[0].facts)


@pytest.mark.parametrize(
    ("due_in", "start"),
    [
        (7, "Due 10 January: 17 Send"),
        (-366, "Overdue: 17 Send"),
        (0, "Due today: 17 Send"),
        (363, "Due 31 December: 17 Send"),
        (364, "Due 1 January 2009: 17 Send"),
    ],
)
def test_a_subject_names_the_one_task_that_is_due(due_in: int, start: str):
    assert subject_of(make_task(due_in=due_in)).startswith(start)


def test_a_subject_counts_several_and_names_the_most_urgent():
    tasks = (make_task(1, 9), make_task(2, -3), make_task(3, -9), make_task(4, marking=SECRET))
    assert subject_of(*tasks).startswith("2 overdue, 1 due, 1 more: 3 Send")


@given(st.lists(st.tuples(st.text(), st.integers(-400, 400), st.booleans()), min_size=1))
def test_a_subject_is_one_line_of_fewer_than_60_characters(rows):
    tasks = [
        make_task(n, due_in, title=title, marking=SECRET if secret else parse_marking("U"))
        for n, (title, due_in, secret) in enumerate(rows, 1)
    ]
    subject = subject_of(*tasks)
    assert 0 < len(subject) < 60
    assert subject == " ".join(subject.split())


def test_overdue_tasks_come_first_then_the_soonest():
    tasks = [make_task(n, due_in) for n, due_in in ((1, 9), (2, -3), (3, 0), (4, -30), (5, 9))]
    late, due = view_digest(make_digest(*tasks), room=50).sections
    assert [entry.link_words[-1] for entry in late.entries] == ["4", "2"]
    assert [entry.link_words[-1] for entry in due.entries] == ["3", "1", "5"]


def test_what_has_no_room_is_counted_and_the_most_urgent_are_kept():
    tasks = [make_task(n, n) for n in range(1, 8)] + [make_task(9, marking=SECRET)]
    view = view_digest(make_digest(*tasks), room=3)
    assert [e.link_words for s in view.sections for e in s.entries] == [
        "Open task 1",
        "Open task 2",
        "Open task 3",
    ]
    assert view.more == "5 tasks more had no room in this mail."
    assert view.summary.startswith("7 tasks fall due by 10 January 2008 and 1 task can be seen")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "You own it; this is the reminder for 7 days before it is due"),
        ({"occasion": "1"}, "You own it; this is the reminder for the day before it is due"),
        ({"occasion": "0"}, "You own it; this is the reminder for the day it is due"),
        (
            {"occasion": "overdue+8"},
            "You own it; its date has passed, and this comes every week until it is closed",
        ),
        (
            {"occasion": "overdue+8", "overdue_every": 10},
            "You own it; its date has passed, and this comes every 10 days until it is closed",
        ),
        (
            {"occasion": "stale:2008-01-02"},
            "You own it; nothing was heard of it for a while, so please say how it stands",
        ),
        ({"occasion": "x"}, "You own it"),
        (
            {"why": "unowned", "owners": (), "occasion": "x"},
            "Nobody owns it yet, and you lead the dialogue",
        ),
        (
            {"why": "no_address", "faults": [("Ana Derring", "has no mail address")]},
            "Its owner Ana Derring has no mail address, and you lead the dialogue; "
            "this is the reminder for 7 days before it is due",
        ),
        (
            {
                "why": "several",
                "occasion": "x",
                "faults": [
                    ("Ana Derring", "is no longer active"),
                    ("Bo Ek", "has no mail address"),
                ],
            },
            "Of its owners, Ana Derring is no longer active and Bo Ek has no mail address, "
            "and you lead the dialogue",
        ),
        (
            {"why": "bounced", "occasion": "x"},
            "Its owner has an address that sends mail back, and you lead the dialogue",
        ),
        (
            {"why": "head", "occasion": "raised:head"},
            "It was raised to you as head of its owner's office; "
            "it has been overdue for long, and this comes once",
        ),
        (
            {"why": "for_chair", "occasion": "raised:chair"},
            "It would go to the co-chair, but none can be told, and you lead the dialogue; "
            "it has been overdue for long, and this comes once",
        ),
    ],
)
def test_each_task_says_why_the_person_got_it(changes: dict, reason: str):
    assert facts_of(make_task(**changes))["Why you got this"] == reason


def test_facts_are_words():
    facts = facts_of(make_task(due_basis="extended", status="agreed", owners=()))
    assert facts["Due"] == "10 January 2008, in 7 days (the date was moved)"
    assert facts["Status"] == "Agreed"
    assert facts["Owner"] == "Nobody yet"
    assert "Last remark" not in facts


def test_a_late_reminder_says_for_when_it_was_planned():
    assert view_digest(LATE, room=50).notes[0] == (
        "This reminder comes late: it was planned for 31 December 2007."
    )
    notes = view_digest(make_digest(is_late=True), room=50).notes
    assert notes == ("This reminder comes late: it should have reached you on an earlier day.",)
    assert view_digest(make_digest(), room=50).notes == ()


def test_today_is_where_the_recipient_is():
    zone = dt.timezone(dt.timedelta(hours=4))
    late_evening = dt.datetime(2008, 1, 2, 21, tzinfo=dt.UTC).astimezone(zone)
    assert make_digest(sent_at=late_evening).today == TODAY


def test_a_long_text_is_cut_at_a_word():
    assert shorten("Send the revised list, at once", 24) == "Send the revised list…"
    assert shorten("x" * 30, 10) == "x" * 9 + "…"
    assert shorten("  a \n b\u2028c  ", 10) == "a b c"


# Tasks that came with a date that had passed, as from an old cable.


def old_tasks(number: int, **changes):
    values = {"entered_on": TODAY, "occasion": "overdue+2000", **changes}
    return [make_task(n, -2000, **values) for n in range(1, number + 1)]


def test_many_tasks_entered_after_their_date_stand_together_and_are_no_alarm():
    view = view_digest(make_digest(*old_tasks(40)), room=45)
    (section,) = view.sections
    assert (section.heading, section.tone) == ("To look through: entered after their date", "due")
    assert len(section.entries) == 40
    assert view.summary == "40 tasks had passed their date when they were entered."
    assert view.subject.startswith("40 tasks to look through: Northland–Westmark")
    assert view.more is None


def test_the_old_ones_come_after_what_is_due_now():
    view = view_digest(make_digest(make_task(50, 7), *old_tasks(40)), room=11)
    assert [(section.heading, len(section.entries)) for section in view.sections] == [
        ("Due", 1),
        ("To look through: entered after their date", 10),
    ]
    assert view.subject.startswith("1 due, 40 to look through: 50 Send")
    assert view.more == "30 tasks more had no room in this mail."


def test_a_few_old_ones_are_listed_like_others():
    (section,) = view_digest(make_digest(*old_tasks(3)), room=45).sections
    assert section.heading == "Overdue"
    assert len(section.entries) == 3


def test_the_marking_of_old_ones_is_the_mails():
    cui = parse_marking("U//NOFORN")
    view = view_digest(make_digest(*old_tasks(11, marking=cui), ceiling=cui), room=45)
    assert view.marking == cui


def test_a_day_before_they_were_entered_tells_them_as_they_would_have_been():
    tomorrow = TODAY + dt.timedelta(days=1)
    (section,) = view_digest(make_digest(*old_tasks(19, entered_on=tomorrow)), room=45).sections
    assert section.heading == "Overdue"
