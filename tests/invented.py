"""A cable between invented countries, for tests of importing and reviewing, and what a person
would confirm of it. It gives two dates for the meeting, and holds mark-up that must stay text.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import MAX_BYTES
from tracker.db import Database
from tracker.policy.visibility import Actor
from tracker.queries.cables import get_cable
from tracker.services.confirm_cable import Confirmation, confirm_cable
from tracker.services.import_cable import import_cable

TODAY = dt.date(2008, 2, 10)
NOW = dt.datetime(2008, 2, 10, 9, 0, tzinfo=dt.UTC)
NAME = "Northland-Sundria Border Talks"
TALKS = """\
FM AMEMBASSY SUNDPORT
TO SECSTATE NORTHTOWN
C O N F I D E N T I A L SUNDPORT 000123

SIPDIS

E.O. 12958: DECL: 02/01/2030
TAGS: PREL, MARR
SUBJECT: SCENESETTER FOR THE NORTHLAND-SUNDRIA MARCH 3-4 BORDER TALKS

REF: SUNDPORT 99

Classified By: Ambassador Mira Okonjo for reasons 1.4 (b, d)

1. (C) Summary: The border talks are an opportunity to agree on the crossing points. We suggest
that both sides issue a joint statement at the conclusion of the March 5-6 border talks. End
Summary.

A. CROSSING POINTS

2. (C) We suggest that Ambassador Okonjo send the Sundrians a list of the crossing points by
April 30. The bridge at <script>alert("bridge")</script> was closed last year. The Ministry of
Transport promised to reopen the northern road within six months.

B. CUSTOMS

3. (C) We recommend that the Embassy encourage the Sundrians to simplify the customs forms. The
weather in the valley has been dry.

OKONJO
"""
UNPICKED = "The weather in the valley has been dry."


def confirmation(**changes: Any) -> Confirmation:
    """What a person would confirm of it, with some of that changed."""
    values: dict[str, Any] = {
        "dialogue": None,
        "name": NAME,
        "parties": ("Northland", "Sundria"),
        "starts_on": dt.date(2008, 3, 3),
        "ends_on": dt.date(2008, 3, 4),
    }
    return Confirmation(**(values | changes))


def imported(database: Database, actor: Actor, text: str = TALKS) -> int:
    """The cable, imported and not yet confirmed; returns its id."""
    with database.transaction() as session:
        result = import_cable(
            session, text.encode(), "talks.txt", actor=actor, now=NOW, max_bytes=MAX_BYTES
        )
        return result.cable.id


def confirmed(database: Database, actor: Actor, **changes: Any) -> int:
    """The cable, imported and confirmed, nothing decided yet; returns its id."""
    cable_id = imported(database, actor)
    with database.transaction() as session:
        cable = get_cable(session, actor.scope, cable_id)
        confirm_cable(session, cable, confirmation(**changes), actor=actor, now=NOW)
    return cable_id
