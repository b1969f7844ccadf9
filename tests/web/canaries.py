"""A world whose every internal field holds a word of its own, and people in every role there is.

A word that reaches somebody it is not meant for says which field leaked. Built through the services
where they take such values, else into the tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select

from tests.room import LINES, Room
from tests.world import NOW, TODAY, World
from tracker.models import (
    ROLES,
    AgreedList,
    CableRecord,
    Candidate,
    Contact,
    Dialogue,
    Meeting,
    Reminder,
    ReminderLine,
    Task,
)
from tracker.policy.visibility import SYSTEM
from tracker.services.approve_list import Consent, record_consent
from tracker.services.ask_owner import ask_owner
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.draft_list import draft_list
from tracker.services.draft_report import draft_report
from tracker.services.edit_report import Decision, ReportEdit, edit_report
from tracker.services.freeze_report import freeze_report
from tracker.services.prepare_meeting import (
    NewDelegate,
    add_delegate,
    add_meeting,
    change_days,
)
from tracker.services.write_log import NewLine, write_log

OWN, THEIRS, ELSEWHERE = "Northland", "Sundria", "Eastmark"
SECRET = "canary"
AWAY = "elsewhere"


class Canaries:
    """``internal`` are the words of our dialogue's internal side, ``away`` those of a dialogue in
    which nobody here takes part. ``people`` maps (side, role) to a contact's id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.room = Room(world)
        self.internal: set[str] = set()
        self.away: set[str] = set()
        self.people: dict[tuple[str, str], int] = {}
        self._agree()
        self._fill_dialogue()
        self._fill_reminder()
        self._fill_reports()
        self._fill_second_meeting()
        self._fill_elsewhere()
        for side in (OWN, THEIRS):
            for role in ROLES:
                contact_id = world.person(f"{side} {role}", party=side)
                world.join(self.room.dialogue_id, contact_id, role)
                self.people[side, role] = contact_id
        self.people["nowhere", "administrator"] = world.person("Ada Min", party="Westmark")
        self.people["nowhere", "none"] = world.person("Nora Nobody", party=THEIRS)

    def word(self, field: str) -> str:
        """A new word for a field of the internal side."""
        word = f"{SECRET}-{field}-q{len(self.internal)}z"
        self.internal.add(word)
        return word

    def _agree(self) -> None:
        """A frozen list of three items and an amended version on offer."""
        room = self.room
        title, text = self.word("tasktitle"), self.word("tasktext")
        room.world.task(room.dialogue_id, title, text=text, marking="S//NF", kind="objective")
        version_id = self._offer()
        room.approve(version_id, "approver")
        with room.database.transaction() as session:
            version = session.get_one(AgreedList, version_id)
            theirs = {e.party.name: e.party_id for e in version.meeting.dialogue.parties}[THEIRS]
            paper = self.word("paper").encode()
            record_consent(
                session,
                version,
                Consent(theirs, "Minister Ana Brell", TODAY, paper, self.word("papername")),
                seen_sha256=version.sha256,
                actor=room.actor("editor"),
                now=NOW,
                today=TODAY,
            )

    def _offer(self) -> int:
        room = self.room
        room.write(
            NewLine(
                "client-obj-1",
                "Open the northern road",
                task_number=1,
                agenda="1",
                responsible=(OWN, THEIRS),
            ),
            NewLine(
                "client-dropped",
                self.word("droppedline"),
                state="dropped",
                reason=self.word("dropreason"),
            ),
        )
        return room.offer(LINES)

    def _fill_dialogue(self) -> None:
        """The fields of tasks, cables, candidates and meetings that only our side has."""
        room, word = self.room, self.word
        with room.database.transaction() as session:
            for task in session.scalars(select(Task).order_by(Task.id)):
                change_task(
                    session,
                    task,
                    TaskUpdate(text=word("wording"), remark=word("remark"), reason=word("reason")),
                    seen_version=None,
                    actor=SYSTEM,
                    now=NOW,
                    today=TODAY,
                )
            cable = session.scalars(select(CableRecord)).one()
            cable.text += f"\n2. (S) {word('cabletext')}.\n"
            cable.original, cable.subject = word("original").encode(), word("subject")
            cable.filename, cable.reference_id = f"{word('file')}.txt", word("reference")
            cable.candidates.append(self._candidate())
            meeting = room.meeting(session)
            for item in meeting.agenda:
                item.title = word("agenda")
            days = (dt.date(2007, 7, 9), dt.date(2007, 7, 10))
            change_days(session, meeting, *days, word("place"), actor=SYSTEM)
            own = meeting.dialogue.own_party_id
            add_delegate(
                session, meeting, NewDelegate(own, "expert", word("delegate")), actor=SYSTEM
            )
            internal = Contact(
                kind="office",
                name=word("office"),
                title="",
                party_id=own,
                email=f"{word('mail')}@example.org",
                time_zone="UTC",
                aliases=[word("alias")],
                is_active=True,
                created_at=NOW,
            )
            session.add(internal)

    def _candidate(self) -> Candidate:
        word = self.word
        return Candidate(
            position=0,
            span_start=0,
            span_end=10,
            tier="likely",
            agenda=None,
            kind="action",
            title=word("candidate"),
            text=word("candidatetext"),
            responsible=[OWN],
            owners=[word("candidateowner")],
            due_on=None,
            due_basis="default",
            marking="S",
            rules=["rule"],
            reason=word("whypicked"),
            decision="pending",
            rejection_reason="",
        )

    def _fill_reminder(self) -> None:
        with self.room.database.transaction() as session:
            task = session.scalars(select(Task).order_by(Task.id)).first()
            assert task is not None
            reminder = Reminder(
                contact_id=self.room.people["lead"],
                day=TODAY,
                state="failed",
                message_id=f"<{self.word('message')}@example.org>",
                planned_at=NOW,
                try_at=NOW,
                attempts=1,
                outcome=self.word("outcome"),
            )
            reminder.lines.append(
                ReminderLine(task_id=task.id, occasion="30", due_on=TODAY, why="owner", left_out="")
            )
            session.add(reminder)

    def _fill_reports(self) -> None:
        """A frozen report, a draft after it, and a question of our own."""
        room = self.room
        with room.database.transaction() as session:
            dialogue = session.get_one(Dialogue, room.dialogue_id)
            for name in ("first", "second"):
                report = draft_report(
                    session, dialogue, as_of=TODAY, actor=SYSTEM, now=NOW, host="example.org"
                )
                edit = ReportEdit(
                    texts={"overall": ("The talks go well.", self.word(f"{name}report"))},
                    ratings={},
                    decisions=(Decision(self.word(f"{name}decision")),),
                )
                edit_report(session, report, edit, seen=report.edits, actor=SYSTEM)
                if name == "first":
                    freeze_report(
                        session, report, actor=SYSTEM, now=NOW, today=TODAY, host="example.org"
                    )
            task = session.scalars(select(Task).order_by(Task.id)).first()
            assert task is not None
            asker = room.actor("lead")
            ask_owner(
                session, task, self.word("question"), actor=asker, now=NOW, host="example.org"
            )

    def _fill_second_meeting(self) -> None:
        """A meeting to come, with a draft that the other side has not been offered."""
        room = self.room
        with room.database.transaction() as session:
            dialogue = session.get_one(Dialogue, room.dialogue_id)
            meeting = add_meeting(session, dialogue, actor=SYSTEM)
            draft_line = f"{self.word('draftline')} @{self.word('draftowner')}"
            write_log(
                session,
                meeting,
                [NewLine("client-draft-1", draft_line, responsible=(OWN,))],
                actor=SYSTEM,
                now=NOW,
                today=TODAY,
            )
            draft_list(session, meeting, actor=SYSTEM, now=NOW)

    def _fill_elsewhere(self) -> None:
        """A dialogue of the same two governments that nobody here has a part in."""
        world = self.world
        name = f"{AWAY}-dialogue"
        dialogue_id = world.dialogue(f"{OWN} {name}", parties=(OWN, ELSEWHERE))
        world.task(dialogue_id, f"{AWAY}-task", text=f"{AWAY}-text")
        self.away = {f"{AWAY}-dialogue", f"{AWAY}-task", f"{AWAY}-text"}

    def add_internal_work(self) -> None:
        """More of everything internal: what the other side sees must not change by a letter."""
        room = self.room
        for n in range(3):
            room.world.task(room.dialogue_id, self.word(f"more{n}"), owners=[self.word("owner")])
        room.write(*(self.word(f"moreline{n}") for n in range(3)))
        with room.database.transaction() as session:
            meeting = session.scalars(select(Meeting).where(Meeting.number == 1)).first()
            assert meeting is not None
            draft_list(session, room.meeting(session), actor=SYSTEM, now=NOW)
            task = session.scalars(select(Task).order_by(Task.id)).first()
            assert task is not None
            change_task(
                session,
                task,
                TaskUpdate(remark=self.word("moreremark"), text=self.word("moretext")),
                seen_version=None,
                actor=SYSTEM,
                now=NOW,
                today=TODAY,
            )

    def values(self) -> dict[str, object]:
        """A value for each part of an address, of things that exist."""
        with self.world.database.reading() as session:
            version = session.scalars(select(AgreedList).order_by(AgreedList.id)).first()
            cable = session.scalars(select(CableRecord).order_by(CableRecord.id)).first()
            reminder = session.scalars(select(Reminder)).first()
            candidate = session.scalars(select(Candidate)).first()
            assert version is not None
            assert cable is not None
            assert reminder is not None
            assert candidate is not None
            return {
                "slug": version.meeting.dialogue.slug,
                "dialogue_id": version.meeting.dialogue_id,
                "number": 1,
                "version": 1,
                "item": 1,
                "line": 1,
                "task": 1,
                "task_id": 1,
                "cable_id": cable.id,
                "candidate_id": candidate.id,
                "contact_id": self.room.people["lead"],
                "reminder_id": reminder.id,
                "party_id": version.meeting.dialogue.parties[1].party_id,
                "format_": "json",
                "day": TODAY.isoformat(),
                "name": "report.json",
                "filename": "icon.svg",
                "token": "no-such-token",
            }


def found_in(page: bytes, words: set[str]) -> Iterator[str]:
    """Which of these words a page holds, whatever their case."""
    low = page.lower()
    return (word for word in sorted(words) if word.lower().encode() in low)
