"""Decides when an item is due, from the times that its passage names.

Whether a time is a deadline is decided here; what day it means is the grammar's business.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.cable import Span
from tracker.cable.blanks import over_line_ends
from tracker.extract.dates import TIME_WORDS, Anchor, Time, find_times
from tracker.extract.meeting import MEETING_NOUN
from tracker.extract.periods import WEEK_OF, friday_of

# Words before a time that make it a deadline whatever the verb.
_DEADLINE = re.compile(
    r"""(?:\bby|\bbefore|\bno\ later\ than|\bnot\ later\ than|\bnlt|\buntil|\bprior\ to|\bwithin|
    \bahead\ of|\bin\ advance\ of|
    \bdue(?:\ on|\ by|\ in)?|\bdeadline\ (?:of|is)|\btarget(?:ed|ing)?(?:\ for|\ date\ of)?|
    \bscheduled\ (?:for|to\ [\w ]{1,30})|
    \bplanned\ for|\bcob|\bc\.o\.b\.|\beffective|\btarget\ dates?|\btentatively|\bpreferably|
    \bwith\ effect\ from|\bin\ time\ for|\bset\ for|\bslated\ for|\bas\ of|\bbeginning|
    \bstarting|\bstart)
    (?:\s(?:cob|c\.o\.b\.|the|its|early|close\ of\ business|on|about|around|approximately|end|of|
    then))*\s*[,(]?\s*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:\b(?:on|in|at|during|for|from|around|"
    r"(?:week|margins|morning|afternoon|evening|eve|night) of)|\A|[,;:(])"
    r"(?:\s(?:the|this|its|our|early|late|about|or))*\s*\Z",
    re.IGNORECASE,
)
# "when she calls on him December 3": a day without a preposition, which no noun follows.
_BARE = re.compile(
    r"\b(?!(?:the|a|an|its|his|her|our|this|that|of|since|after|to|than|through|until|between|and|"
    r"or|dated|ref|as|with|no|paragraph|para)\b)[a-z]{2,16} \Z",
    re.IGNORECASE,
)
# "reminded him that he undertook in January to": when it was promised.
_PROMISED_THEN = re.compile(
    r"\b(?:undertook|agreed|promised|pledged|offered|committed|requested|proposed|decided|announced|"
    r"said|told us|wrote) (?:back )?(?:in|on|last|early in|late in) \Z",
    re.IGNORECASE,
)
# "as they were until April"
_UNTIL_THEN = re.compile(r"\b(?:was|were|been|did|had)(?: \w+)? until \Z", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since|following|until|once) [^,;:]{1,80}\Z", re.IGNORECASE)
_PAST_VERB = re.compile(
    r"""(?<!\bbe\ )\b(?:told|said|met|held|took|sent|gave|made|came|went|saw|began|ended|wrote|
    was|were|had|did|
    took\ place|became|led|signed|stated|released|issued|launched|hosted|visited|announced|
    [a-z]{2,16}[^e\W]ed)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\bbe \w{2,16}(?:ed|en|ne|ld)\b|\b(?:will|would|should|must|shall|could|can|may|"
    r"to (?!the\b|a\b|his\b|its\b)[a-z]{2,}|"
    r"agreed (?:on|to|that)|agreed|scheduled|planned|planning|plans|intends|expected|committed|"
    r"promised|"
    r"pledged|undertook|offered|requested|proposed|proposes|suggests?|recommends?|request)\b",
    re.IGNORECASE,
)
_AT_MEETING = re.compile(
    over_line_ends(
        rf"""\b(?P<how>during|at\ or\ before|at|in|before|prior\ to|by|on\ the\ margins\ of|
    in\ the\ course\ of|
    over\ the\ course\ of|in\ time\ for|ready\ for|
      at\ the\ (?:end|conclusion|close|margins)\ of|by\ the\ (?:end|conclusion|close)\ of|
      at\ the\ conclusion\ of)\s
    (?P<det>the|these|this|our|those|today,?['’]?s)\s
    (?P<words>(?:[\w.'’/-]{{1,24}}\s){{0,5}}?)
    (?:(?:{MEETING_NOUN})|{{acronyms}})\b(?!['’,]s|\s(?:room|table|minutes))"""
    ),
    re.VERBOSE,
)
_AT_MEETINGS_END = re.compile(
    over_line_ends(
        r"\bat\sthe\s(?:end|close|conclusion)\sof\sthe\s(?:first|second|third|last|final)\sday\b|"
        rf"\bat\s(?:the\s|these\s|this\s)?(?:[\w.-]{{1,20}}\s){{0,2}}{MEETING_NOUN}['’]s?\s"
        r"(?:end|conclusion|close)\b"
    ),
    re.IGNORECASE,
)
# "before the President's visit"
_OF_ANOTHER = re.compile(
    r"\b(?:president|minister|king|premier|general|chairman|pope|queen)['’]s\s"
)
_OF_MEETING = re.compile(
    over_line_ends(r"\s(?:session|meeting|round|talks|summit|consultations|plenary)\b"),
    re.IGNORECASE,
)
# "the funds likely to be available in FY 2008"
_OF_MONEY = re.compile(
    r"\b(?:funds?|funding|money|budget|available|levels?|appropriations?)\b[^,;]{0,30}\Z",
    re.IGNORECASE,
)
# "at the working lunch on the first day"
_ON_DAY = re.compile(  # … "at the closing ceremony"
    over_line_ends(
        r"\bon\sthe\s(?:(?P<first>first|opening)|second|last|final|closing)\sday\b(?!\sof\b)|"
        r"\bat\s(?:the\s|its\s)?(?:\w+['’]s\s)?(?:(?P<opens>opening)|closing)\s(?:ceremony|session|plenary)\b"
    ),
    re.IGNORECASE,
)
_OTHER_MEETING = re.compile(
    r"\b(?:next|last|previous|follow|following|first|another|future|subsequent|working|level|"
    r"preparatory|steering|board|summit|commission)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A stated deadline and the passage that states it."""

    on: dt.date
    span: Span


def find_due(
    masked: str,
    span: Span,
    anchor: Anchor,
    *,
    is_report: bool,
    acronyms: tuple[str, ...] = (),
    words: frozenset[str] | None = None,
) -> Due | None:
    """The earliest deadline that a passage states, None where it states none.

    ``words`` are those of the passage where they are known; without a word of time or of
    meetings, and without a figure, nothing is looked for.
    """
    has_time = words is None or not words.isdisjoint(TIME_WORDS) or _has_figure(masked, span)
    times = find_times(masked, span, anchor) if has_time else []
    found = [due for time in times if (due := _as_deadline(masked, span, time, anchor))]
    names_meeting = words is None or acronyms or not words.isdisjoint(_MEETINGS)
    if names_meeting and (not is_report or _TODAYS.search(masked, *span)):
        found += _at_meeting(masked, span, anchor, acronyms, times)
    return min(found, key=lambda due: due.on) if found else None


def _has_figure(masked: str, span: Span) -> bool:
    pattern = _PLAIN_DIGIT if masked.isascii() else _DIGIT
    return pattern.search(masked, *span) is not None


def _as_deadline(masked: str, span: Span, time: Time, anchor: Anchor) -> Due | None:
    before = masked[max(span[0], time.span[0] - 200) : time.span[0]]
    lead = " ".join(before.split()) + " "
    earliest = anchor.earliest
    if earliest is not None and time.last < earliest:
        return None
    is_start = not before.strip()
    inner = " ".join(masked[time.span[0] : time.span[1]].lower().split())
    strong = _DEADLINE.search(lead.rstrip()) is not None or inner.startswith(
        ("by ", "within", "before", "no later", "nlt", "until", "inside")
    )
    if (
        time.sort == "month"
        and inner.startswith(("end", "mid", "late"))
        and lead.rstrip().endswith("by")
    ):
        strong = True
    if not strong and _OF_MEETING.match(masked, time.span[1], min(len(masked), time.span[1] + 60)):
        return None  # "at the December session they agreed"
    if not strong and not is_start and not _attaches(lead, inner, time):
        return None
    if strong and _UNTIL_THEN.search(lead):
        return None
    if not strong and (_is_about_past(lead) or _PROMISED_THEN.search(lead)):
        return None
    on = time.last
    if WEEK_OF.search(lead):
        on = friday_of(time.first)
    return Due(on, time.span)


def _attaches(lead: str, inner: str, time: Time) -> bool:
    """Whether a time without a deadline word can be the time of the act."""
    if time.sort in {"fiscal", "relative"} and _OF_MONEY.search(lead):
        return False
    if time.sort == "year":
        return not inner.startswith(("for ", "of ")) or " quarter " in inner or " half " in inner
    if time.sort == "relative":
        return True
    if time.sort == "day" and _BARE.search(lead) and not _AFTER.search(lead):
        return True
    return _PLAIN.search(lead.rstrip()) is not None


def _is_about_past(lead: str) -> bool:
    """Whether the verb nearest before a time is of the past: "told us on April 12"."""
    if lead.rfind("(") > lead.rfind(")"):
        lead = lead[lead.rfind("(") + 1 :]  # "the text (mailed to us on January 26)"
        if _PAST_VERB.match(lead):
            return True
    clause = re.split(r"[;:]|, (?:which|who|while|and then)\b", lead)[-1]
    tail = clause.rpartition(",")[2]
    if "," in clause and not _PAST_VERB.search(tail) and not _AHEAD.search(tail):
        # ", probably in March" goes with the whole clause.
        return not _AHEAD.search(clause) and _PAST_VERB.search(clause) is not None
    past = [m.end() for m in _PAST_VERB.finditer(clause)]
    ahead = [m.end() for m in _AHEAD.finditer(clause)]
    if not past:
        return False
    return not ahead or max(past) > max(ahead)


_DIGIT = re.compile(r"\d")
# The same in plain text, where it is found faster.
_PLAIN_DIGIT = re.compile(r"[0-9]")
_MEETING_WORDS = ("dialogue", "talks", "consultation", "meeting", "session", "conference",
                  "summit", "round", "ceremony", "plenary",
                  "visit", "discussion", "review", "commission", "committee", "forum")  # fmt: skip


_MEETINGS = frozenset(w + e for w in _MEETING_WORDS for e in ("", "s")) | {"day"}
_TODAYS = re.compile(r"today,?['’]?s")


def _at_meeting(
    masked: str, span: Span, anchor: Anchor, acronyms: tuple[str, ...], times: list[Time]
) -> list[Due]:
    """ "During the dialogue", "at the conclusion of the talks": the meeting's last day."""
    if anchor.ends_on is None:
        return []
    text = masked[span[0] : span[1]]
    found: list[Due] = []
    low = text.lower()
    if (
        not any(word in low for word in _MEETING_WORDS)
        and not any(a in text for a in acronyms)
        and " day" not in low
    ):
        return []
    if len(low) != len(text):
        return []
    for match in _meeting_pattern(acronyms).finditer(low):
        how = match["how"]
        place = (span[0] + match.start(), span[0] + match.end())
        if (
            how == "in"
            or _OTHER_MEETING.search(match["words"])
            or _OF_ANOTHER.search(match["words"])
        ):
            continue
        is_end = "end of" in how or "conclusion" in how
        if not is_end and any(t.span[0] < place[1] and place[0] < t.span[1] for t in times):
            continue
        is_before = how in {"before", "prior to"}
        found.append(Due((anchor.starts_on if is_before else None) or anchor.ends_on, place))
    if " day" in low or "opening" in low or "closing" in low:
        found.extend(
            Due(day, (span[0] + m.start(), span[0] + m.end()))
            for m in _ON_DAY.finditer(text)
            if (day := anchor.starts_on if m["first"] or m["opens"] else anchor.ends_on)
        )
    if "end" in low or "conclusion" in low or "close" in low:
        found.extend(
            Due(anchor.ends_on, (span[0] + m.start(), span[0] + m.end()))
            for m in _AT_MEETINGS_END.finditer(text)
        )
    return found


@lru_cache(maxsize=64)
def _meeting_pattern(acronyms: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(a.lower()) for a in acronyms) or "(?!)"
    return re.compile(_AT_MEETING.pattern.replace("{acronyms}", names), _AT_MEETING.flags)
