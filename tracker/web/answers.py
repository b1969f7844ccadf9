"""What leads do about answers that came by mail.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from tracker.services.answer_by_mail import settle_answer
from tracker.web.context import actor, now, transaction

pages = Blueprint("answers", __name__)


@pages.post("/answers/<int(max=999999999):answer_id>/settle")
def settle(answer_id: int) -> ResponseReturnValue:
    """Takes an answer off the list of what waits for a lead."""
    with transaction() as session:
        number = settle_answer(session, answer_id, actor=actor(), now=now()).task.number
    flash(f"What was asked about task {number} is seen to.", "success")
    return redirect("/")
