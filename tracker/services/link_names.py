"""Links a name that texts give to a person or office of the directory, in all tasks at once.

The tasks themselves are changed by change_task, which writes their history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Contact, Task
from tracker.policy.errors import InvalidInput, NotAllowed, NotFound
from tracker.policy.names import fold_name
from tracker.policy.visibility import Actor
from tracker.queries.owners import tasks_naming, unlinked_names
from tracker.services.change_task import Owner, TaskUpdate, change_task


def edited_dialogues(actor: Actor) -> tuple[int, ...]:
    """The dialogues whose tasks the actor may link."""
    return tuple(i for i in actor.scope.dialogue_ids if actor.scope.may_edit(i))


def link_name(
    session: Session,
    name: str,
    contact: Contact,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> int:
    """Makes ``contact`` the owner wherever a task of the actor's dialogues names ``name`` and
    nobody is linked; the name becomes one of their other names, so that the next import knows it.
    Returns how many tasks changed.

    Raises NotAllowed, NotFound where no task has that name open, InvalidInput for an inactive
    contact.
    """
    dialogue_ids = edited_dialogues(actor)
    if not dialogue_ids:
        raise NotAllowed("Only a lead or editor of a dialogue links the names in its tasks.")
    if not contact.is_active:
        raise InvalidInput(f"{contact.full_name} is no longer active.", "contact_id")
    tasks = tasks_naming(session, name, dialogue_ids)
    if not tasks:
        raise NotFound("No task of yours has an owner of that name whom nobody is linked to.")
    _remember_alias(contact, name)
    session.flush()
    for task in tasks:
        update = TaskUpdate(
            owners=_linked(task, name, contact), reason=f"“{name}” is {contact.full_name}"
        )
        change_task(session, task, update, seen_version=None, actor=actor, now=now, today=today)
    return len(tasks)


def link_known_names(
    session: Session, contact: Contact, *, actor: Actor, now: dt.datetime, today: dt.date
) -> int:
    """Links what tasks of the actor's dialogues call the contact by name or another of its names,
    unless somebody else of the directory is called so too. Returns how many tasks changed."""
    dialogue_ids = edited_dialogues(actor)
    if not dialogue_ids or not contact.is_active:
        return 0
    own = {fold_name(name) for name in (contact.name, contact.full_name, *contact.aliases)}
    own -= _called_so_too(session, contact)
    named = [e.name for e in unlinked_names(session, dialogue_ids) if fold_name(e.name) in own]
    return sum(
        link_name(session, name, contact, actor=actor, now=now, today=today) for name in named
    )


def _called_so_too(session: Session, contact: Contact) -> set[tuple[str, ...]]:
    """The names of everybody else."""
    others = session.scalars(select(Contact).where(Contact.id != contact.id, Contact.is_active))
    return {fold_name(name) for c in others for name in (c.name, c.full_name, *c.aliases)}


def _linked(task: Task, name: str, contact: Contact) -> tuple[Owner, ...]:
    """The task's owners with the name linked; somebody who owns it already is not there twice."""
    owners = [
        Owner(
            owner.name,
            contact.id if _is_meant(owner.contact_id, owner.name, name) else owner.contact_id,
        )
        for owner in task.owners
    ]
    return tuple(_distinct(owners))


def _is_meant(contact_id: int | None, found: str, name: str) -> bool:
    return contact_id is None and found == name


def _distinct(owners: Iterable[Owner]) -> list[Owner]:
    seen: set[int] = set()
    kept = []
    for owner in owners:
        if owner.contact_id is None or owner.contact_id not in seen:
            kept.append(owner)
        if owner.contact_id is not None:
            seen.add(owner.contact_id)
    return kept


def _remember_alias(contact: Contact, name: str) -> None:
    known = {fold_name(known) for known in (contact.name, contact.full_name, *contact.aliases)}
    if fold_name(name) not in known:
        contact.aliases = [*contact.aliases, name]
