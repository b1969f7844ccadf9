"""Page of a dialogue's reminders: by which rules, to whom overdue tasks are raised, who hears next.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue, Task
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.markings import join_markings
from tracker.policy.reminder_rules import DEFAULT_RULES, ReminderRules, rules_in_words
from tracker.queries.dialogues import get_dialogue, latest_meeting
from tracker.queries.outbox import tasks_of_dialogue
from tracker.queries.reminder_rules import find_stored_rules, rules_from
from tracker.queries.reminder_steps import steps_of
from tracker.services.foresee_reminders import (
    Coming,
    foresee_approvals,
    foresee_calls,
    foresee_tasks,
)
from tracker.services.set_rules import set_rules
from tracker.web import context
from tracker.web.coming import address_of, day_of
from tracker.web.forms.base import number_of
from tracker.web.forms.reminder_rules import LookAheadForm, RulesForm
from tracker.web.lines import marking_of

pages = Blueprint("reminder_rules", __name__)
MOST = 100
PAGE = "/dialogues/<slug>/reminders"


@pages.get(PAGE)
def show(slug: str) -> ResponseReturnValue:
    """The rules in words, and who would get what, when and why."""
    return _page(slug)


@pages.post(PAGE)
def save(slug: str) -> ResponseReturnValue:
    """Keeps the rules as entered."""
    form = RulesForm()
    if not form.validate():
        return _page(slug, form), 422
    try:
        _set(slug, form.rules(), number_of(form.version))
    except InvalidInput as error:
        form.take_error(error)
        return _page(slug, form), 422
    except Conflict as conflict:
        form.form_errors.append(f"{conflict} Compare with what stands above, and save again.")
        return _page(slug, form, is_conflict=True), 409
    flash("Saved. The next sweep follows these rules.", "success")
    return redirect(url_for(".show", slug=slug), 303)


@pages.post(f"{PAGE}/defaults")
def reset(slug: str) -> ResponseReturnValue:
    """Goes back to the defaults."""
    with context.reading() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        stored = find_stored_rules(session, dialogue.id)
        version = stored.version if stored else 0
    _set(slug, DEFAULT_RULES, version)
    flash("The usual rules hold again.", "success")
    return redirect(url_for(".show", slug=slug), 303)


def _set(slug: str, rules: ReminderRules, seen_version: int) -> None:
    with context.transaction() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        set_rules(session, dialogue, rules, seen_version=seen_version, actor=context.actor())


def _page(slug: str, form: RulesForm | None = None, *, is_conflict: bool = False) -> str:
    ahead = LookAheadForm(request.args)
    on = ahead.on.data if ahead.validate() else None
    with context.reading() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        stored = find_stored_rules(session, dialogue.id)
        version = stored.version if stored else 0
        rules = rules_from(stored)
        tasks = tasks_of_dialogue(session, context.scope(), dialogue.id)
        coming = _coming(session, dialogue, tasks, on)
        if form is None:
            form = RulesForm(None)
            form.show(rules, version)
        elif is_conflict:
            form.version.data = str(version)
        meeting = latest_meeting(session, dialogue.id)
        return render_template(
            "web/dialogues/reminders.html",
            dialogue=dialogue,
            meeting_number=meeting.number if meeting else None,
            sentences=rules_in_words(rules),
            is_default=rules == DEFAULT_RULES,
            steps=steps_of(session, dialogue, tasks),
            form=form,
            ahead=ahead,
            on=on,
            coming=coming[:MOST],
            total=len(coming),
            marking=join_markings(marking_of(one.marking) for one in coming) if coming else None,
            marking_of=marking_of,
            address_of=address_of,
            may_edit=context.scope().may_edit(dialogue.id),
            own_id=context.scope().contact_id,
            today=context.today(),
        )


def _coming(
    session: Session, dialogue: Dialogue, tasks: Sequence[Task], on: dt.date | None
) -> list[Coming]:
    """Who hears what next, or on a day; whoever does not edit the dialogue sees their own."""

    def that_day(contact: Contact) -> dt.date:
        return on or day_of(contact)

    is_that_day = on is not None
    found = foresee_tasks(session, tasks, that_day, is_that_day=is_that_day)
    approvals = foresee_approvals(session, that_day, is_that_day=is_that_day)
    found += [one for one in approvals if one.dialogue.id == dialogue.id]
    calls = foresee_calls(session, tasks, [dialogue], on or context.today())
    found += [one for one in calls if on is None or one.day == on]
    may_edit, own_id = context.scope().may_edit(dialogue.id), context.scope().contact_id
    shown = [one for one in found if may_edit or one.contact.id == own_id]
    return sorted(shown, key=lambda one: (one.day, one.contact.name, one.contact.id))
