"""Makes the line that a person would put on a list: an order, without its doer.

Words only; which passage and who is decided elsewhere, and how long in `shortening`.
"""

from __future__ import annotations

import re

from tracker.cable import Span
from tracker.extract.dictionary import Dictionary
from tracker.extract.lexicon.forms import ACTING
from tracker.extract.lexicon.words import ACTS
from tracker.extract.match import Match
from tracker.extract.model import Kind
from tracker.extract.passage import ADVERBS, ANYONE, THINGS, VERB, Passage, active
from tracker.extract.request_titles import from_request
from tracker.extract.shortening import clean, lower_capitals, shorten
from tracker.extract.skeleton import Skeleton


def make_title(
    masked: str, span: Span, match: Match, skeleton: Skeleton, kind: Kind, names: Dictionary
) -> str:
    """The act with its objects, as an order; the passage itself where no act was found."""
    passage = Passage(masked, span, skeleton)
    whole = clean(masked[span[0] : span[1]])
    title = (
        _from_passive(passage, match)
        or _from_meeting(passage, match)
        or _from_thing(passage, match)
        or (from_request(passage, match) if kind == "request" else None)
        or (whole if _is_thing(passage, match) else None)
        or _from_act(passage, match)
        or whole
    )
    title = _drop_adverbs(lower_capitals(title, names))
    if " " not in title:
        title = whole  # "Participate" says too little.
    return shorten(title[:1].upper() + title[1:])


# "a plan to train judges"; no act is in "access to prisoners, whom we have been asking to see".
_TO_ACT = re.compile(r"\b(?:to|of|in|for) (?P<act>[a-z-]+)")
_ASIDE_BEGINS = re.compile(r"[,;:(]|\b(?:who|whom|which|that|for [^ ] to)\b")


def _is_thing(passage: Passage, match: Match) -> bool:
    """Whether an element of a list names a thing, in which an act is only told of in passing."""
    if match.rule.id != "listed-thing":
        return False
    text = passage.skeleton.text
    aside = _ASIDE_BEGINS.search(text, match.start)
    end = aside.start() if aside is not None else len(text)
    acts = (found["act"] for found in _TO_ACT.finditer(text, match.start, end))
    return not any(act in ACTS or act in ACTING for act in acts)


_LEADING = re.compile(
    r"(?:also|again|further|next(?! (?:session|meeting|round|step))|now|then|jointly|nevertheless|"
    r"therefore|largely|still|instead|"
    r"(?!reply|apply|rely|supply|comply|only)\w{3,12}ly) (?=[a-z]{3})",
    re.IGNORECASE,
)


def _drop_adverbs(title: str) -> str:
    """ "Nevertheless keep pressing" as "keep pressing"."""
    while (found := _LEADING.match(title)) is not None:
        title = title[found.end() :]
    return title


_PASSIVE = re.compile(
    r"(?:should|must|ought to|needs? to|ha(?:s|ve) to|will|shall|would|could|can|may|is to|are to|"
    r"(?:is|are) (?:expected|scheduled|planned|due|set|slated) to) (?:\w+ )?be |\bbe "
)


def _from_passive(passage: Passage, match: Match) -> str | None:
    """ "The program will be refined" as "Refine the program"; None where that is no order."""
    if match.act is None or match.done_at is None:
        return None
    text = passage.skeleton.text
    be = next(_PASSIVE.finditer(text, max(0, match.start - 2), match.end), None)
    if be is None:
        return None
    first = text.rfind(" that ", 0, be.start()) + 6 if match.rule.id.startswith("said") else 0
    return active(passage, match.act, (max(first, 0), be.start()), match.done_at)


_HAPPENS = re.compile(
    r"(?:will|shall|would|(?:(?:is|are) (?:scheduled|expected|due|planned|set) )?to|should) "
    + ADVERBS
    + r"take place\b"
)


def _from_meeting(passage: Passage, match: Match) -> str | None:
    """ "The next round will take place in May" as "Hold the next round in May"."""
    if "take place" not in passage.skeleton.text:
        return None
    found = _HAPPENS.search(passage.skeleton.text, match.start)
    if found is None:
        return None
    subject = passage.between(0, found.start())
    if not subject or len(subject) > 70 or VERB.search(subject):
        return None
    return f"Hold {subject[:1].lower()}{subject[1:]} {passage.rest(found.end())}"


_VERB_OF_RULE = {
    "promised-thing": "Provide",
    "author-requests-thing": "Provide",
    "raised": "Follow up on",
    "agreed-on": "Follow up on",
    "reached-agreement": "Follow up on",
    "plans-to": "Plan",
}
_NO_THING = ("that ", "to ", "if ", "whether ", "at ", "in ", "with ")
_OF_ACTOR = re.compile(rf"(?:for )?(?:{ANYONE}'s )?(?:for )?")
_TO_VERB = re.compile(r"\bto \Z")
_NO_VERB = re.compile(
    r"\w+(?:ed|ing|ion|ment|ity|ness|al|ive|er)\b|[a-z]+'s|the |a |an |its |their "
)


