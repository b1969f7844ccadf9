"""Pages of the portfolio and the board of a dialogue.

Parse, call a query, render; no SQL here.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.models import Dialogue
from tracker.queries.boards import BOARD_ORDERS, Board, By, read_board, topic_markings
from tracker.queries.dialogues import get_dialogue, list_dialogues
from tracker.queries.standings import standings
from tracker.queries.task_filters import TaskFilter
from tracker.web import context
from tracker.web.lines import lines_of, marking_of_lines

pages = Blueprint("dialogues", __name__)
BY_WORDS = {"agenda": "Agenda item", "status": "Status", "owner": "Owner", "date": "Due date"}


@pages.get("/dialogues/")
def portfolio() -> ResponseReturnValue:
    """All dialogues of the person, and how each stands."""
    with context.reading() as session:
        dialogues = list_dialogues(session, context.scope())
        found = standings(
            session, context.scope(), [dialogue.id for dialogue in dialogues], context.today()
        )
        return render_template(
            "web/dialogues/portfolio.html",
            rows=[(dialogue, found[dialogue.id]) for dialogue in dialogues],
            scope=context.scope(),
            today=context.today(),
        )


@pages.get("/dialogues/<slug>/")
def board(slug: str) -> ResponseReturnValue:
    """The board of a dialogue: how it stands, and its tasks in sections."""
    asked = request.args.get("by", "agenda")
    by: By = asked if asked in BOARD_ORDERS else "agenda"
    with context.reading() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        standing = standings(session, context.scope(), [dialogue.id], context.today())
        found = read_board(session, context.scope(), dialogue, by, context.today())
        lines = {s.key: lines_of(s.tasks, context.scope()) for s in found.sections}
        return render_template(
            "web/dialogues/board.html",
            dialogue=dialogue,
            standing=standing[dialogue.id],
            board=found,
            lines=lines,
            marking=marking_of_lines(
                (line for some in lines.values() for line in some),
                topic_markings(session, dialogue) if by == "agenda" else (),
            ),
            hrefs=_list_addresses(dialogue, found),
            by_words=BY_WORDS,
            unknown_by=asked if asked != by else "",
            may_edit=context.scope().may_edit(dialogue.id),
            today=context.today(),
        )


def list_address(dialogue: Dialogue | None, filters: TaskFilter) -> str:
    """Where the list shows what a filter finds, in a dialogue or in all of the person's."""
    query = urlencode(filters.as_query())
    path = f"/dialogues/{dialogue.slug}/tasks" if dialogue else "/tasks"
    return f"{path}?{query}" if query else path


def _list_addresses(dialogue: Dialogue, board: Board) -> dict[object, str]:
    return {section.key: list_address(dialogue, section.filters) for section in board.sections}
