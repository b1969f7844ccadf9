"""Who is told of which task, and why: asked when reminders are planned and again when sent.

Session first; no writes. The same few SELECTs, however many tasks.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.models import Contact, Correspondence, Dialogue, Membership, Task
from tracker.policy.reminder_words import (
    ABSENT,
    CHAIR,
    FAULTS,
    FOR_CHAIR,
    FOR_HEAD,
    HEAD,
    OWNER,
    SEVERAL,
    UNLINKED,
    UNOWNED,
)
from tracker.policy.statuses import date_in_words

Told = list[tuple[Contact, str]]
Recipients = dict[int, Told]
DayOf = Callable[[Contact], dt.date]
_RAISED = ((HEAD, FOR_HEAD), (CHAIR, FOR_CHAIR))


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears of one task, each with why: its owners, or who stands in for them, and to whom
    it is ``raised`` while it is overdue. ``faults`` are the owners who cannot be told, each with
    what is the matter in words."""

    told: Told
    raised: Told
    faults: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Audiences:
    """The audiences of some tasks by id, and what is kept of the mail of all who are in them."""

    by_task: Mapping[int, Audience]
    people: Mapping[int, Correspondence]


def recipients_of(session: Session, tasks: Sequence[Task]) -> Recipients:
    """By task id: the owners who can be reached, else the dialogue's leads who can.

    Reached are active people and offices with an address that works, of the dialogue's own side,
    since what is not shared yet is never told to another; people only while they take part in
    the dialogue. An empty list means that nobody can be told.
    """
    found = audiences_of(session, tasks)
    return {task_id: audience.told for task_id, audience in found.by_task.items()}


def audiences_of(session: Session, tasks: Sequence[Task], day_of: DayOf | None = None) -> Audiences:
    """As ``recipients_of``, and to whom each task is raised. With ``day_of``, which gives a
    person's date, the leads stand in for owners who are all away on theirs; the owners stay,
    and hear of it once they are back."""
    room = Room(session, tasks, day_of)
    return Audiences({task.id: room.audience(task) for task in tasks}, room.people)


