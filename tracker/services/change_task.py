"""Everything people do to a task: status, owners, due date, wording, remarks, each with history.

The only writer of tasks after they are made (review_candidates and add_task make them).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue, Membership, Task, TaskOwner, TaskParty
from tracker.policy.errors import Conflict, InvalidInput, NeedsAmendment
from tracker.policy.names import match_name
from tracker.policy.statuses import STATUS_WORDS, date_in_words, is_open
from tracker.policy.visibility import Actor
from tracker.queries.dialogues import hold_dialogue
from tracker.queries.people import known_names
from tracker.services.add_remark import add_remark
from tracker.services.check_update import check_update
from tracker.services.enter_party import get_or_add_party
from tracker.services.record_history import record_change

AGREED_FIELDS = {
    "title": "title",
    "owners": "owner",
    "due_on": "due date",
    "responsible": "side that must act",
}
"""What an agreed list fixes, in words."""


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner as entered: a contact of the directory, or a name that nobody is linked to."""

    name: str
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class TaskUpdate:
    """What a person changes at once; None leaves a field as it is. ``reason`` stands beside each
    change in the history; moving the due date needs one. ``deferred_until`` goes with the status
    "deferred"."""

    status: str | None = None
    deferred_until: dt.date | None = None
    due_on: dt.date | None = None
    owners: tuple[Owner, ...] | None = None
    title: str | None = None
    text: str | None = None
    kind: str | None = None
    responsible: tuple[str, ...] | None = None
    remark: str = ""
    remark_is_shared: bool = False
    reason: str = ""


def change_task(
    session: Session,
    task: Task,
    update: TaskUpdate,
    *,
    seen_version: int | None,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    is_amendment: bool = False,
) -> list[str]:
    """Makes the changes and returns the names of the fields that did change.

    ``seen_version`` is the version the person saw; None where nothing was seen (bulk changes).
    A remark alone never conflicts. What both sides have agreed on changes only where both have
    approved an amendment. Raises NotAllowed, InvalidInput (with the field; NeedsAmendment is one)
    or Conflict; nothing is changed then.
    """
    check_update(task, update, actor, today)
    _check_handover(session, task, update, actor)
    changed = _changed_fields(task, update)
    if task.agreed_text is not None and not is_amendment:
        _refuse_agreed(task, update, changed)
    if changed and seen_version is not None and seen_version != task.version:
        raise Conflict(
            "Somebody else changed this task while you were writing. Nothing of yours was lost.",
            current_values(task),
        )
    for field in changed:
        _apply(session, task, field, update, actor, now, today)
    if update.remark.strip():
        said, is_shared = update.remark, update.remark_is_shared
        add_remark(session, task, said, is_shared, actor=actor, now=now, today=today)
        changed.append("remark")
    if changed:
        task.updated_at = now
        arm_reminder(task, today)
        session.flush()
    return changed


def current_values(task: Task) -> dict[str, str]:
    """The task's fields in words, as a page of conflict shows them."""
    return {
        "status": STATUS_WORDS[task.status],
        "due_on": date_in_words(task.due_on),
        "owners": ", ".join(task.owner_names) or "nobody",
        "title": task.title,
        "text": task.text,
        "kind": task.kind,
        "responsible": ", ".join(task.responsible_names),
    }


def arm_reminder(task: Task, today: dt.date) -> None:
    """Has the next sweep look at this task; none where it is closed. What was told before is
    remembered, so nothing is told twice."""
    task.remind_on = today if is_open(task.status) else None


def set_owners(session: Session, task: Task, owners: Sequence[Owner]) -> None:
    """Replaces the owners; a name is matched to the directory, and a contact of the dialogue's
    own side gets the role owner there, so that they can open what they are asked to do."""
    named = [owner for owner in owners if owner.name.strip() or owner.contact_id]
    matched = [_match(session, task, owner) for owner in named]
    task.owners[:] = [
        TaskOwner(
            contact_id=contact.id if contact else None, contact=contact, name=name, position=n
        )
        for n, (name, contact) in enumerate(matched)
    ]
    for _, contact in matched:
        if contact is not None:
            _let_own(session, task, contact)


def _match(session: Session, task: Task, owner: Owner) -> tuple[str, Contact | None]:
    if owner.contact_id is not None:
        contact = session.get_one(Contact, owner.contact_id)
        return owner.name.strip() or contact.full_name, contact
    found = match_name(owner.name, known_names(session, task.dialogue_id))
    return owner.name.strip()[:200], found


def _let_own(session: Session, task: Task, contact: Contact) -> None:
    dialogue = task.dialogue
    if not _is_new(dialogue, contact):
        return
    hold_dialogue(session, dialogue)
    if _is_new(dialogue, contact):
        dialogue.members.append(Membership(contact_id=contact.id, contact=contact, role="owner"))


