"""Titles of requests: the act that is asked for, or else that an answer is due.

Words only; see `titles` for all other items.
"""

from __future__ import annotations

import re

from tracker.extract.lexicon.forms import ACTING, DONE
from tracker.extract.lexicon.words import ACTS
from tracker.extract.match import Match
from tracker.extract.passage import ADVERBS, ANYONE, THINGS, Passage, active

_ASKED_TO = re.compile(rf"(?:{ANYONE} )?to (?P<no>not )?{ADVERBS}(?P<act>[a-z-]{{2,20}})\b")
_THAT = r"(?:, [^,]{1,40}, )?that (?:in [a-z]+ )?"
_MODAL = r"(?: (?:should|would|can|could|might))?"
_THAT_ACT = re.compile(
    rf"{_THAT}{ANYONE}{_MODAL} (?P<no>not )?(?!(?:is|are|was|were|ha[sd]|have|will|may|be)\b)"
    r"(?P<act>[a-z-]{2,20})\b"
)
_THAT_DONE = re.compile(
    rf"{_THAT}(?P<who>[^,;]{{1,60}}?){_MODAL} (?P<no>not )?be "
    r"(?P<done>[a-z-]{3,20}(?:ed|en|de|t|ld|ne))\b"
)
_LAST_WORD = re.compile(r"[a-z]+\W*\Z")


def from_request(passage: Passage, match: Match) -> str | None:
    """ "They asked that we send a list" as "Send a list", "asked for a list" as an answer."""
    if match.rule.id == "asked-for":
        return _from_asked(passage, match.end)
    if match.rule.sort != "want":
        return None
    text = passage.skeleton.text
    last = _LAST_WORD.search(text, match.start, match.end)
    word = last[0].strip() if last else ""
    if last is None or word == "to":
        return None
    start = match.end if word in {"for", "in", "on"} else last.start()
    return _answer("wish", passage.rest(start))


def _from_asked(passage: Passage, start: int) -> str | None:
    text = passage.skeleton.text
    found = _ASKED_TO.match(text, start) or _THAT_ACT.match(text, start)
    if found is not None:
        return ("Do not " if found["no"] else "") + passage.rest(found.start("act"))
    found = _THAT_DONE.match(text, start)
    base = DONE.get(found["done"]) if found is not None else None
    title = None
    if found is not None and base is not None:
        title = active(passage, base, found.span("who"), found.start("done"))
        if title and found["no"]:
            title = f"Do not {title[:1].lower()}{title[1:]}"
    return title or _answer("request", passage.rest(start))


# "supporting and fostering cooperation"
_AND_ACTING = re.compile(r"\A(to [a-z]+ (?:and|or)) ([a-z]+ing)\b")


def _answer(what: str, rest: str) -> str | None:
    """A request for a thing, which somebody has to answer."""
    first = rest.split(" ", 1)[0].lower()
    if len(rest) < 8 or first in {"if", "from", "of", "about", "helpful", "welcome", "as"}:
        return None
    if first in ACTING and first not in THINGS:
        rest = f"to {ACTING[first]}{rest[len(first) :]}"
        rest = _AND_ACTING.sub(lambda m: f"{m[1]} {ACTING.get(m[2], m[2])}", rest, count=1)
    elif first in ACTS and first in {"see", "have", "get", "know", "learn", "hear", "be"}:
        rest = f"to {rest}"
    if first in {"that", "to"} or rest.startswith("to "):
        return f"Answer the {what} {rest}"
    return f"Answer the {what} for {rest.removeprefix('for ')}"
