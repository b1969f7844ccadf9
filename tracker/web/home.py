"""The home page: what is late, what falls due, what waits for me, and what changed.

Parse, call a query, render; no SQL here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import CableRecord
from tracker.policy.markings import Marking, join_markings
from tracker.queries import home as queries
from tracker.queries.cables import cables_to_review, unconfirmed_cables
from tracker.queries.task_filters import TaskFilter
from tracker.queries.wishes import answers_to_settle
from tracker.web import context
from tracker.web.dialogues import list_address
from tracker.web.forms.people import ActionForm
from tracker.web.lines import Line, line_of, lines_of, marking_of
from tracker.web.shared import waiting_for
from tracker.web.shell import SHARED
from tracker.web.task_view import Event, stream_of

pages = Blueprint("home", __name__)
_UNOWNED = TaskFilter(status="open", owner="nobody", role="lead")


@dataclass(frozen=True, slots=True)
class Panel:
    """A short list of tasks: the first lines, how many there are, how many are one's own and how
    many only those of the sample."""

    lines: list[Line]
    total: int
    own: int
    in_sample: int
    href: str


@pages.get("/")
def home() -> ResponseReturnValue:
    """What a person meets in the morning."""
    scope, today = context.scope(), context.today()
    if scope.is_guest and not scope.is_administrator:
        return redirect(SHARED)
    with context.reading() as session:
        approvals = waiting_for(session, scope)
        late = _panel(queries.due_list(session, scope, "overdue", today), TaskFilter(due="overdue"))
        soon = _panel(queries.due_list(session, scope, "soon", today), TaskFilter(due="soon"))
        unowned = _panel(
            queries.without_owner(session, scope),
            _UNOWNED,
        )
        asked = [(a, line_of(a.task, scope)) for a in answers_to_settle(session, scope)]
        to_confirm = unconfirmed_cables(session, scope)
        to_review = cables_to_review(session, scope)
        changed, changed_total = _news(session)
        shown = [line.marking for panel in (late, soon, unowned) for line in panel.lines]
        shown += [line.marking for line, _ in changed]
        shown += [line.marking for _, line in asked]
        shown += [marking_of(c.marking) for c in (*to_confirm, *(c for c, _ in to_review))]
        return render_template(
            "web/home/home.html",
            late=late,
            soon=soon,
            unowned=unowned,
            approvals=approvals,
            asked=asked,
            asked_form=ActionForm() if asked else None,
            to_confirm=to_confirm,
            to_review=to_review,
            waiting=len(approvals) + len(asked) + len(to_confirm) + _undone(unowned, to_review),
            changed=changed,
            changed_total=changed_total,
            last_visit=_last_visit(),
            steps=_steps(session),
            has_dialogues=bool(scope.dialogue_ids),
            marking=_joined(shown),
            today=today,
        )


def _undone(unowned: Panel, to_review: list[tuple[CableRecord, int]]) -> int:
    """What waits for a lead or editor; the sample waits for nobody."""
    candidates = sum(count for cable, count in to_review if not cable.is_sample)
    return unowned.total - unowned.in_sample + candidates


def _panel(found: queries.ShortList, filters: TaskFilter) -> Panel:
    lines = lines_of(found.tasks, context.scope())
    return Panel(lines, found.total, found.own, found.in_sample, list_address(None, filters))


def _last_visit() -> dt.datetime | None:
    found: dt.datetime | None = getattr(getattr(g, "account", None), "last_visit_at", None)
    return found


def _news(session: Session) -> tuple[list[tuple[Line, list[Event]]], int]:
    since = _last_visit()
    if since is None:
        return [], 0
    found, total = queries.news(session, context.scope(), since)
    zone = context.person_zone()
    return [
        (line_of(n.task, context.scope()), stream_of(n.changes, n.remarks, zone)) for n in found
    ], total


def _steps(session: Session) -> queries.FirstSteps | None:
    """The first steps while some are left, for those who can take them: leads, editors,
    administrators, and whoever works in no dialogue yet."""
    scope = context.scope()
    steps = queries.first_steps(session, scope)
    takes_them = (
        scope.is_administrator
        or not scope.dialogue_ids
        or any(scope.may_edit(dialogue_id) for dialogue_id in scope.dialogue_ids)
    )
    return steps if takes_them and not steps.are_done else None


def _joined(markings: list[Marking]) -> Marking | None:
    return join_markings(markings) if markings else None
