"""The page behind a link of a mail: says no more than the mail could, and takes an answer.

Opening it changes nothing, however often a scanner does; parse, call a service, render; no SQL.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.models import Task
from tracker.policy.errors import InvalidInput
from tracker.policy.mail_answers import last_snooze_day
from tracker.policy.markings import Marking, parse_marking
from tracker.services.answer_by_mail import BY_LINK, Answered, answer_task
from tracker.services.mail_links import MailLink, open_link
from tracker.web.access import public
from tracker.web.context import now, reading, settings, transaction
from tracker.web.forms.mail_form import KINDS, MailAnswerForm, forms_for

pages = Blueprint("mail_form", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page may say of the task: the number alone where its marking is above the mail
    ceiling, and nothing of it in ``marking`` either."""

    number: int
    task: Task | None
    marking: Marking | None
    address: str


@pages.get("/mail/<token>")
@public
def show_form(token: str) -> ResponseReturnValue:
    """The form; reads only."""
    with reading() as session:
        link = open_link(session, settings().secret_key, token, now=now())
        return _page(link, forms_for())


@pages.post("/mail/<token>")
@public
def take_answer(token: str) -> ResponseReturnValue:
    """Does what was chosen, once."""
    chosen = request.form.get("answer", "")
    if chosen not in KINDS:
        raise InvalidInput("Choose one of the answers on the page of the link.")
    forms = forms_for(chosen)
    form = forms[chosen]
    with transaction() as session:
        link = open_link(session, settings().secret_key, token, now=now())
        if not form.validate():
            return _page(link, forms, form)
        try:
            answered = answer_task(
                session,
                link.task,
                form.answer(),
                source=f"link {token}",
                how=BY_LINK,
                actor=link.actor,
                now=now(),
                today=link.today,
                is_hidden=_shown(link).task is None,
            )
        except InvalidInput as error:
            form.take_error(error)
            return _page(link, forms, form)
        return _page(link, forms_for(), answered=answered)


def _page(
    link: MailLink,
    forms: dict[str, MailAnswerForm],
    failed: MailAnswerForm | None = None,
    answered: Answered | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "web/mail/answer.html",
        shown=_shown(link),
        forms=forms,
        failed=failed,
        answered=answered,
        may_update=link.may_update,
        today=link.today,
        latest=last_snooze_day(link.task.due_on, link.today),
        marking=_shown(link).marking,
    )
    return page, 422 if failed is not None else 200


def _shown(link: MailLink) -> Shown:
    task = link.task
    address = f"/go/{task.id}"
    marking = parse_marking(task.marking)
    if marking.is_within(settings().mail_ceiling):
        return Shown(task.number, task, marking, address)
    return Shown(task.number, None, None, address)