# "plans a presentation, and seeks greater engagement"
_NEXT_CLAUSE = re.compile(
    r",? and (?=(?:seeks|wants|will|would|is|are|was|were|has|have|had|plans|asked|said|noted|"
    r"indicated|"
    r"stressed|added|agreed|welcomed|promised|offered|proposed|pressed|urged) )"
)


def _first_clause(text: str) -> str:
    """Without a second verb of the same subject and what follows it."""
    return _NEXT_CLAUSE.split(text, maxsplit=1)[0] if " and " in text else text


# "needs guidance": the thing is part of what picked the passage.
_SOUGHT = re.compile(
    r"\b(?:guidance|instructions|approval|authority|clearance|concurrence|clarification|"
    r"confirmation|input|comments|views)\Z"
)


def _from_thing(passage: Passage, match: Match) -> str | None:
    """A noun where an act would be: "promised a reply" as "Provide a reply"."""
    verb = _VERB_OF_RULE.get(match.rule.id)
    if verb is None or match.act is not None:
        return None
    text, start = passage.skeleton.text, match.end
    if match.rule.id in {"promised-thing", "plans-to"}:
        start = text.rfind(" ", 0, match.end - 1) + 1
        start = start if text[start : match.end].strip() not in {"for", "on"} else match.end
    elif match.rule.id == "author-requests-thing" and (
        noun := _SOUGHT.search(text, match.start, match.end)
    ):
        start = noun.start()
    start += text[start : start + 1] == " "
    of_actor = _OF_ACTOR.match(text, start)
    start = of_actor.end() if of_actor else start
    if match.rule.id == "agreed-on" and _TO_VERB.search(text, 0, match.end):
        is_noun = _NO_VERB.match(text, start) is not None
        verb = "Commit to" if is_noun else ""
    rest = _first_clause(passage.rest(start))
    if len(rest) < 4 or rest.startswith(_NO_THING):
        return None
    return f"{verb} {rest}".strip()


_ING = re.compile(r"\b(?:in|of|by|for|to|at|on|and|with|is|are) (?P<act>[a-z-]{3,20}ing)\b")
_AFTER = re.compile(rf"\b(?:to|will|would) {ADVERBS}(?P<act>[a-z-]{{2,20}})\b")
_OF_DOER = re.compile(rf"{ANYONE} {ADVERBS}(?P<act>[a-z-]{{2,20}})\b")
_ANY_VERB = re.compile(
    rf"\b(?:will|would|should|must|shall) {ADVERBS}(?!be (?:help|use|import|good|worth))"
    r"(?P<act>[a-z-]{2,20})\b"
)
_PARTICLES = re.compile(r"\A(?:over|through|into|at|ahead with|forward with) ")
_EMPTY = frozenset({"do", "have"})
# "engaging with them are bilateral": what is said of the acting is no part of it.
_OF_GERUND = re.compile(r" (?:is|are|was|were|will|would|remains?|offers?|provides?|requires?) ")


def _from_act(passage: Passage, match: Match) -> str | None:
    """The act of the match, or the first act behind it, in its base form."""
    place = _act_place(passage, match)
    if place is None:
        return None
    position, verb = place
    text = _first_clause(passage.rest(position))
    first, _, rest = text.partition(" ")
    if first[:1].isupper() and rest[:1].islower() and not first.isupper() and verb not in ACTS:
        return rest  # "Kirk use the visit": a name that no list knows
    if first.lower() in {"go", "look"} and verb in {"review", "examine", "conduct"}:
        rest = _PARTICLES.sub("", rest, count=1)  # "go over the list"
    was_gerund = first.lower() != verb and first.lower().endswith("ing")
    if was_gerund:
        rest = _OF_GERUND.split(rest, maxsplit=1)[0]
    return f"{verb} {_both_acts(rest) if was_gerund else rest}"


def _both_acts(rest: str) -> str:
    """ "implementing and funding" as "implement and fund"."""
    words = rest.split(" ")
    if words[0] in {"and", "or"} and len(words) > 1 and words[1] in ACTING:
        words[1] = ACTING[words[1]]
    return " ".join(words)


def _act_place(passage: Passage, match: Match) -> tuple[int, str] | None:
    """Where the act begins in the skeleton, and its base form."""
    text = passage.skeleton.text
    if match.act is not None and match.act_at is not None and match.act not in _EMPTY:
        return match.act_at, ACTING.get(match.act, match.act)
    if _TO_VERB.search(text, 0, match.end) and _NO_VERB.match(text, match.end) is None:
        return match.end, text[match.end :].split(" ", 1)[0]
    for found in _AFTER.finditer(text, match.start):
        if found["act"] in ACTS and found["act"] not in _EMPTY:
            return found.start("act"), found["act"]
    for found in _ING.finditer(text, match.start):
        start = passage.skeleton.source_start(found.start("act"))
        is_act = found["act"] in ACTING and found["act"] not in THINGS
        if is_act and passage.masked[start].islower():
            return found.start("act"), ACTING[found["act"]]
    if match.act is not None and match.act_at is not None:
        return match.act_at, match.act
    for found in _OF_DOER.finditer(text, match.start):
        if found["act"] in ACTS:
            return found.start("act"), found["act"]
    any_verb = _ANY_VERB.search(text, match.start)
    return (any_verb.start("act"), any_verb["act"]) if any_verb else None
