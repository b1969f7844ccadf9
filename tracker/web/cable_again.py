"""Has an unconfirmed cable read again, with the names and phrases that were added since.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.queries import cables as queries
from tracker.services.read_again import draw_reading, read_again, require_to_read
from tracker.web import context

pages = Blueprint("cable_again", __name__)


@pages.post("/cables/<int:cable_id>/read-again")
def again(cable_id: int) -> ResponseReturnValue:
    """Reads before the transaction begins: other people's work would wait for it."""
    with context.reading() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        require_to_read(cable, context.actor())
        reading = draw_reading(cable, lexicon=context.lexicon())
    with context.transaction() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        is_other = cable.reading != reading
        read_again(session, cable, reading)
    if is_other:
        flash("Read again: below is what is understood now.", "success")
    else:
        flash("Read again: nothing in it is understood otherwise than before.", "info")
    return redirect(url_for("cables.confirm_page", cable_id=cable_id), 303)
