"""The way from a cable to its items, stage by stage.

Only the order of the stages lives here; each stage has a module of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.cable import Cable, CableWarning
from tracker.extract.agenda import read_agenda, without_preliminaries
from tracker.extract.cast import read_cast
from tracker.extract.confirmed import Confirmed, confirmed_parties
from tracker.extract.dates import Anchor
from tracker.extract.duplicates import lower_repeats
from tracker.extract.lexicon import DEFAULT, Lexicon
from tracker.extract.meeting import day_of_writing, meeting_names, read_meeting
from tracker.extract.mention import MARKS
from tracker.extract.model import Extraction, Item, Meeting
from tracker.extract.work import Known, Work
from tracker.policy.deadlines import default_due_on


def extract(
    cable: Cable,
    *,
    today: dt.date,
    lexicon: Lexicon = DEFAULT,
    meeting_dates: tuple[dt.date, dt.date] | None = None,
    follow_up_months: int | None = None,
    parties: Sequence[str] = (),
) -> Extraction:
    """Draw agenda, meeting, items and warnings from a cable.

    ``today`` is the day of extraction: years that a text leaves out are counted from it where
    the cable has no date of its own. ``meeting_dates`` (first and last day),
    ``follow_up_months`` and ``parties`` (the author's own first) are what a person confirmed; they
    take the place of what the text says: deadlines count from them, and who must act is called by
    the names given. Never raises for any text.
    """
    cable = _without_marks(cable)
    meeting, warnings = read_meeting(cable, today)
    meeting = _confirmed(meeting, meeting_dates, follow_up_months)
    confirmed = confirmed_parties(parties, lexicon)
    lexicon = confirmed.lexicon
    cast = read_cast(cable, lexicon, confirmed)
    agenda = read_agenda(cable)
    group = cable.header.date_time_group
    written = group.date() if group else None
    anchor = Anchor(day_of_writing(cable, today), meeting.starts_on, meeting.ends_on)
    cast.is_report = _is_report(cable, anchor, meeting)
    default = default_due_on(meeting.ends_on, written, meeting.follow_up_months)
    told = tuple(s.span for s in meeting.statements if s.starts_on == meeting.starts_on)
    names = meeting_names(cable)
    known = Known(cable, cast, agenda, anchor, default, names, lexicon, told)
    items, unpicked = Work(known).run()
    busy = {item.agenda for item in items if item.agenda is not None and not _is_weak(item)}
    agenda, anew = without_preliminaries(agenda, busy)
    if anew:
        items = [replace(i, agenda=anew[i.agenda]) if i.agenda else i for i in items]
        unpicked = [replace(s, agenda=anew[s.agenda]) if s.agenda else s for s in unpicked]
    return Extraction(
        header=cable.header,
        meeting=meeting,
        agenda=agenda.items,
        items=tuple(_as_called(item, confirmed) for item in lower_repeats(items, cable)),
        parties=tuple(replace(p, name=confirmed.name_of(p.name)) for p in cast.parties()),
        unpicked=tuple(unpicked),
        warnings=(*cable.warnings, *warnings, *_declassified(cable, today)),
    )


def _confirmed(
    meeting: Meeting, dates: tuple[dt.date, dt.date] | None, months: int | None
) -> Meeting:
    """The meeting with what a person confirmed in place of what was read."""
    if dates is not None:
        meeting = replace(meeting, starts_on=dates[0], ends_on=dates[1])
    return replace(meeting, follow_up_months=months) if months else meeting


def _as_called(item: Item, confirmed: Confirmed) -> Item:
    """The item with the parties called as a person calls them."""
    if not confirmed.called:
        return item
    return replace(item, responsible=tuple(map(confirmed.name_of, item.responsible)))


def _without_marks(cable: Cable) -> Cable:
    """The same cable with our own marks for actors, should they stand in it, taken out."""
    if cable.masked.isascii() or not MARKS.search(cable.masked):
        return cable
    return replace(cable, masked=MARKS.sub("?", cable.masked))


def _declassified(cable: Cable, today: dt.date) -> tuple[CableWarning, ...]:
    day = cable.header.declassify_on
    code = "declassification_date_passed"
    if day is None or day >= today or any(w.code == code for w in cable.warnings):
        return ()
    message = f"The declassification date, {day.day} {day:%B %Y}, has passed."
    return (CableWarning(code, message, cable.header.spans.get("declassify_on")),)


def _is_weak(item: Item) -> bool:
    """Whether a passage is only worth a glance."""
    return item.tier == "possible" and item.rules[0].startswith("weak-")


def _is_report(cable: Cable, anchor: Anchor, meeting: Meeting) -> bool:
    """Whether the cable reports a meeting that is over."""
    if meeting.ends_on is not None and anchor.written_on is not None:
        return meeting.ends_on <= anchor.written_on
    past = len(re.findall(r"\b(?:said|told|agreed|noted|replied|stressed)\b", cable.masked))
    ahead = len(
        re.findall(r"\b(?:should|suggest|recommend|propose|objective|will)\b", cable.masked)
    )
    return past > ahead
