"""How cables name people and delegations: the patterns that PeopleReader looks for.

Whose people they are is decided there.
"""

from __future__ import annotations

import re

from tracker.cable.blanks import over_line_ends

TITLES = (
    "Minister", "Secretary", "Undersecretary", "Director", "Chief", "Head", "Commissioner",
    "Chairman", "President", "Governor", "Commander", "Superintendent", "Coordinator", "Adviser",
    "Advisor",
)  # fmt: skip
# "Ambassador-designate", "PRESIDENT-ELECT"
TO_BE = re.compile(r"-(?:designate|elect|delegate)\b", re.IGNORECASE)
BEFORE_TITLE = re.compile(over_line_ends(r"(?:[A-Z][\w'’/.-]{1,20}\s){1,3}\Z"))
# "Director of Public Prosecutions Ernest Cargill", "Secretary for Visa Services (Acting) Ostrow"
TITLE_OF = re.compile(
    over_line_ends(
        rf"""(?:{"|".join(TITLES)}|Director[ -]General)\s
    (?:for|of)\s(?:the\s)?
    (?P<rest>(?:[A-Z][\w'’/-]{{1,20}}\s(?:(?:and|&|of|the|for)\s|\(Acting\)\s)*){{1,5}}?
    (?:[A-Z]\.\s)?[A-Z][\w'’-]{{1,20}})(?!\s[A-Z(]|['’]s|[\w-])"""
    ),
    re.VERBOSE,
)
_HOLDING = (
    r"(?:[Hh]ead|[Dd]irector|[Cc]hief|[Cc]hairman|[Cc]hair|[Cc]ommander|[Mm]inister|[Ss]ecretary|"
    r"[Dd]eputy|[Cc]oordinator|[Pp]resident|[Cc]ommissioner|[Rr]epresentative|[Ss]pokesman)"
)
HOLDERS = tuple(
    word
    for low in (
        "head", "director", "chief", "chair", "commander", "minister", "secretary", "deputy",
        "coordinator", "president", "commissioner", "representative", "spokesman", "lead",
        "leader", "negotiator",
    )
    for word in (low, low.capitalize())
)  # fmt: skip
_FULL_NAME = r"(?P<name>[A-Z][\w'’-]{1,20}(?:\s(?:[A-Z]\.|[A-Z][\w'’-]{1,20})){1,3})"
# The same with a title of several words before it.
_LONG_NAME = _FULL_NAME.replace("{1,3}", "{1,6}")
HOLDER_LAST = re.compile(
    over_line_ends(
        rf"\b(?P<office>{_HOLDING}\s(?:of|for|at)\s[^,.;:]{{3,90}}),\s"
        rf"{_LONG_NAME}(?=[,.;)])"
    )
)
HOLDER_FIRST = re.compile(
    over_line_ends(
        rf"\b{_FULL_NAME},\s(?P<office>(?:[\w'’./-]{{1,20}}\s){{0,6}}{_HOLDING}\b[^,.;:]{{0,90}})"
    )
)
# "EPA (Kestner) complained"
OFFICE_OF = re.compile(
    r"\b(?P<office>[A-Z]{2,8}) \((?P<name>[A-Z][A-Za-z'-]{4,20})\)(?! [A-Z][a-z])"
)
OWN_UNDER = ("Political Affairs", "State", "Defense", "Commerce", "Arms Control")

# The end of a sentence or paragraph; an initial has a point as well.
SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[DMJ]r)\.\s|\n\n")
_WHOSE = (
    r"(?P<whose>[Oo]ur|OUR|U\.?S(?=\W)|United\sStates|UNITED\sSTATES|USG|"
    r"(?!The\b|THE\b)[A-Z][\w.]{2,20}"
    r"(?:\s[A-Z][\w.]{2,20}(?=\s(?:side|delegation|SIDE|DELEGATION|team)))?(?:['’]s)?)\.?"
)
# "the U.S. chair, Deputy Assistant Attorney General Ann Moss", "our delegation leader, Oddy",
# "the head of the U.S. delegation, Ann Moss"
HOLDER_OF_SIDE = re.compile(
    over_line_ends(
        rf"\b(?P<of>(?:head|leader|chief)\sof\s(?:the\s)?)?{_WHOSE}\s(?:[a-z-]{{3,16}}\s){{0,2}}"
        r"(?(of)(?:delegation|side|team)|(?:co-)?(?:chair(?:man|woman|person)?|head|leader|lead|"
        r"representative|negotiator|coordinator)(?:\sof\sdelegation)?),?\s(?P<who>(?:[A-Z][\w'’/-]{0,20}\.?\s){0,6}[A-Z][\w'’-]{1,20})"
        r"(?=[,.;)]|\s[a-z])"
    )
)
BODIES = (
    "delegation", "side", "team", "delegates", "participants", "DELEGATION", "SIDE", "TEAM",
    "PARTICIPANTS",
)  # fmt: skip
_BODY = f"(?:{'|'.join(BODIES)})"
# "a Dominican delegation of twenty-two"
SIDE = re.compile(
    over_line_ends(rf"\b{_WHOSE}\s(?:[a-z-]{{3,16}}\s){{0,2}}{_BODY}\b(?:\sof\s[\w-]{{2,12}})?")
)
# "Assistant Secretary Ros and Director Tighe led the U.S. side"
LEADS = re.compile(
    over_line_ends(
        r"\b(?:led|heads?|headed|leads|chaired|chairs|co-chaired|represented|lead|LED|HEADED|CHAIRED|"
        r"REPRESENTED|HEADS|LEADS)\s(?:the|a|an|THE|A)?\s*\Z"
    )
)
# ", led by …", "was headed by … and included …"
MEMBERS = re.compile(
    over_line_ends(
        r"""(?:,|\s\([^)]{1,60}\))?\s?(?:(?:which|that|who|WHICH|THAT)\s)?
    (?:(?:was|were|is|are|will\sbe|consisted|consists|WAS|WERE|IS|WILL\sBE)\s)?(?:\w+ly\s)?
    (?:(?:led|headed|chaired|co-chaired|represented|composed|comprised|made\sup|LED|HEADED|CHAIRED|
    REPRESENTED|COMPOSED)\s(?:by|of|BY|OF)|of|included?|includes|comprised|were|was|are|INCLUDED?|
    WERE|COMPRISED|CONSISTED\sOF)(?:,[^,.]{1,40},|:)?\s(?P<who>(?:[^.]|(?<=\b[A-Z])\.|(?<=\b[DMJ]r)\.|(?<=\bD[Rr])\.|(?<=\bGen)\.|
    (?<=\bCol)\.|(?<=\bAmb)\.){3,500})"""
    ),
    re.VERBOSE,
)
# "United States: Martin Ostrow, CA/VO; Ellen Tighe, WHA/CAR", "U.S. participants:"
LISTED = re.compile(
    over_line_ends(
        rf"(?:(?<=\n)|(?<=\. )|(?<=PARTICIPANTS )){_WHOSE}(?:\s{_BODY})?(?:\s\([^)]{{1,30}}\))?:\s"
        r"(?P<who>(?:[^\n]|\n(?!\s*\n|[A-Z][\w .]{1,40}:)){10,1200})"
    )
)
