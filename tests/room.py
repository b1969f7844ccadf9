"""A dialogue of two sides with everybody who plays a part in the room, and short words for it.

Built through the services; countries and people are invented.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from tests.world import NOW, TODAY, World
from tracker.models import AgreedList, Dialogue, Meeting
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import find_in_state
from tracker.services.approve_list import Confirmed, approve_list
from tracker.services.draft_list import draft_list, offer_list
from tracker.services.prepare_meeting import AgendaEntry, save_agenda
from tracker.services.write_log import NewLine, Written, write_log

LINES = (
    "Send the list of crossing points @Mira Okonjo !in six months #commitment",
    "Name a point of contact for border guards @Ruta Velm !by end-January",
    "Hold a joint exercise at the northern post !15 Dec",
)
BOTH = ("Northland", "Sundria")
PASSWORD = "a long walk to the border"


class Room:
    """Northland (our side) and Sundria, with a lead, an editor, a notetaker, approvers of both
    sides, and readers; ids of contacts by a short name in ``people``."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.database = world.database
        self.dialogue_id = world.dialogue()
        self.people: dict[str, int] = {}
        for key, name, party, roles in (
            ("lead", "Mira Okonjo", "Northland", ("lead",)),
            ("editor", "Tomas Reyl", "Northland", ("editor",)),
            ("notetaker", "Ilse Brand", "Northland", ("notetaker",)),
            ("approver", "Edda Holt", "Northland", ("approver",)),
            ("reader", "Nils Aker", "Northland", ("reader",)),
            ("their_lead", "Ruta Velm", "Sundria", ("editor", "owner")),
            ("their_approver", "Jonas Kirr", "Sundria", ("approver",)),
            ("their_deputy", "Lena Sorm", "Sundria", ("reader",)),
            ("their_reader", "Oto Pell", "Sundria", ("reader",)),
        ):
            self.people[key] = world.person(name, party=party)
            world.join(self.dialogue_id, self.people[key], *roles)
        self.set_agenda()

    def actor(self, who: str) -> Actor:
        """A person of the room as one who acts."""
        return self.world.actor(self.people[who])

    def set_agenda(self) -> None:
        """Two items, labelled 1 and 2."""
        with self.database.transaction() as session:
            entries = [AgendaEntry(None, "1", "Crossings"), AgendaEntry(None, "2", "Exercises")]
            save_agenda(session, self.meeting(session), entries, actor=self.actor("lead"))

    def meeting(self, session, number: int = 1) -> Meeting:
        """A meeting of the dialogue."""
        query = select(Meeting).where(
            Meeting.dialogue_id == self.dialogue_id, Meeting.number == number
        )
        return session.scalars(query).one()

    @property
    def slug(self) -> str:
        """The dialogue's address."""
        with self.database.reading() as session:
            return session.get_one(Dialogue, self.dialogue_id).slug

    def write(self, *lines: str | NewLine, who: str = "notetaker") -> list[Written]:
        """Writes lines into the log; where one names no owner both sides are to act."""
        new = [
            line
            if isinstance(line, NewLine)
            else NewLine(
                str(uuid.uuid4()),
                line,
                agenda="1",
                responsible=() if "@" in line else BOTH,
            )
            for line in lines
        ]
        with self.database.transaction() as session:
            return write_log(
                session, self.meeting(session), new, actor=self.actor(who), now=NOW, today=TODAY
            )

    def offer(self, lines: Sequence[str] = LINES, *, marking: str = "U") -> int:
        """Writes the lines, draws up the list and offers it; returns the version's id."""
        if lines:
            self.write(*lines)
        with self.database.transaction() as session:
            meeting = self.meeting(session)
            version = draft_list(session, meeting, actor=self.actor("editor"), now=NOW)
            offer_list(session, version, marking, actor=self.actor("editor"), now=NOW)
            return version.id

    def approve(self, version_id: int, who: str, *, today=TODAY, now=NOW) -> None:
        """Approves a version as it stands, as somebody who has given their password."""
        with self.database.transaction() as session:
            version = session.get_one(AgreedList, version_id)
            approve_list(
                session,
                version,
                seen_sha256=version.sha256,
                confirmed=Confirmed(self.people[who]),
                actor=self.actor(who),
                now=now,
                today=today,
            )

    def agree(self, lines: Sequence[str] = LINES) -> int:
        """Both sides approve a list of these lines; returns the frozen version's id."""
        version_id = self.offer(lines)
        self.approve(version_id, "approver")
        self.approve(version_id, "their_approver")
        return version_id

    def state_of(self, state: str) -> AgreedList | None:
        """The newest version in that state."""
        with self.database.reading() as session:
            return find_in_state(session, self.meeting(session).id, state)
