"""Takes back a version on offer that not both sides will approve, with the proposals it took up.

What was frozen before holds on; offering and replacing an offer is draft_list.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import AgreedList
from tracker.policy.errors import Conflict
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import accepted_since, find_in_state
from tracker.services.amend_list import check_reason
from tracker.services.draft_list import hold, require_editor


def withdraw_offer(
    session: Session, version: AgreedList, reason: str, *, actor: Actor, now: dt.datetime
) -> None:
    """Ends the offer, so that amendments build on what is frozen again. Proposals that were taken
    into it are declined with the reason, which both sides read.

    Raises NotAllowed, InvalidInput (field "reason"), or Conflict where it is not on offer any more.
    """
    require_editor(version.meeting, actor)
    hold(session, version.meeting)
    session.refresh(version)
    check_reason(reason)
    if version.state != "offered":
        raise Conflict("This version is not on offer any more. Open the list again.")
    version.state = "superseded"
    frozen = find_in_state(session, version.meeting_id, "frozen")
    taken = accepted_since(session, frozen) if frozen is not None else []
    for amendment in taken:
        amendment.state, amendment.answer = "declined", " ".join(reason.split())
        amendment.answered_by, amendment.answered_at = actor.name, now
    session.flush()
