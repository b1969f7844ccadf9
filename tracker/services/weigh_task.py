"""Who may hear of a task, and the facts by which policy decides when; for planning and pages.

Reads nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.models import Contact, Task
from tracker.policy.reminder_calls import UNDATED, Case, Step
from tracker.policy.reminder_rules import ReminderRules
from tracker.policy.reminder_words import CHAIR, FOR_CHAIR
from tracker.queries.recipients import Audience
from tracker.queries.wishes import Wishes
from tracker.services.fill_reminders import country_of


def hearers(audience: Audience) -> Iterator[tuple[Contact, str, Step]]:
    """Everybody who may hear of the task, with why and the step that it was raised to. Who gets
    several on one day gets the last of them."""
    for contact, why in audience.told:
        yield contact, why, ""
    for contact, why in audience.raised:
        yield contact, why, "chair" if why in (CHAIR, FOR_CHAIR) else "head"


def case_of(
    task: Task, contact: Contact, step: Step, rules: ReminderRules, wishes: Wishes
) -> Case | None:
    """What decides when the person hears of the task; None where it is raised, and has no date
    that could have passed."""
    if task.due_on is None and step:
        return None
    return Case(
        due_on=task.due_on or UNDATED,
        updated_on=task.updated_at.date(),
        rules=rules,
        lead_days=wishes.lead_days(contact.id, rules.lead_days),
        country=country_of(contact),
        step=step,
        quiet_until=wishes.quiet_until(contact.id, task.id),
        entered_on=task.created_at.date(),
    )
