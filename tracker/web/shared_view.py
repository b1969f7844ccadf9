"""What the pages of the shared list show: the dialogue as the other side sees it, and one item.

Reads only; whatever is internal has no way to these pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from sqlalchemy.orm import Session

from tracker.models import Dialogue
from tracker.policy.errors import NotAllowed, NotFound
from tracker.policy.markings import join_markings, parse_marking
from tracker.queries.agreed_lists import amendments_of
from tracker.queries.shared import (
    SharedItem,
    SharedMeeting,
    get_shared_dialogue,
    get_shared_meeting,
)
from tracker.services.update_shared import may_set_status, state_of
from tracker.web import context
from tracker.web.forms.agreed_lists import ItemForm
from tracker.web.forms.reports import QuestionForm
from tracker.web.forms.room import ProposalForm


@dataclass(frozen=True, slots=True)
class Shown:
    """A dialogue as the other side sees it; ``is_own`` where our own side looks at it."""

    dialogue: Dialogue
    is_own: bool

    @property
    def base(self) -> str:
        """Where its shared pages stand."""
        return f"/dialogues/{self.dialogue.slug}/shared"


def find_shown(session: Session, slug: str) -> Shown:
    """The dialogue, from whichever side; raises NotFound."""
    scope = context.scope()
    dialogue = get_shared_dialogue(session, scope, slug)
    return Shown(dialogue, scope.may_read(dialogue.id))


def require_item(found: SharedMeeting, number: int) -> SharedItem:
    """The item of that number; raises NotFound."""
    for entry in found.items:
        if entry.agreed.number == number:
            return entry
    raise NotFound("There is no such item on the list.")


def item_page(
    session: Session,
    slug: str,
    number: int,
    item: int,
    *,
    item_form: ItemForm | None = None,
    proposal_form: ProposalForm | None = None,
    question_form: QuestionForm | None = None,
) -> str:
    """The page of an item; a form that could not be taken stands on it as it was filled in."""
    shown = find_shown(session, slug)
    found = get_shared_meeting(session, shown.dialogue, number)
    entry = require_item(found, item)
    may_speak = context.scope().may_speak(shown.dialogue.id) and found.is_agreed
    if (item_form or proposal_form) and not may_speak:
        raise NotAllowed("You can read this list; those who act for their side change it.")
    status_form = item_form or _fresh_item_form(entry)
    status_form.seen.data = state_of(entry.status, entry.deferred_until) if entry.status else ""
    return render_template(
        "web/shared/item.html",
        shown=shown,
        found=found,
        entry=entry,
        item_form=status_form,
        proposal_form=proposal_form or _fresh_proposal(entry),
        proposes=proposal_form is not None,
        question_form=question_form or QuestionForm(formdata=None),
        asks=question_form is not None,
        may_speak=may_speak,
        may_set_status=may_set_status(session, found.meeting, item, context.actor()),
        amendments=[a for a in amendments_of(session, found.meeting.id) if a.item_number == item],
        marking=marking_of([found]),
        today=context.today(),
        zone=context.person_zone(),
    )


def _fresh_item_form(entry: SharedItem) -> ItemForm:
    form = ItemForm(formdata=None)
    form.offer(entry.status)
    form.status.data = entry.status
    form.deferred_until.data = entry.deferred_until
    return form


def _fresh_proposal(entry: SharedItem) -> ProposalForm:
    form = ProposalForm(formdata=None)
    form.text.data = entry.agreed.text
    form.owners.data = "; ".join(entry.agreed.owners)
    form.due_on.data = entry.agreed.due_on
    return form


def names_of(text: str | None) -> tuple[str, ...] | None:
    """Names that stand in one field, separated by semicolons; None for none."""
    names = tuple(name.strip() for name in (text or "").split(";") if name.strip())
    return names or None


def version_address(shown: Shown, found: SharedMeeting) -> str:
    """Where the version that is shown stands."""
    return f"{shown.base}/meetings/{found.meeting.number}/list/{found.version.number}"


def marking_of(meetings: list[SharedMeeting]) -> object:
    """The join of the lists' markings; None without a list."""
    markings = [parse_marking(found.version.marking) for found in meetings]
    return join_markings(markings) if markings else None
