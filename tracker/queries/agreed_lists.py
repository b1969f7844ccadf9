"""Named SELECTs about agreed lists: versions, items, who has approved and whose consent is missing.

Session first; no writes. The other side sees what was offered to it, and drafts do not exist there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, selectinload, undefer

from tracker.models import (
    AgreedList,
    Amendment,
    Approval,
    ApprovalDelegation,
    Contact,
    Dialogue,
    DialogueParty,
    ListItem,
    Meeting,
    Membership,
    Party,
    Task,
)
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Scope

_NO_LIST = "There is no such list, or it is not shared with you."


def dialogue_shared_with(scope: Scope) -> ColumnElement[bool]:
    """The condition that a dialogue's shared list may be shown to this person."""
    return true() if scope.is_system else Dialogue.id.in_(scope.shared_ids)


def version_shown_to(scope: Scope) -> ColumnElement[bool]:
    """The condition that a version is shown: any of one's own side, else those offered."""
    if scope.is_system:
        return true()
    own = Meeting.dialogue_id.in_(scope.dialogue_ids)
    offered = and_(Meeting.dialogue_id.in_(scope.shared), AgreedList.state != "draft")
    return or_(own, offered) if scope.roles or scope.shared else false()


def get_list(
    session: Session,
    scope: Scope,
    slug: str,
    meeting: int,
    number: int,
    *,
    to_change: bool = False,
) -> AgreedList:
    """One version of a meeting's list; raises NotFound, alike for what does not exist and what is
    not theirs. ``to_change`` holds its meeting until the transaction ends, as all do that work on
    a meeting's lists, and gives the version as it then stands."""
    query = (
        select(AgreedList)
        .join(Meeting, Meeting.id == AgreedList.meeting_id)
        .join(Dialogue, Dialogue.id == Meeting.dialogue_id)
        .where(
            Dialogue.slug == slug,
            Meeting.number == meeting,
            AgreedList.number == number,
            version_shown_to(scope),
        )
        .options(selectinload(AgreedList.approvals), selectinload(AgreedList.meeting))
    )
    if to_change:
        query = query.with_for_update(of=Meeting)
    found = session.scalar(query)
    if found is None:
        raise NotFound(_NO_LIST)
    if to_change:  # It may have changed while this waited for the meeting.
        session.refresh(found)
    return found


def versions_of(session: Session, scope: Scope, meeting: Meeting) -> list[AgreedList]:
    """The versions of a meeting's list that are shown to this person, newest first."""
    query = (
        select(AgreedList)
        .join(Meeting, Meeting.id == AgreedList.meeting_id)
        .where(AgreedList.meeting_id == meeting.id, version_shown_to(scope))
        .order_by(AgreedList.number.desc())
        .options(selectinload(AgreedList.approvals))
    )
    return list(session.scalars(query))


def find_in_state(session: Session, meeting_id: int, state: str) -> AgreedList | None:
    """The newest version of a meeting's list in that state; None where there is none."""
    query = select(AgreedList).where(AgreedList.meeting_id == meeting_id, AgreedList.state == state)
    return session.scalars(query.order_by(AgreedList.number.desc())).first()


def frozen_at(session: Session, meeting_id: int, moment: dt.datetime) -> AgreedList | None:
    """The version that both sides had agreed on by then; None before the first."""
    query = select(AgreedList).where(
        AgreedList.meeting_id == meeting_id, AgreedList.frozen_at <= moment
    )
    return session.scalars(query.order_by(AgreedList.number.desc())).first()


def standing_list(session: Session, meeting_id: int) -> AgreedList | None:
    """The version that holds: the frozen one, before any was frozen the one on offer."""
    return find_in_state(session, meeting_id, "frozen") or find_in_state(
        session, meeting_id, "offered"
    )


def items_of(session: Session, meeting_id: int) -> dict[int, ListItem]:
    """What stands behind the numbers of a meeting's list, by number."""
    query = select(ListItem).where(ListItem.meeting_id == meeting_id).order_by(ListItem.number)
    found = session.scalars(query.options(selectinload(ListItem.task)))
    return {item.number: item for item in found}


