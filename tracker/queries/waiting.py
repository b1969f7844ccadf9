"""What waits for an approval, or an answer to a proposed change: of all dialogues, for reminders.

Session first; no writes. What one person can approve today says queries/agreed_lists.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from tracker.models import (
    AgreedList,
    Amendment,
    Approval,
    ApprovalDelegation,
    Contact,
    Dialogue,
    DialogueParty,
    Meeting,
    Membership,
    Reminder,
    ReminderApproval,
    ReportApproval,
    StatusReport,
)
from tracker.policy.statuses import date_in_words
from tracker.policy.visibility import EDITING

DayOf = Callable[[Contact], dt.date]
Key = tuple[str, int]
"""What waits: ("list", id) or ("report", id)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A list or report that waits for a person, as approver or as whose delegate, since when; or
    a frozen list of which so many changes are proposed, which wait for an editor's answer."""

    contact: Contact
    dialogue: Dialogue
    since: dt.datetime
    agreed_list: AgreedList | None = None
    report: StatusReport | None = None
    on_behalf_of: Contact | None = None
    proposals: int = 0

    @property
    def key(self) -> Key:
        """What tells it from others that wait for the same person."""
        if self.agreed_list is not None:
            return "list", self.agreed_list.id
        return "report", self.report.id if self.report else 0

    @property
    def words(self) -> str:
        """ "Version 2 of the agreed list, meeting 3"; the dialogue stands beside it."""
        if self.proposals == 1 and self.agreed_list is not None:
            return f"A change proposed to {_list_of(self.agreed_list)}"
        words = name_of(self.agreed_list, self.report, is_proposed=bool(self.proposals))
        return f"{self.proposals} {words[0].lower()}{words[1:]}" if self.proposals else words

    @property
    def marking(self) -> str:
        """That of the edition of the person's side."""
        if self.report is None:
            return self.agreed_list.marking if self.agreed_list else "U"
        is_own = self.contact.party_id == self.dialogue.own_party_id
        return self.report.internal_marking if is_own else self.report.shared_marking


def name_of(
    version: AgreedList | None, report: StatusReport | None, *, is_proposed: bool = False
) -> str:
    """What waits, in words that stand beside the name of its dialogue; ``is_proposed`` where it
    is changes of the list."""
    if version is not None and is_proposed:
        return f"Changes proposed to {_list_of(version)}"
    if version is not None:
        return f"Version {version.number} of the agreed list, meeting {version.meeting.number}"
    return f"Status report of {date_in_words(report.as_of if report else None)}"


def is_proposed(asked: ReminderApproval, planned_at: dt.datetime) -> bool:
    """Whether a reminder of that moment asked for an answer to what was proposed to change: the
    list was agreed by then."""
    version = asked.agreed_list
    frozen_at = version.frozen_at if version is not None else None
    return frozen_at is not None and frozen_at <= planned_at


def _list_of(version: AgreedList) -> str:
    return f"the agreed list, meeting {version.meeting.number}"


def missing_approvals(session: Session, day_of: DayOf) -> list[Missing]:
    """All that waits for somebody, those who wait longest first. ``day_of`` gives a person's own
    date, which decides whose delegate they are. Five SELECTs, six where anything waits."""
    waiting: list[tuple[dict[str, Any], Dialogue, int, dt.datetime]] = [
        ({"agreed_list": version}, dialogue, party_id, version.offered_at or version.drafted_at)
        for version, dialogue, party_id in session.execute(_lists()).unique()
    ]
    waiting += [
        ({"report": report}, dialogue, party_id, report.frozen_at or report.made_at)
        for report, dialogue, party_id in session.execute(_reports()).unique()
    ]
    proposed = _proposed(session)
    if not waiting and not proposed:
        return []
    approvers = _approvers(session, {dialogue.id for _, dialogue, _, _ in waiting})
    found = [
        Missing(contact, dialogue, since, on_behalf_of=behalf, **what)
        for what, dialogue, party_id, since in sorted(waiting, key=lambda entry: entry[3])
        for contact, behalf in _entitled(approvers[dialogue.id], party_id, day_of)
    ]
    return found + proposed


@dataclass(frozen=True, slots=True)
class _Approvers:
    people: list[Contact]
    delegations: list[ApprovalDelegation]


def _lists() -> Select[AgreedList, Dialogue, int]:
    given = and_(Approval.list_id == AgreedList.id, Approval.party_id == DialogueParty.party_id)
    return (
        select(AgreedList, Dialogue, DialogueParty.party_id)
        .join(Meeting, Meeting.id == AgreedList.meeting_id)
        .join(Dialogue, Dialogue.id == Meeting.dialogue_id)
        .join(DialogueParty, DialogueParty.dialogue_id == Dialogue.id)
        .outerjoin(Approval, given)
        .where(AgreedList.state == "offered", Approval.id.is_(None))
        .order_by(AgreedList.id, DialogueParty.position)
    )


