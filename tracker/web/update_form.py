"""The form behind the link of a call for updates: a person's own open tasks, without signing in.

Opening it changes nothing, however often a scanner does, and it says no more than a mail could;
parse, call a service, render; no SQL.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.models import Task
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.services.answer_call import CallLink, answer_call, open_call
from tracker.web.access import public
from tracker.web.context import now, reading, settings, transaction
from tracker.web.forms.reports import ANSWERS, read_updates
from tracker.web.report_cycle import thanks

pages = Blueprint("update_form", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A task that is asked about; above the mail ceiling its number alone is said."""

    number: int
    task: Task | None
    marking: Marking | None


@pages.get("/mail/update/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """The form; reads only."""
    with reading() as session:
        return _page(open_call(session, settings().secret_key, token, now=now()))


@pages.post("/mail/update/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    """Takes the answer."""
    with transaction() as session:
        link = open_call(session, settings().secret_key, token, now=now(), to_change=True)
        try:
            _, changed = answer_call(
                session,
                link.report,
                read_updates(request.form, link.tasks),
                actor=link.actor,
                now=now(),
                today=link.today,
            )
        except InvalidInput as error:
            return _page(link, fault=str(error)), 422
        return _page(link, said=thanks(changed, is_late=not link.report.is_open))


def _page(link: CallLink, *, said: str = "", fault: str = "") -> str:
    asked = [_asked(task) for task in link.tasks]
    shown = [entry for entry in asked if entry.task is not None]
    return render_template(
        "web/mail/update.html",
        asked=asked,
        report=link.report if len(shown) == len(asked) else None,
        is_open=link.report.is_open,
        answers=ANSWERS,
        sent=request.form,
        said=said,
        fault=fault,
        marking=join_markings(entry.marking for entry in shown if entry.marking),
        address=f"/reports/mail/{link.call.id}",
        today=link.today,
    )


def _asked(task: Task) -> Asked:
    marking = parse_marking(task.marking)
    if marking.is_within(settings().mail_ceiling):
        return Asked(task.number, task, marking)
    return Asked(task.number, None, None)
