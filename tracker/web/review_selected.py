"""What is done to several candidates of a review at once.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Candidate
from tracker.policy.errors import Conflict, InvalidInput
from tracker.queries import cables as queries
from tracker.services.change_task import Owner
from tracker.services.review_candidates import change_many
from tracker.web import context
from tracker.web import review_view as view
from tracker.web.forms.review import SelectedForm
from tracker.web.review import (
    decide_one,
    load,
    require_editor,
    review_address,
    ticked_address,
)

pages = Blueprint("review_selected", __name__)
_DONE = {"accept": "became tasks", "reject": "were rejected", "undo": "are undecided again"}


@pages.post("/cables/<int:cable_id>/review/selected")
def change_selected(cable_id: int) -> ResponseReturnValue:
    """Accepts, rejects or takes back all that are ticked, or sets their owner and due date."""
    with context.reading() as session:
        require_editor(queries.get_cable(session, context.scope(), cable_id))
    form = SelectedForm()
    ids = list(dict.fromkeys(request.form.getlist("candidate", type=int)))
    try:
        if not form.validate_on_submit():
            raise InvalidInput(" ".join(text for texts in form.errors.values() for text in texts))
        with context.transaction() as session:
            cable = queries.get_cable(session, context.scope(), cable_id)
            chosen = [queries.get_candidate(session, cable, one) for one in ids]
            if not chosen:
                raise InvalidInput("Tick the candidates first, then choose what to do with them.")
            chosen.sort(key=lambda candidate: candidate.span_start)
            message, category = _change(session, chosen, request.form.get("act", ""), form)
            following = view.next_pending(load(session, cable_id).groups, chosen[-1].id)
    except InvalidInput as error:
        flash(str(error), "error")
        owner, due_on = (request.form.get(name, "")[:200] for name in ("owner", "due_on"))
        return redirect(ticked_address(cable_id, ids, owner=owner, due_on=due_on), 303)
    flash(message, category)
    return redirect(review_address(cable_id, following), 303)


def _change(
    session: Session, chosen: Sequence[Candidate], act: str, form: SelectedForm
) -> tuple[str, str]:
    if act == "set":
        return _set_values(session, chosen, form)
    if act not in _DONE:
        raise InvalidInput("Choose what to do with the ticked candidates.")
    done, left = 0, []
    for candidate in chosen:
        try:
            decide_one(session, candidate, act)
            done += 1
        except Conflict as error:
            left.append(str(error))
    message = f"{done} {_DONE[act]}."
    if left:
        message += f" {len(left)} stayed as they were: {' '.join(dict.fromkeys(left))}"
    return message, "warning" if left else "success"


def _set_values(
    session: Session, chosen: Sequence[Candidate], form: SelectedForm
) -> tuple[str, str]:
    tasks = change_many(
        session,
        chosen,
        owner=Owner(form.owner.data) if form.owner.data else None,
        due_on=form.due_on.data,
        actor=context.actor(),
        now=context.now(),
        today=context.today(),
    )
    return f"{len(tasks)} are tasks now with what you set.", "success"
