"""What an invented dialogue agreed and how far it came: the rows of the realistic sample.

Data only; factory.py makes a Summary of it.
"""

from __future__ import annotations

import datetime as dt

AS_OF = dt.date(2008, 1, 10)
AGENDA = (
    ("A", "Security sector reform"),
    ("B", "Coalition contributions"),
    ("C", "Maritime capabilities"),
    ("D", "Missile defence"),
    ("E", "Train and equip"),
    ("F", "Critical energy infrastructure"),
    ("G", "Solmark's wider role"),
    ("H", "Border security"),
    ("I", "Non-proliferation"),
    ("J", "Multilateral organisations"),
    ("K", "Counter-terrorism co-operation"),
)
_LATE, _SOON, _FAR = AS_OF - dt.timedelta(41), AS_OF + dt.timedelta(12), dt.date(2008, 4, 30)
ROWS: tuple[tuple[str, str, str, dt.date, str | None], ...] = (
    ("A", "Hand over a preview of the new partnership plan", "done", _LATE, "Received in full."),
    ("A", "Clarify which reforms the Ministry of Defence will fund", "in_progress", _FAR, None),
    (
        "A",
        "Name an expert for the advisory group on doctrine",
        "agreed",
        _LATE,
        "Two names are with the Minister, who will choose next week.",
    ),
    (
        "B",
        "Brief the delegation on coalition operations",
        "done",
        _LATE,
        "Briefing given on 6 December.",
    ),
    (
        "B",
        "Confirm the size of the medical contingent",
        "in_progress",
        _SOON,
        "Parliament votes on 20 January.",
    ),
    ("B", "Send demining instructors to the training centre", "done", _FAR, None),
    (
        "C",
        "Draft a maritime security concept",
        "in_progress",
        _FAR,
        "Second draft exchanged on 2 January 2008.",
    ),
    ("C", "List the synergies between maritime and border programmes", "done", _LATE, None),
    ("C", "Develop joint operational plans with the Coast Guard", "proposed", _FAR, None),
    ("C", "Repair the patrol boats at Port Anselm", "deferred", _FAR, "Waits for the dry dock."),
    (
        "D",
        "Give a background briefing on the radar architecture",
        "done",
        _FAR,
        "Done in the margins of the ministerial.",
    ),
    ("D", "Report on the consultations with the third party", "declined", _FAR, None),
    (
        "E",
        "Propose a text on peacekeeping deployments",
        "in_progress",
        AS_OF - dt.timedelta(9),
        "Legal Adviser has the text.",
    ),
    ("E", "Agree the training calendar for 2008", "agreed", _SOON, None),
    (
        "F",
        "Carry out a needs assessment of the pipelines",
        "in_progress",
        _LATE,
        "Waiting for the Ministry's reply on the terms of reference.",
    ),
    ("F", "Fund the upgrades that the assessment calls for", "proposed", _FAR, None),
    (
        "F",
        "Clarify which agency answers for which installation",
        "agreed",
        AS_OF + dt.timedelta(28),
        None,
    ),
    ("G", "Present plans for a regional role", "done", _LATE, "Presented at the talks."),
    ("G", "Open the girls' school in the northern province", "in_progress", _FAR, "Walls are up."),
    ("H", "State the equipment needs of the Border Service", "done", _LATE, None),
    (
        "H",
        "Consult on the customs advisers and the new Customs Code",
        "in_progress",
        AS_OF,
        "Last round today.",
    ),
    ("H", "Report back on the reimbursable advisers", "agreed", _LATE, None),
    ("I", "Answer the questions on interdiction", "done", _LATE, "Answered by note 114/07."),
    ("I", "Exchange licensing experts", "agreed", _FAR, None),
    ("J", "Share goals for the regional organisations", "done", _LATE, None),
    ("J", "Consult before the autumn resolution", "deferred", _FAR, None),
    ("K", "Set up a joint exercise on hostage rescue", "agreed", _FAR, None),
    (
        "K",
        "Ratify the convention on the financing of terrorism",
        "in_progress",
        _SOON,
        "Second reading passed.",
    ),
    ("K", "Connect the two watch lists", "proposed", _FAR, None),
    (None, "Prepare the joint press statement", "done", _LATE, "Issued on 10 July 2007."),
)
