"""Changes a frozen list: either side proposes, an editor answers, and both approve a new version.

The new version is offered at once; approving it is approve_list, as for the first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.models import AgreedList, Amendment, Contact, Meeting
from tracker.policy.agreed_list import (
    AgreedContent,
    AgreedItem,
    agreed_name_of,
    agreed_text_of,
    from_json,
    has_hidden_characters,
)
from tracker.policy.days import is_plausible
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import find_in_state, frozen_at
from tracker.services.approve_list import side_of
from tracker.services.draft_list import hold, offer_list, require_editor, store_version

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What is to change on one item; None leaves a field as it is."""

    number: int
    text: str | None = None
    owners: tuple[str, ...] | None = None
    due_on: dt.date | None = None


def propose_amendment(
    session: Session,
    meeting: Meeting,
    change: ItemChange,
    reason: str,
    *,
    actor: Actor,
    now: dt.datetime,
) -> Amendment:
    """Keeps the proposal for both sides to see; nothing that was agreed changes by it.

    Raises NotAllowed for people who only read, InvalidInput where nothing would change, no reason
    is given or the list has no such item, Conflict where no list is frozen.
    """
    if not actor.scope.may_speak(meeting.dialogue_id) or actor.contact_id is None:
        raise NotAllowed("Amendments are proposed by those who act for their side, not by readers.")
    contact = session.get_one(Contact, actor.contact_id)
    party = side_of(session, meeting.dialogue, contact, actor.scope)
    if party is None:
        raise NotAllowed("Amendments are proposed by one of the two sides.")
    current = from_json(_frozen(session, meeting).content)
    _, changes = _changed(current, change)
    check_reason(reason)
    amendment = Amendment(
        meeting_id=meeting.id,
        meeting=meeting,
        item_number=change.number,
        changes=changes,
        reason=" ".join(reason.split()),
        party_id=party.id,
        party=party,
        proposed_by_id=contact.id,
        proposed_by=contact.full_name,
        proposed_at=now,
        state="proposed",
        answer="",
        answered_by="",
    )
    session.add(amendment)
    session.flush()
    return amendment


def accept_amendment(
    session: Session, amendment: Amendment, *, actor: Actor, now: dt.datetime
) -> AgreedList:
    """Takes the proposal into a new version, which is offered to both sides at once. Raises
    Conflict where the item says something else by now than when it was proposed to change."""
    require_editor(amendment.meeting, actor)
    hold(session, amendment.meeting)
    _require_unchanged(session, amendment)
    _answer(session, amendment, "accepted", "", actor, now)
    change = change_of(amendment)
    return amend_list(session, amendment.meeting, change, amendment.reason, actor=actor, now=now)


def decline_amendment(
    session: Session, amendment: Amendment, answer: str, *, actor: Actor, now: dt.datetime
) -> None:
    """Answers the proposal with a reason, which both sides read."""
    if not answer.strip():
        raise InvalidInput("Say why it is declined; both sides read it.", "answer")
    _check_words(answer, "answer")
    _answer(session, amendment, "declined", answer, actor, now)


def amend_list(
    session: Session,
    meeting: Meeting,
    change: ItemChange,
    reason: str,
    *,
    actor: Actor,
    now: dt.datetime,
) -> AgreedList:
    """Offers a new version with one item changed; it holds once both sides approve it.

    It builds on the version on offer where one is waiting, so that two amendments do not undo
    each other. Raises NotAllowed, InvalidInput, or Conflict where no list is frozen or a draft of
    another is under way.
    """
    require_editor(meeting, actor)
    hold(session, meeting)
    check_reason(reason)
    frozen = _frozen(session, meeting)
    if find_in_state(session, meeting.id, "draft") is not None:
        raise Conflict("A draft of this list is under way. Offer or discard it first.")
    base = find_in_state(session, meeting.id, "offered") or frozen
    content = from_json(base.content)
    item, _ = _changed(content, change)
    items = [item if one.number == item.number else one for one in content.items]
    version = store_version(
        session,
        meeting,
        items,
        base.marking,
        actor=actor,
        now=now,
        reason=" ".join(reason.split())[:LONGEST_REASON],
    )
    offer_list(session, version, base.marking, actor=actor, now=now)
    return version


