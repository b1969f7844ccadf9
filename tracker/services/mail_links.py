"""Opens the links that stand in mails, and revokes them; opening one changes nothing.

What is done by one is answer_by_mail; the tokens themselves are made in mail/tokens.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.mail.tokens import Purpose, Token, read_token, sign_token
from tracker.models import Contact, Correspondence, Task
from tracker.policy.errors import Gone, NotFound
from tracker.policy.mail_answers import LINKS_LAST
from tracker.policy.visibility import Actor
from tracker.queries.people import scope_of_contact
from tracker.queries.wishes import find_correspondence
from tracker.services.plan_reminders import zone_of

_UNKNOWN = (
    "This link is not known, or works no longer. It may have been cut short when it was copied, "
    "or the links of older mails were revoked. Sign in to go on."
)


@dataclass(frozen=True, slots=True)
class MailLink:
    """A link that works: whom it was sent to, what it is about, and what they may do now.
    ``today`` is the date where they are."""

    text: str
    contact: Contact
    task: Task
    actor: Actor
    today: dt.date

    @property
    def may_update(self) -> bool:
        """Whether they may change the task; who handed it over may not."""
        owners = [owner.contact_id for owner in self.task.owners]
        return self.actor.scope.may_update(self.task.dialogue_id, owners)


def make_token(
    key: str, purpose: Purpose, contact_id: int, subject_id: int, generation: int, day: dt.date
) -> str:
    """The token for a mail of that day; it works for 60 days."""
    return sign_token(key, purpose, Token(contact_id, subject_id, generation, day + LINKS_LAST))


def open_link(session: Session, key: str, text: str, *, now: dt.datetime) -> MailLink:
    """The link to answer for one task, with the rights that its person has now.

    Raises Gone where it has expired; NotFound where it is not ours, was revoked, or its person
    no longer takes part or is no longer active.
    """
    token, contact = open_token(session, key, "answer", text, now=now)
    task = session.get(Task, token.subject_id)
    if task is None:
        raise NotFound(_UNKNOWN)
    actor = actor_for(session, contact, task)
    if not actor.scope.may_read(task.dialogue_id):
        raise NotFound(_UNKNOWN)
    return MailLink(text, contact, task, actor, now.astimezone(zone_of(contact)).date())


def open_token(
    session: Session, key: str, purpose: Purpose, text: str, *, now: dt.datetime
) -> tuple[Token, Contact]:
    """What a token says and whose it is. Raises as ``open_link``."""
    token = read_token(key, purpose, text)
    contact = session.get(Contact, token.contact_id) if token else None
    if token is None or contact is None or not contact.is_active:
        raise NotFound(_UNKNOWN)
    kept = find_correspondence(session, contact.id)
    if token.generation != (kept.generation if kept else 1):
        raise NotFound(_UNKNOWN)
    if now.date() > token.expires_on:
        raise Gone("This link has expired: those in mails work for 60 days. Nothing was changed.")
    return token, contact


def actor_for(session: Session, contact: Contact, task: Task) -> Actor:
    """The person as one who acts, with their roles of now. An office has no roles of its own;
    one of the dialogue's own side acts for the tasks that it owns, as the mails to it ask."""
    scope = scope_of_contact(session, contact)
    is_own_side = contact.party_id == task.dialogue.own_party_id
    owns = contact.id in {owner.contact_id for owner in task.owners}
    if contact.kind == "office" and is_own_side and owns:
        scope = replace(scope, roles={task.dialogue_id: frozenset({"owner"})})
    return Actor(contact.id, contact.full_name, scope)


def revoke_links(session: Session, contact_id: int) -> None:
    """Ends all links of the mails that a person has had so far, and the addresses for replies."""
    keep(session, contact_id).generation += 1
    session.flush()


def keep(session: Session, contact_id: int) -> Correspondence:
    """The person's row, made where there is none yet."""
    found = find_correspondence(session, contact_id)
    if found is None:
        found = Correspondence(contact_id=contact_id, generation=1, declined=[], address_fault="")
        session.add(found)
        session.flush()
    return found
