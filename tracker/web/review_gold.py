"""The finished review of a cable as a file of annotations.

Parse, call a service, answer; no SQL here.
"""

from __future__ import annotations

import json
from io import BytesIO

from flask import Blueprint, Response, send_file

from tracker.policy.errors import NotAllowed
from tracker.queries.cables import get_cable
from tracker.services.export_gold import export_gold, name_of_gold
from tracker.web import context

pages = Blueprint("review_gold", __name__)


@pages.get("/cables/<int:cable_id>/gold")
def gold_file(cable_id: int) -> Response:
    """What people decided, as annotations that measure the rules; for leads and editors."""
    with context.reading() as session:
        cable = get_cable(session, context.scope(), cable_id)
        if cable.dialogue_id is None or not context.scope().may_edit(cable.dialogue_id):
            raise NotAllowed("Leads and editors of the dialogue take its annotations.")
        gold = export_gold(session, cable, today=context.today(), lexicon=context.lexicon())
        content = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
        return send_file(
            BytesIO(content.encode()),
            mimetype="application/json",
            as_attachment=True,
            download_name=f"{name_of_gold(cable)}.json",
        )