def change_of(amendment: Amendment) -> ItemChange:
    """The change that a stored proposal asks for."""
    owners = amendment.changes.get("owners")
    return ItemChange(
        amendment.item_number,
        text=amendment.changes.get("text"),
        owners=tuple(owners) if owners is not None else None,
        due_on=amendment.new_due_on,
    )


def _require_unchanged(session: Session, amendment: Amendment) -> None:
    """What both sides agreed since, or have on offer, is not undone by an older proposal."""
    seen = frozen_at(session, amendment.meeting_id, amendment.proposed_at)
    base = find_in_state(session, amendment.meeting_id, "offered") or _frozen(
        session, amendment.meeting
    )
    then = from_json(seen.content).find_item(amendment.item_number) if seen else None
    now = from_json(base.content).find_item(amendment.item_number)
    for field in amendment.changes:
        if then is not None and now is not None and getattr(then, field) != getattr(now, field):
            raise Conflict(
                f"Item {amendment.item_number} was changed since this was proposed. Decline it "
                "with that reason; whoever proposed it can propose it anew."
            )


def _frozen(session: Session, meeting: Meeting) -> AgreedList:
    frozen = find_in_state(session, meeting.id, "frozen")
    if frozen is None:
        raise Conflict("Nothing is agreed yet: an amendment changes what both sides have approved.")
    return frozen


def _changed(content: AgreedContent, change: ItemChange) -> tuple[AgreedItem, dict[str, Any]]:
    """The item as it would be, and what differs, as it is stored."""
    item = content.find_item(change.number)
    if item is None:
        raise InvalidInput("The list has no item of that number.")
    found: dict[str, Any] = {}
    new = item
    if change.text is not None and (text := agreed_text_of(change.text)) != item.text:
        new, found["text"] = replace(new, text=text), text
    if change.owners is not None and (owners := _names(change.owners)) != item.owners:
        new, found["owners"] = replace(new, owners=owners), list(owners)
    if change.due_on is not None and change.due_on != item.due_on:
        if not is_plausible(change.due_on):
            raise InvalidInput("Give a date between 1900 and 2199.", "due_on")
        new, found["due_on"] = replace(new, due_on=change.due_on), change.due_on.isoformat()
    if not found:
        raise InvalidInput("Change the text, the owner or the due date; nothing differs yet.")
    return new, found


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    plain = tuple(dict.fromkeys(agreed_name_of(name) for name in names if name.strip()))
    if not plain:
        raise InvalidInput("Name at least one owner.", "owners")
    return plain


def check_reason(reason: str) -> None:
    """Raises InvalidInput (field "reason") for one that says nothing or cannot be read."""
    if not reason.strip():
        raise InvalidInput("Say why; both sides read it.", "reason")
    _check_words(reason, "reason")


def _check_words(text: str, field: str) -> None:
    """What both sides read, and see all of."""
    if len(text) > LONGEST_REASON or has_hidden_characters(" ".join(text.split())):
        raise InvalidInput(
            f"Give it in at most {LONGEST_REASON:,} characters, all of which can be seen.", field
        )


def _answer(
    session: Session, amendment: Amendment, state: str, answer: str, actor: Actor, now: dt.datetime
) -> None:
    require_editor(amendment.meeting, actor)
    session.refresh(amendment)
    if amendment.state != "proposed":
        raise Conflict("Somebody else has answered this proposal meanwhile.")
    amendment.state, amendment.answer = state, " ".join(answer.split())
    amendment.answered_by, amendment.answered_at = actor.name, now
    session.flush()