@dataclass(slots=True)
class Room:
    """The people around some tasks, looked up once."""

    session: Session
    tasks: Sequence[Task]
    day_of: DayOf | None = None
    heads: dict[int, int] = field(default_factory=dict)
    roles: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    holders: dict[tuple[int, str], list[Contact]] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    people: dict[int, Correspondence] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    """By contact and dialogue: asked for the same few people with every task."""
    able: dict[tuple[int, str], list[Contact]] = field(default_factory=dict)
    audiences: dict[tuple[int, tuple[tuple[int | None, str], ...]], Audience] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        owners = {o.contact_id: o.contact for t in self.tasks for o in t.owners if o.contact}
        self.heads = _heads(self.session, filter(None, owners.values()))
        wanted = {i for i in owners if i is not None} | set(self.heads.values())
        self.roles = _roles(self.session, {task.dialogue_id for task in self.tasks}, wanted)
        wanted |= {contact_id for _, contact_id in self.roles}
        self.contacts = {c.id: c for c in owners.values() if c is not None}
        others = select(Contact).where(Contact.id.in_(wanted - set(self.contacts)))
        self.contacts |= {contact.id: contact for contact in self.session.scalars(others)}
        kept = select(Correspondence).where(Correspondence.contact_id.in_(wanted))
        self.people = {row.contact_id: row for row in self.session.scalars(kept)}
        self.holders = defaultdict(list)
        for (dialogue_id, contact_id), held in self.roles.items():
            for role in held:
                self.holders[(dialogue_id, role)].append(self.contacts[contact_id])

    def audience(self, task: Task) -> Audience:
        """Who hears of one of the tasks: the same as of others with its owners."""
        key = task.dialogue_id, tuple((o.contact_id, o.name) for o in task.owners)
        if key not in self.audiences:
            self.audiences[key] = self._audience(task)
        return self.audiences[key]

    def _audience(self, task: Task) -> Audience:
        owners = list(dict.fromkeys(o.contact for o in task.owners if o.contact is not None))
        faults = [(c, self.fault(c, task.dialogue)) for c in owners]
        reached = [contact for contact, fault in faults if not fault]
        told = [(contact, OWNER) for contact in reached]
        away = [(contact, ABSENT) for contact in reached if self.is_away(contact)]
        if len(away) == len(reached):
            missing = [pair for pair in faults if pair[1]] + away
            why = _why(missing, task)
            told += [(c, why) for c in self.leads(task.dialogue) if c not in reached]
            said = [(c.full_name, self.in_words(c, fault)) for c, fault in missing]
            said += [(o.name, FAULTS[UNLINKED]) for o in task.owners if o.contact is None]
            return Audience(told, self.raised(task, owners, told), said)
        return Audience(told, self.raised(task, owners, told))

    def raised(self, task: Task, owners: Sequence[Contact], told: Told) -> Told:
        """The heads of the owners' offices and the co-chairs of our side; the leads, where none
        of these can be told. Nobody who hears of the task anyway."""
        dialogue, found = task.dialogue, Told()
        known = {contact.id for contact, _ in told} | {contact.id for contact in owners}
        offices = dict.fromkeys(map(_office, owners))
        heads = dict.fromkeys(self.heads[office] for office in offices if office in self.heads)
        able = [c for head in heads if not self.fault(c := self.contacts[head], dialogue)]
        for (why, instead), people in zip(
            _RAISED, (able, self.holders_of(dialogue, "co-chair")), strict=True
        ):
            chosen = [(c, why) for c in people] or [(c, instead) for c in self.leads(dialogue)]
            found += [(contact, why) for contact, why in chosen if contact.id not in known]
        return found

    def holders_of(self, dialogue: Dialogue, role: str) -> list[Contact]:
        """Those who hold the role and can be told."""
        key = dialogue.id, role
        if key not in self.able:
            self.able[key] = [c for c in self.holders[key] if not self.fault(c, dialogue)]
        return self.able[key]

    def leads(self, dialogue: Dialogue) -> list[Contact]:
        """The leads who can be told; where mail to all of them came back, these, since there is
        nobody else to try."""
        able = self.holders_of(dialogue, "lead")
        if able:
            return able
        leads = self.holders[(dialogue.id, "lead")]
        return [lead for lead in leads if self.fault(lead, dialogue) == "bounced"]

    def fault(self, contact: Contact, dialogue: Dialogue) -> str:
        """Why the person cannot be told of the dialogue's tasks; "" where they can."""
        key = contact.id, dialogue.id
        if key not in self.faults:
            self.faults[key] = self._fault(contact, dialogue)
        return self.faults[key]

    def _fault(self, contact: Contact, dialogue: Dialogue) -> str:
        """In the sample, whoever has a role stands on its own side, whatever their country."""
        is_office = contact.kind == "office"
        takes_part = is_office or (dialogue.id, contact.id) in self.roles
        is_own_side = contact.party_id == dialogue.own_party_id
        kept = self.people.get(contact.id)
        if not contact.is_active:
            return "inactive"
        if not is_own_side and (is_office or not dialogue.is_sample):
            return "other_side"
        if not contact.email:
            return "no_address"
        if not takes_part:
            return "no_part"
        return "bounced" if kept is not None and kept.address_fault else ""

    def is_away(self, contact: Contact) -> bool:
        """Whether they are, on their own date; False where nobody asked."""
        kept = self.people.get(contact.id)
        if self.day_of is None or kept is None or kept.away_until is None:
            return False
        return self.day_of(contact) <= kept.away_until

    def in_words(self, contact: Contact, fault: str) -> str:
        """What is the matter with an owner, to continue their name."""
        kept = self.people.get(contact.id)
        if fault == ABSENT and kept is not None:
            return f"is away until {date_in_words(kept.away_until)}"
        return FAULTS[fault]


def _why(missing: Sequence[tuple[Contact, str]], task: Task) -> str:
    """One word for why nobody of the owners is told."""
    faults = {fault for _, fault in missing}
    if any(owner.contact is None for owner in task.owners):
        faults.add(UNLINKED)
    if not faults:
        return UNOWNED
    return faults.pop() if len(faults) == 1 else SEVERAL


def _office(contact: Contact) -> int:
    """The office whose head answers for the owner."""
    return contact.id if contact.kind == "office" else contact.office_id or 0


def _heads(session: Session, owners: Iterable[Contact]) -> dict[int, int]:
    """Who heads the owners' offices, by office."""
    offices = {_office(contact) for contact in owners}
    query = select(Contact.id, Contact.head_id).where(
        Contact.id.in_(offices), Contact.head_id.is_not(None), Contact.kind == "office"
    )
    return {office: head for office, head in session.execute(query) if head is not None}


def _roles(
    session: Session, dialogue_ids: Collection[int], contact_ids: Collection[int]
) -> dict[tuple[int, int], set[str]]:
    """(dialogue, contact) → roles, of owners, heads, leads and co-chairs."""
    query = select(Membership.dialogue_id, Membership.contact_id, Membership.role).where(
        Membership.dialogue_id.in_(dialogue_ids),
        or_(Membership.role.in_(("lead", "co-chair")), Membership.contact_id.in_(contact_ids)),
    )
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for dialogue_id, contact_id, role in session.execute(query.order_by(Membership.id)):
        found[(dialogue_id, contact_id)].add(role)
    return found
