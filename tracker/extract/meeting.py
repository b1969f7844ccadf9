"""When the meeting is that a cable prepares or reports, and its follow-up period.

Reads subject and body; deadlines of items are found elsewhere.
"""

from __future__ import annotations

import datetime as dt
import re

from tracker.cable import Cable, CableWarning, Span
from tracker.cable.blanks import over_line_ends
from tracker.extract.dates import Anchor, Time, find_days, find_times
from tracker.extract.model import Meeting, MeetingDates
from tracker.extract.near import find_word
from tracker.extract.periods import count

MEETING_NOUN = (
    r"(?:dialogues?|talks|consultations?|meetings?|sessions?|conference|summit|forum|round|"
    r"working\ group|commission|committee|negotiations?|visit|discussions?|seminar|workshop|"
    r"roundtable|review|conversations?|council|ministerial|"
    r"assessment|consultative\ mechanism|gathering|plenary|symposium|exercise|"
    r"(?<!to\ )call(?!\ (?:at|on|for)\b))"
)

# "the July 10-11 security dialogue", "In a September 8-9 technical meeting": date before noun.
_BEFORE_NOUN = re.compile(
    over_line_ends(
        rf"""\s{{1,3}}(?:[\w'’/-]{{1,30}}(?:\.\w[\w.]{{0,8}})?\s{{1,3}}){{0,6}}?{MEETING_NOUN}\b"""
    ),
    re.VERBOSE | re.IGNORECASE,
)
# "dialogue on August 18", "talks, held May 3-4", "met on May 3"
_AFTER_NOUN = re.compile(
    over_line_ends(
        rf"""(?:{MEETING_NOUN}|\bmet|\bconvened|\bhosted)\b(?:[^.;:]{{0,80}}?)
    (?:,\s|\s)(?:(?:held|scheduled|planned|set|which\ took\ place|took\ place|will\ take\ place|
    beginning|to\ be\ held|on|of|for|from|during|in\ [\w ]{{1,40}}?|
    at\ [\w ]{{1,40}}?)\s{{1,3}}){{1,3}}(?:the\s)?\Z"""
    ),
    re.VERBOSE | re.IGNORECASE,
)
# "the Working Group met June 12", "convened in Rabat October 24-25"
_MET = re.compile(
    over_line_ends(
        r"(?:[\w-]{1,30}\s){0,6}\b(?:met|convened|was\sheld|were\sheld|took\splace)\s"
        r"(?:in\s[\w ]{1,30}?\s)?(?:on\s|from\s)?\Z"
    ),
    re.IGNORECASE,
)
# "the chairman of the commission resigned on October 1": no meeting was held then.
_OTHER_VERB = re.compile(
    r"\b(?:resigned|died|signed|ratified|arrested|announced|issued|released|appointed|elected|"
    r"suspended|dismissed|published|adopted|voted|ruled|reported|told|was|were)\b(?! held)",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    over_line_ends(
        r"""\b(?:follow[- ]?up\ (?:period|review)\ (?:of|in|within|is)|
    report\ back\ (?:to\ each\ other\ )?
    (?:every|after)|reviewed?\ (?:again\ )?(?:every|after)|
    (?:items|due-?\ ?outs|tasks|commitments|steps)\ (?:are|should|will|must)\ (?:to\ )?be
    \ (?:closed|completed|done|carried\ out|discharged|finished|implemented)\s(?:with)?in)
    \s(?P<n>\d{1,2}|two|three|four|five|six|eight|nine|ten|twelve)\ months?"""
    ),
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS = re.compile(r"[mM](?:onths?|ONTHS?)")
# Meetings that are not the one the cable is about.
_OTHER = re.compile(
    r"\b(?:last|previous|next|follow-?up|earlier|prior|future|first|steering|preparatory|separate|"
    r"another|their|his|her)\b",
    re.IGNORECASE,
)
# "by COB February 22": a deadline, no meeting.
_LIMIT = re.compile(r"\b(?:by|before|until|nlt|cob|than|after|since|prior to)\s+(?:cob\s+)?\Z",
                    re.IGNORECASE)  # fmt: skip
_STEM = re.compile(r"[a-z]{4,}")
_NOUN = re.compile(rf"{MEETING_NOUN}|read|scenesetter|group|agenda", re.VERBOSE)


def read_meeting(cable: Cable, today: dt.date) -> tuple[Meeting, tuple[CableWarning, ...]]:
    """The meeting's dates, subject first, and a warning where the text gives two."""
    anchor = Anchor(day_of_writing(cable, today))
    statements = _in_subject(cable, anchor)
    statements += [s for s in _in_body(cable, anchor, statements[:1]) if s not in statements]
    follow_up = _follow_up(cable.masked)
    months = count(follow_up["n"]) if follow_up else 6
    if not statements:
        return Meeting(follow_up_months=months, follow_up_span=_span(follow_up)), ()
    chosen = statements[0]
    meeting = Meeting(chosen.starts_on, chosen.ends_on, tuple(statements), months, _span(follow_up))
    return meeting, _conflicts(statements)


def day_of_writing(cable: Cable, today: dt.date) -> dt.date:
    """When a cable was written, to count its dates from; the middle of the year that its reference
    names where it has no date, and ``today`` where nothing is known."""
    group = cable.header.date_time_group
    if group is not None:
        return group.date()
    year = (cable.header.reference_id or "")[:2]
    if not year.isdigit():
        return today
    return dt.date(int(year) + (1900 if int(year) > 60 else 2000), 7, 1)


def _follow_up(masked: str) -> re.Match[str] | None:
    """The first statement of a follow-up period; looked for only around months."""
    for month in _MONTHS.finditer(masked):
        found = _FOLLOW_UP.search(masked, max(0, month.start() - 90), month.end())
        if found is not None:
            return found
    return None


def _span(match: re.Match[str] | None) -> Span | None:
    return match.span() if match else None


def _conflicts(statements: list[MeetingDates]) -> tuple[CableWarning, ...]:
    chosen = statements[0]
    for other in statements[1:]:
        is_within = chosen.starts_on <= other.starts_on and other.ends_on <= chosen.ends_on
        covers = other.starts_on < chosen.starts_on and chosen.ends_on <= other.ends_on
        if not (is_within or covers):
            message = (
                f"Two dates are given for the meeting: {_words(chosen)} and {_words(other)}. "
                "The first is used until a person decides."
            )
            return (CableWarning("conflicting_meeting_dates", message, other.span),)
    return ()


def _words(dates: MeetingDates) -> str:
    if dates.starts_on == dates.ends_on:
        return dates.starts_on.isoformat()
    return f"{dates.starts_on.isoformat()} to {dates.ends_on.isoformat()}"


def _in_subject(cable: Cable, anchor: Anchor) -> list[MeetingDates]:
    span = cable.header.spans.get("subject")
    if span is None:
        return []
    times = find_times(cable.masked, span, anchor, is_near=True)
    found = [MeetingDates(t.first, t.last, t.span) for t in times if t.sort == "day"]
    if not found:
        # A date broken over two lines stands whole in the subject as read.
        subject = cable.header.subject or ""
        times = find_times(subject, (0, len(subject)), anchor, is_near=True)
        found = [MeetingDates(t.first, t.last, span) for t in times if t.sort == "day"]
    return found[:1]


def _in_body(cable: Cable, anchor: Anchor, subject: list[MeetingDates]) -> list[MeetingDates]:
    """Dates beside a noun for a meeting that is called as in the subject line."""
    found: list[MeetingDates] = []
    is_known = bool(subject)
    acronyms = meeting_names(cable)
    wanted = _names(cable)
    blocks = [b for b in cable.blocks if b.kind in {"paragraph", "bullet"}]
    start = blocks[0].span[0] if blocks else 0
    body = (start, len(cable.source))
    if not is_known:
        body = (start, min(body[1], start + 6000))
    for time in find_days(cable.masked, body, anchor):
        if not _is_plausible(time, anchor) or _LIMIT.search(
            cable.masked, max(0, time.span[0] - 20), time.span[0]
        ):
            continue
        lead = cable.masked[max(0, time.span[0] - 60) : time.span[0]]
        if lead.rfind("(") > lead.rfind(")") and _SENT.search(lead):
            continue
        named = _meeting_words(cable.masked, time)
        is_same = named is not None and (
            _is_same(named, wanted, is_known)
            or (not is_known and _is_called(cable.masked, time, wanted))
            or _half_agree(time, subject, named)
            or (not is_known and time.span[0] < start + _OPENING and "met in" in named)
        )
        if not is_same and not (acronyms and _spelled_before(cable.masked, time, acronyms)):
            continue
        found.append(MeetingDates(time.first, time.last, time.span))
    return found


_SENT = re.compile(
    r"\(\s*(?:e-?mailed|mailed|faxed|sent|dated|pouched|transmitted|provided)\b", re.I
)
_OPENING = 600
"""So far the first sentences go: "Senior officials met in Jakarta on November 17-18"."""
_BEGINS_OR_ENDS = re.compile(
    r"\b(?P<name>[A-Z]{2,8}) (?:ends|closes|concludes|opens|begins|starts)(?: on)? \Z"
)


def _spelled_before(text: str, time: Time, acronyms: tuple[str, ...]) -> bool:
    """ "When the JMC ends on March 13": the meeting by its initials."""
    before = " ".join(text[max(0, time.span[0] - 40) : time.span[0]].split()) + " "
    found = _BEGINS_OR_ENDS.search(before)
    return found is not None and found["name"] in acronyms


def _is_called(text: str, time: Time, wanted: set[str]) -> bool:
    """Whether the sentence before a date calls its meeting as the subject line does: "at the 18th
    Security Policy Initiative talks in Zenda on June 4-5"."""
    before = text[max(0, time.span[0] - 160) : time.span[0]]
    sentence = re.split(r"[.:;]\s", before)[-1]
    if _AFTER_NOUN.search(sentence) is None or _OTHER.search(sentence):
        return False
    return len(set(_STEM.findall(sentence.lower())) & wanted) > 1


def _half_agree(time: Time, subject: list[MeetingDates], named: str) -> bool:
    """Whether days cross those of the subject line: "the October 21-22 meeting" of talks on
    October 20-21 can only be the same one."""
    if not subject or time.first == time.last or _OTHER.search(named.replace("their", "")):
        return False
    known = subject[0]
    is_as_long = time.last - time.first == known.ends_on - known.starts_on
    return is_as_long and known.starts_on <= time.last and time.first <= known.ends_on


def _is_plausible(time: Time, anchor: Anchor) -> bool:
    return anchor.written_on is None or -60 <= (time.last - anchor.written_on).days <= 190


def _meeting_words(text: str, time: Time) -> str | None:
    after = _BEFORE_NOUN.match(text, time.span[1], min(len(text), time.span[1] + 160))
    if after is not None:
        lead = text[max(0, time.span[0] - 12) : time.span[0]]
        return lead.rpartition(" ")[0] + after[0]
    window = (max(0, time.span[0] - 140), time.span[0])
    before = _MET.search(text, *window) or _AFTER_NOUN.search(text, *window)
    return before[0] if before and not _OTHER_VERB.search(before[0]) else None


def _names(cable: Cable) -> set[str]:
    """The words of the subject line, by which other mentions of the meeting are known."""
    return set(_STEM.findall((cable.header.subject or "").lower()))


def _is_same(named: str, wanted: set[str], is_known: bool) -> bool:
    """Whether a date's meeting is the cable's: with a date in the subject only a close match."""
    if _OTHER.search(named):
        return False
    words = set(_STEM.findall(named.lower()))
    shared = words & wanted
    if is_known:
        return len(shared) >= 2
    # A subject that names no meeting (a demarche) has none that a few words could stand for.
    is_of_meeting = not wanted or any(_NOUN.fullmatch(word) for word in wanted)
    return bool(shared) or not wanted or (is_of_meeting and len(words) <= 5)


_ABBREVIATION = re.compile(r"\(([A-Z]{2,8})\)")
_MEETING_HEADS = frozenset(
    {"dialogue", "talks", "consultations", "commission", "committee", "council", "conference",
     "forum", "group", "meeting", "summit", "board", "review"}
)  # fmt: skip
_HEADS_ALONE = [[head] for head in _MEETING_HEADS]


def meeting_names(cable: Cable) -> tuple[str, ...]:
    """Abbreviations of the meeting: "Economic Partnership Dialogue (EPD)", or the initials of
    the subject line's "JOINT MILITARY COMMISSION"."""
    masked = cable.masked
    found = [
        match[1]
        for match in _ABBREVIATION.finditer(masked, 0, 20000)
        if masked[max(0, match.start() - 16) : match.start()].lower().split()[-1:] in _HEADS_ALONE
    ]
    words = re.findall(r"[A-Za-z]+", cable.header.subject or "")
    for end, word in enumerate(words, start=1):
        if word.lower() in _MEETING_HEADS:
            for start in range(max(0, end - 5), end - 1):
                short = "".join(w[0].upper() for w in words[start:end])
                if find_word(masked, short) >= 0:
                    found.append(short)
    return tuple(dict.fromkeys(found))