def list_of_task(session: Session, task: Task) -> tuple[AgreedList, ListItem] | None:
    """The newest frozen list that holds a task, and the task's item on it."""
    query = (
        select(AgreedList, ListItem)
        .join(ListItem, ListItem.meeting_id == AgreedList.meeting_id)
        .where(ListItem.task_id == task.id, AgreedList.state == "frozen")
        .order_by(AgreedList.frozen_at.desc())
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def amendments_of(session: Session, meeting_id: int) -> list[Amendment]:
    """What was proposed to change on a meeting's list, newest first. Both sides see all of it."""
    query = select(Amendment).where(Amendment.meeting_id == meeting_id)
    return list(session.scalars(query.order_by(Amendment.id.desc())))


def accepted_since(session: Session, frozen: AgreedList) -> list[Amendment]:
    """The proposals that were taken into versions after the frozen one."""
    first = select(func.min(AgreedList.offered_at)).where(
        AgreedList.meeting_id == frozen.meeting_id, AgreedList.number > frozen.number
    )
    query = select(Amendment).where(
        Amendment.meeting_id == frozen.meeting_id,
        Amendment.state == "accepted",
        Amendment.answered_at >= first.scalar_subquery(),
    )
    return list(session.scalars(query))


def get_amendment(session: Session, meeting_id: int, amendment_id: int) -> Amendment:
    """The amendment; raises NotFound. Held until the transaction ends."""
    query = select(Amendment).where(
        Amendment.id == amendment_id, Amendment.meeting_id == meeting_id
    )
    found = session.scalar(query.with_for_update(of=Amendment))
    if found is None:
        raise NotFound("There is no such amendment.")
    return found


def parties_without_approval(session: Session, version: AgreedList) -> list[Party]:
    """The parties of the dialogue that have not approved this version, own one first."""
    approved = select(Approval.party_id).where(Approval.list_id == version.id)
    query = (
        select(Party)
        .join(DialogueParty, DialogueParty.party_id == Party.id)
        .join(Meeting, Meeting.dialogue_id == DialogueParty.dialogue_id)
        .where(Meeting.id == version.meeting_id, Party.id.not_in(approved))
        .order_by(DialogueParty.position)
    )
    return list(session.scalars(query))


def get_attachment(session: Session, version: AgreedList, party_id: int) -> Approval:
    """The approval with the paper that was attached to it; raises NotFound."""
    query = select(Approval).where(Approval.list_id == version.id, Approval.party_id == party_id)
    found = session.scalar(query.options(undefer(Approval.attachment)))
    if found is None or found.attachment is None:
        raise NotFound("Nothing was attached to this approval.")
    return found


def is_approver(session: Session, dialogue_id: int, contact_id: int | None) -> bool:
    """Whether the person holds the role of an approver in the dialogue."""
    query = select(Membership.id).where(
        Membership.dialogue_id == dialogue_id,
        Membership.contact_id == contact_id,
        Membership.role == "approver",
    )
    return session.scalar(query) is not None


def delegations_to(
    session: Session, dialogue_id: int, contact_id: int | None, today: dt.date
) -> list[ApprovalDelegation]:
    """Whose delegate the person is today, of approvers who still are such."""
    still = select(Membership.contact_id).where(
        Membership.dialogue_id == dialogue_id, Membership.role == "approver"
    )
    query = select(ApprovalDelegation).where(
        ApprovalDelegation.dialogue_id == dialogue_id,
        ApprovalDelegation.delegate_id == contact_id,
        ApprovalDelegation.starts_on <= today,
        ApprovalDelegation.ends_on >= today,
        ApprovalDelegation.ended_at.is_(None),
        ApprovalDelegation.approver_id.in_(still),
    )
    found = session.scalars(query.order_by(ApprovalDelegation.id))
    return [entry for entry in found if entry.approver.is_active]


def delegations_of(session: Session, dialogue_id: int, contact_id: int) -> list[ApprovalDelegation]:
    """The delegations that an approver has made and not ended, newest first."""
    query = select(ApprovalDelegation).where(
        ApprovalDelegation.dialogue_id == dialogue_id,
        ApprovalDelegation.approver_id == contact_id,
        ApprovalDelegation.ended_at.is_(None),
    )
    return list(session.scalars(query.order_by(ApprovalDelegation.id.desc())))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits for a person: as approver, or as whose delegate."""

    version: AgreedList
    dialogue: Dialogue
    on_behalf_of: Contact | None = None


def waiting_approvals(session: Session, contact: Contact, today: dt.date) -> list[Waiting]:
    """The offered versions that this person can approve today and whose side has not, oldest
    first. What reminders and the home page tell them."""
    query = (
        select(AgreedList, Dialogue)
        .join(Meeting, Meeting.id == AgreedList.meeting_id)
        .join(Dialogue, Dialogue.id == Meeting.dialogue_id)
        .join(DialogueParty, DialogueParty.dialogue_id == Dialogue.id)
        .outerjoin(
            Approval,
            and_(Approval.list_id == AgreedList.id, Approval.party_id == DialogueParty.party_id),
        )
        .where(
            AgreedList.state == "offered",
            DialogueParty.party_id == contact.party_id,
            Approval.id.is_(None),
        )
        .order_by(AgreedList.offered_at, AgreedList.id)
    )
    found: list[Waiting] = []
    for version, dialogue in session.execute(query).unique():
        behalf = behalf_of(session, dialogue.id, contact.id, today)
        if behalf:
            found.append(Waiting(version, dialogue, behalf[0]))
    return found


def _holds_where_given(delegation: ApprovalDelegation, now: dt.datetime) -> bool:
    try:
        zone: dt.tzinfo = ZoneInfo(delegation.approver.time_zone)
    except (ValueError, ZoneInfoNotFoundError):
        zone = dt.UTC
    day = now.astimezone(zone).date()
    return delegation.starts_on <= day <= delegation.ends_on


def behalf_of(
    session: Session,
    dialogue_id: int,
    contact_id: int | None,
    today: dt.date,
    *,
    now: dt.datetime | None = None,
) -> Sequence[Contact | None]:
    """On whose behalf the person may approve today: None stands for themselves, nothing for not
    at all. Where ``now`` is given the days of a delegation are those where the approver is, who
    has set them, and not where the delegate says that they are."""
    if is_approver(session, dialogue_id, contact_id):
        return [None]
    if now is not None:
        days = {(now + dt.timedelta(days=shift)).date() for shift in (-1, 0, 1)}
        near = [d for day in days for d in delegations_to(session, dialogue_id, contact_id, day)]
        found = {d.approver_id: d.approver for d in near if _holds_where_given(d, now)}
        return list(found.values())
    return [entry.approver for entry in delegations_to(session, dialogue_id, contact_id, today)]