def _is_new(dialogue: Dialogue, contact: Contact) -> bool:
    """Whether this is a person of the own side who has no role in the dialogue yet."""
    is_own_side = contact.kind == "person" and contact.party_id == dialogue.own_party_id
    return is_own_side and all(member.contact_id != contact.id for member in dialogue.members)


def _check_handover(session: Session, task: Task, update: TaskUpdate, actor: Actor) -> None:
    """Whoever owns a task sees the dialogue it belongs to, so only those who may say who takes
    part hand it to somebody new."""
    if actor.scope.may_edit(task.dialogue_id):
        return
    for owner in update.owners or ():
        _, contact = _match(session, task, owner)
        if contact is not None and _is_new(task.dialogue, contact):
            raise InvalidInput(
                f"{contact.full_name} does not take part in this dialogue. Hand the task to "
                "somebody who does, or ask an editor or lead.",
                "owners",
            )


def _changed_fields(task: Task, update: TaskUpdate) -> list[str]:
    now_owned = [(o.contact_id, o.name) for o in task.owners]
    wanted = [(o.contact_id, o.name) for o in update.owners or ()]
    pairs = {
        "status": update.status is not None
        and (update.status, update.deferred_until) != (task.status, task.deferred_until),
        "due_on": update.due_on is not None and update.due_on != task.due_on,
        "owners": update.owners is not None and wanted != now_owned,
        "title": update.title is not None and update.title.strip() != task.title,
        "text": update.text is not None and update.text.strip() != task.text.strip(),
        "kind": update.kind is not None and update.kind != task.kind,
        "responsible": update.responsible is not None
        and list(update.responsible) != task.responsible_names,
    }
    return [field for field, is_changed in pairs.items() if is_changed]


def _refuse_agreed(task: Task, update: TaskUpdate, changed: Sequence[str]) -> None:
    """Linking an agreed name to the directory changes nothing that was agreed; and what was agreed
    once is a proposal no more."""
    if "status" in changed and update.status == "proposed":
        raise InvalidInput(
            "Both sides have agreed on this item, so it cannot be a mere proposal again. Choose "
            "agreed, in progress, or another status.",
            "status",
        )
    wanted = [owner.name.strip() for owner in update.owners or ()]
    is_linking = wanted == [owner.name for owner in task.owners]
    for field in changed:
        if field in AGREED_FIELDS and not (field == "owners" and is_linking):
            raise NeedsAmendment(
                f"Both sides have agreed on this item, and its {AGREED_FIELDS[field]} with it. "
                "Propose an amendment on the agreed list; once both sides approve it, the change "
                "is made here. Status and remarks go on freely.",
                field,
            )


def _apply(
    session: Session,
    task: Task,
    field: str,
    update: TaskUpdate,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> None:
    before = _value(task, field)
    if field == "status":
        _set_status(task, update)
    elif field == "due_on":
        task.due_basis = "extended" if task.due_on is not None else "stated"
        task.due_on = update.due_on
    elif field == "owners":
        set_owners(session, task, update.owners or ())
    elif field == "responsible":
        set_responsible(session, task, update.responsible or ())
    else:
        setattr(task, field, str(getattr(update, field)).strip())
    reason = update.reason.strip()
    after = _value(task, field)
    change = record_change(
        session, task, field, before, after, actor=actor, now=now, effective_on=today, reason=reason
    )
    if field == "status":
        task.done_on = change.effective_on if task.status == "done" else None


def set_responsible(session: Session, task: Task, names: Sequence[str]) -> None:
    """Replaces the parties that must act, adding to the list of parties what is new."""
    unique = dict.fromkeys(name.strip() for name in names if name.strip())
    parties = [get_or_add_party(session, name) for name in unique]
    kept = {entry.party_id: entry for entry in task.responsible}
    task.responsible[:] = [
        kept.get(p.id) or TaskParty(party_id=p.id, party=p, position=n)
        for n, p in enumerate(dict.fromkeys(parties))
    ]
    for position, entry in enumerate(task.responsible):
        entry.position = position


def _set_status(task: Task, update: TaskUpdate) -> None:
    task.status = update.status or task.status
    task.deferred_until = update.deferred_until if task.status == "deferred" else None


def _value(task: Task, field: str) -> object:
    """A field as the history keeps it."""
    if field == "owners":
        return task.owner_names
    if field == "responsible":
        return task.responsible_names
    if field == "due_on":
        return {"due_on": task.due_on.isoformat() if task.due_on else None, "basis": task.due_basis}
    if field == "status" and task.deferred_until:
        return {"status": task.status, "until": task.deferred_until.isoformat()}
    value: object = getattr(task, field)
    return value
