"""What is set down before a meeting: its days and place, who comes, the agenda, and the open tasks
that are carried into it. What happens in the room is write_log.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import AgendaItem, CarriedTask, Contact, Delegate, Dialogue, Meeting, Task
from tracker.models.meetings import DELEGATE_ROLES
from tracker.policy.days import is_plausible
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.policy.names import has_control_characters
from tracker.policy.visibility import Actor
from tracker.queries.dialogues import hold_dialogue, latest_meeting
from tracker.queries.meetings import carried_into, delegates_of, open_before

_LABEL = re.compile(r"[\w.() -]{1,20}")
MOST_ITEMS = 60


def add_meeting(session: Session, dialogue: Dialogue, *, actor: Actor) -> Meeting:
    """The next meeting of the series: the last one's agenda without days and times, and the open
    tasks of all earlier ones."""
    require_preparer(dialogue.id, actor)
    hold_dialogue(session, dialogue)
    last = latest_meeting(session, dialogue.id)
    agenda = list(last.agenda) if last else []
    meeting = Meeting(
        number=max((meeting.number for meeting in dialogue.meetings), default=0) + 1,
        starts_on=None,
        ends_on=None,
        is_confirmed=False,
        place="",
    )
    meeting.agenda = [
        AgendaItem(label=item.label, title=item.title, marking=item.marking, position=item.position)
        for item in agenda
    ]
    dialogue.meetings.append(meeting)
    session.flush()
    carry_over(session, meeting, actor=actor)
    return meeting


def change_days(
    session: Session,
    meeting: Meeting,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    place: str,
    *,
    actor: Actor,
    seen: str | None = None,
) -> None:
    """Sets the meeting's days and place; a person who gives days confirms them. ``seen`` is what
    ``days_seen`` gave when they were shown: Conflict where they differ by now."""
    require_preparer(meeting.dialogue_id, actor)
    _hold(session, meeting)
    if seen is not None and seen != days_seen(meeting):
        stand = days_seen(meeting) or "no days and no place"
        raise Conflict(f"Somebody else has changed days or place meanwhile, to: {stand}.")
    if (starts_on is None) != (ends_on is None):
        raise InvalidInput("Give both days of the meeting, or neither.", "ends_on")
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if not is_plausible(day):
            raise InvalidInput("Give a date between 1900 and 2199.", field)
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidInput("The meeting's last day is before its first.", "ends_on")
    if len(place) > 200 or has_control_characters(place):
        raise InvalidInput("Give the place on one line, in at most 200 characters.", "place")
    meeting.starts_on, meeting.ends_on, meeting.place = starts_on, ends_on, place.strip()
    meeting.is_confirmed = starts_on is not None
    session.flush()


@dataclass(frozen=True, slots=True)
class NewDelegate:
    """Somebody who comes: of the directory, or a name."""

    party_id: int
    role: str
    name: str = ""
    contact_id: int | None = None


def add_delegate(session: Session, meeting: Meeting, new: NewDelegate, *, actor: Actor) -> Delegate:
    """Adds a person to a party's delegation. Gives no right to see anything."""
    require_preparer(meeting.dialogue_id, actor)
    contact = session.get(Contact, new.contact_id) if new.contact_id is not None else None
    name = contact.full_name if contact else new.name.strip()
    if not name or len(name) > 200 or has_control_characters(name):
        raise InvalidInput("Choose a person, or write a name on one line.", "name")
    if new.role not in DELEGATE_ROLES:
        raise InvalidInput("Choose one of the listed roles.", "function")
    if new.party_id not in {entry.party_id for entry in meeting.dialogue.parties}:
        raise InvalidInput("Choose one of the two sides.", "party_id")
    if contact and contact.party_id not in (None, new.party_id):
        raise InvalidInput(f"{name} is of the other side.", "party_id")
    known = delegates_of(session, meeting)
    delegate = Delegate(
        meeting_id=meeting.id,
        party_id=new.party_id,
        contact_id=contact.id if contact else None,
        name=name,
        role=new.role,
        position=max((d.position for d in known), default=-1) + 1,
    )
    session.add(delegate)
    session.flush()
    return delegate