def _reports() -> Select[StatusReport, Dialogue, int]:
    given = and_(
        ReportApproval.report_id == StatusReport.id,
        ReportApproval.party_id == DialogueParty.party_id,
    )
    return (
        select(StatusReport, Dialogue, DialogueParty.party_id)
        .join(Dialogue, Dialogue.id == StatusReport.dialogue_id)
        .join(DialogueParty, DialogueParty.dialogue_id == Dialogue.id)
        .outerjoin(ReportApproval, given)
        .where(StatusReport.state == "frozen", ReportApproval.id.is_(None))
        .order_by(StatusReport.id, DialogueParty.position)
    )


def _proposed(session: Session) -> list[Missing]:
    """Changes of frozen lists that no editor has answered; by list, with each who may."""
    found: dict[int, list[tuple[AgreedList, Dialogue, dt.datetime]]] = defaultdict(list)
    query = (
        select(AgreedList, Dialogue, Amendment.proposed_at)
        .join(Meeting, Meeting.id == AgreedList.meeting_id)
        .join(Dialogue, Dialogue.id == Meeting.dialogue_id)
        .join(Amendment, Amendment.meeting_id == Meeting.id)
        .where(AgreedList.state == "frozen", Amendment.state == "proposed")
        .order_by(Amendment.proposed_at, Amendment.id)
    )
    for version, dialogue, proposed_at in session.execute(query):
        found[version.id].append((version, dialogue, proposed_at))
    if not found:
        return []
    editors = select(Membership).where(
        Membership.dialogue_id.in_({rows[0][1].id for rows in found.values()}),
        Membership.role.in_(EDITING),
    )
    by_dialogue: dict[int, dict[int, Contact]] = defaultdict(dict)
    for member in session.scalars(editors.order_by(Membership.id)):
        by_dialogue[member.dialogue_id][member.contact_id] = member.contact
    return [
        Missing(contact, dialogue, since, agreed_list=version, proposals=len(rows))
        for rows in found.values()
        for version, dialogue, since in rows[:1]
        for contact in by_dialogue[dialogue.id].values()
        if contact.is_active and contact.party_id == dialogue.own_party_id
    ]


def _approvers(session: Session, dialogue_ids: Collection[int]) -> Mapping[int, _Approvers]:
    found: dict[int, _Approvers] = defaultdict(lambda: _Approvers([], []))
    members = select(Membership).where(
        Membership.dialogue_id.in_(dialogue_ids), Membership.role == "approver"
    )
    for member in session.scalars(members.order_by(Membership.id)):
        found[member.dialogue_id].people.append(member.contact)
    delegations = select(ApprovalDelegation).where(
        ApprovalDelegation.dialogue_id.in_(dialogue_ids), ApprovalDelegation.ended_at.is_(None)
    )
    for entry in session.scalars(delegations.order_by(ApprovalDelegation.id)):
        found[entry.dialogue_id].delegations.append(entry)
    return found


def _entitled(
    found: _Approvers, party_id: int, day_of: DayOf
) -> Sequence[tuple[Contact, Contact | None]]:
    """The active people of a side who may approve, and on whose behalf, None for their own."""
    of_side = [c for c in found.people if c.is_active and c.party_id == party_id]
    chosen: dict[int, tuple[Contact, Contact | None]] = {c.id: (c, None) for c in of_side}
    for entry in found.delegations:
        delegate = entry.delegate
        is_theirs = delegate.is_active and delegate.party_id == party_id
        is_now = entry.starts_on <= day_of(delegate) <= entry.ends_on
        if is_theirs and is_now and entry.approver in of_side:
            chosen.setdefault(delegate.id, (delegate, entry.approver))
    return list(chosen.values())


def last_asked(session: Session, missing: Sequence[Missing]) -> dict[tuple[int, Key], dt.date]:
    """By person and what waits: the last day on which they were asked, or are about to be."""
    lists = {m.agreed_list.id for m in missing if m.agreed_list is not None}
    reports = {m.report.id for m in missing if m.report is not None}
    query = (
        select(
            Reminder.contact_id,
            Reminder.day,
            ReminderApproval.list_id,
            ReminderApproval.report_id,
        )
        .join(Reminder, Reminder.id == ReminderApproval.reminder_id)
        .where(
            Reminder.state.in_(("planned", "claimed", "sent")),
            ReminderApproval.left_out == "",
            ReminderApproval.list_id.in_(lists) | ReminderApproval.report_id.in_(reports),
        )
        .order_by(Reminder.day)
    )
    found: dict[tuple[int, Key], dt.date] = {}
    for contact_id, day, list_id, report_id in session.execute(query):
        key = ("list", list_id) if list_id is not None else ("report", report_id or 0)
        found[(contact_id, key)] = day
    return found