def remove_delegate(session: Session, meeting: Meeting, delegate_id: int, *, actor: Actor) -> str:
    """Takes a person off a delegation and returns the name; raises NotFound."""
    require_preparer(meeting.dialogue_id, actor)
    delegate = session.get(Delegate, delegate_id)
    if delegate is None or delegate.meeting_id != meeting.id:
        raise NotFound("That person is not of this meeting's delegations.")
    session.delete(delegate)
    session.flush()
    return delegate.name


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One line of an agenda as entered; ``item_id`` None adds one, an empty title takes it off."""

    item_id: int | None
    label: str
    title: str
    held_on: dt.date | None = None
    from_time: dt.time | None = None
    to_time: dt.time | None = None


def save_agenda(
    session: Session,
    meeting: Meeting,
    entries: Sequence[AgendaEntry],
    *,
    actor: Actor,
    seen: str | None = None,
) -> None:
    """Replaces the agenda by these entries in their order. Tasks and log lines under an item that
    goes stand under none. ``seen`` is what ``agenda_seen`` gave when it was shown. Raises
    InvalidInput with the entry at fault, Conflict where the agenda differs from what was seen."""
    require_preparer(meeting.dialogue_id, actor)
    _hold(session, meeting)
    if seen is not None and seen != agenda_seen(meeting):
        raise Conflict(
            "Somebody else has changed the agenda meanwhile. Yours stands below, with the items "
            "that they have added; look it over and save it again."
        )
    wanted = [entry for entry in entries if entry.title.strip()]
    _check_agenda(meeting, wanted)
    known = {item.id: item for item in meeting.agenda}
    kept = {entry.item_id for entry in wanted}
    meeting.agenda[:] = [item for item in meeting.agenda if item.id in kept]
    session.flush()
    for item in meeting.agenda:
        item.label = f"~{item.id}"[:20]  # Two items that change places would have one label each.
    session.flush()
    for position, entry in enumerate(wanted):
        stored = known.get(entry.item_id or -1)
        if stored is None:
            stored = AgendaItem(meeting_id=meeting.id)
            meeting.agenda.append(stored)
        stored.label, stored.title = entry.label.strip(), " ".join(entry.title.split())
        stored.position, stored.held_on = position, entry.held_on
        stored.from_time, stored.to_time = entry.from_time, entry.to_time
    session.flush()
    session.expire(meeting, ["agenda"])


def days_seen(meeting: Meeting) -> str:
    """Days and place as a page shows them, by which a form knows that they are still the same."""
    days = [str(day) for day in (meeting.starts_on, meeting.ends_on) if day is not None]
    return " ".join([" – ".join(days), meeting.place]).strip()


def agenda_seen(meeting: Meeting) -> str:
    """A fingerprint of the agenda, for the same."""
    items = [
        (i.id, i.label, i.title, i.position, i.held_on, i.from_time, i.to_time)
        for i in meeting.agenda
    ]
    return hashlib.sha256(repr(items).encode()).hexdigest()[:16]


def _hold(session: Session, meeting: Meeting) -> None:
    """Lets one person at a time prepare a meeting, and shows what the one before has stored."""
    session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    session.refresh(meeting)


def carry_over(session: Session, meeting: Meeting, *, actor: Actor) -> list[Task]:
    """Carries the open tasks of earlier meetings into this one, each under the agenda item of the
    same title or label as its own, else under none. Returns those that are new here."""
    require_preparer(meeting.dialogue_id, actor)
    tasks = open_before(session, meeting)
    for task in tasks:
        item = _same_item(meeting, task.agenda_item)
        session.add(
            CarriedTask(
                meeting_id=meeting.id,
                task_id=task.id,
                task=task,
                agenda_item_id=item.id if item else None,
            )
        )
    session.flush()
    return tasks


def place_carried(
    session: Session, meeting: Meeting, task_number: int, label: str, *, actor: Actor
) -> None:
    """Puts a carried task under another agenda item; "" puts it under none."""
    require_preparer(meeting.dialogue_id, actor)
    item = next((item for item in meeting.agenda if item.label == label), None)
    for carried in carried_into(session, meeting):
        if carried.task.number == task_number:
            carried.agenda_item_id = item.id if item else None
            session.flush()
            return
    raise NotFound("That task was not carried into this meeting.")


def require_preparer(dialogue_id: int, actor: Actor) -> None:
    """Raises NotAllowed for whoever does not edit the dialogue."""
    if not actor.scope.may_edit(dialogue_id):
        raise NotAllowed("Only an editor or lead of the dialogue prepares its meetings.")


def _check_agenda(meeting: Meeting, entries: Sequence[AgendaEntry]) -> None:
    if len(entries) > MOST_ITEMS:
        raise InvalidInput(f"An agenda has at most {MOST_ITEMS} items.")
    labels = [entry.label.strip() for entry in entries]
    own = {item.id for item in meeting.agenda}
    for entry, label in zip(entries, labels, strict=True):
        where = f"Agenda item {label or '?'}"
        if not _LABEL.fullmatch(label) or labels.count(label) > 1:
            raise InvalidInput(f"{where}: give each item a number or letter of its own.")
        if len(entry.title) > 300 or has_control_characters(entry.title):
            raise InvalidInput(f"{where}: a title has at most 300 characters, on one line.")
        if entry.item_id is not None and entry.item_id not in own:
            raise NotFound("That agenda item is not of this meeting.")
        if not is_plausible(entry.held_on):
            raise InvalidInput(f"{where}: give a day between 1900 and 2199.")
        if entry.from_time and entry.to_time and entry.to_time <= entry.from_time:
            raise InvalidInput(f"{where}: it ends before it begins.")


def _same_item(meeting: Meeting, item: AgendaItem | None) -> AgendaItem | None:
    if item is None:
        return None
    title = item.title.casefold()
    by_title = (one for one in meeting.agenda if one.title.casefold() == title)
    by_label = (one for one in meeting.agenda if one.label == item.label)
    return next(by_title, None) or next(by_label, None)
