"""Makes the line that a person would put on a list: imperative, at most 90 characters.

Words only; which passage and who is decided elsewhere.
"""

from __future__ import annotations

import re

from tracker.extract.candidates import ACTING, Match
from tracker.extract.lexicon.words import ACTS
from tracker.extract.model import Kind
from tracker.extract.skeleton import Skeleton

LONGEST = 90
# Words that a cut title must not end with.
_LOOSE_ENDS = frozenset(
    {"and", "or", "to", "of", "for", "the", "a", "an", "in", "on", "with", "by", "that", "which",
     "as", "at", "from", "its", "their", "our", "is", "be"}
)  # fmt: skip
_NOTE = re.compile(r"\s*\((?:refs?|septel|para|note|see)\b[^)]{0,80}\)", re.IGNORECASE)
_MARKER = re.compile(r"^\s*(?:\(?(?:[a-h]|\d{1,2}|[ivx]{1,4})\)|[-•*–—]+)\s*", re.IGNORECASE)


def make_title(masked: str, end: int, match: Match, skeleton: Skeleton, kind: Kind) -> str:
    """The act with its objects, as an order; the passage itself where no act was found."""
    title = _from_passive(masked, end, match, skeleton)
    if title is None and kind == "request":
        title = _from_request(masked, end, match, skeleton)
    if title is not None:
        return shorten(title)
    start, verb = _act_place(masked, match, skeleton)
    text = _clean(masked[start:end])
    if verb is not None:
        rest = text.split(" ", 1)
        text = verb + (f" {rest[1]}" if len(rest) > 1 else "")
    return shorten(text[:1].upper() + text[1:])


_PASSIVE = re.compile(
    r"(?:should|must|ought to|needs? to|ha(?:s|ve) to|will|shall|would|could|can|may|is to|are to) "
    r"(?:\w+ )?be |\bbe "
)
_LAST_WORD = re.compile(r"[a-z]+\W*\Z")


def _clean(text: str) -> str:
    """A passage on one line, without list sign and references."""
    return _NOTE.sub("", _MARKER.sub("", " ".join(text.split())))


def _from_request(masked: str, end: int, match: Match, skeleton: Skeleton) -> str | None:
    """ "The ministry requested advice" as "Answer the request for advice"."""
    if match.rule.id == "asked-for":
        start, what = match.end, "request"
    elif match.rule.sort == "want":
        last = _LAST_WORD.search(skeleton.text, match.start, match.end)
        word = last[0].strip() if last else ""
        if last is None or word == "to":
            return None
        start, what = (match.end if word in {"for", "in", "on", "that"} else last.start()), "wish"
        start = last.start() if word == "that" else start
    else:
        return None
    rest = _clean(masked[skeleton.source_start(start) : end])
    if len(rest) < 8:
        return None
    if rest.startswith("that "):
        return f"Answer the {what} {rest}"
    return f"Answer the {what} for {rest.removeprefix('for ')}"


def _from_passive(masked: str, end: int, match: Match, skeleton: Skeleton) -> str | None:
    """ "The program will be refined" as "Refine the program"; None where that is no order."""
    if match.act is None or match.done_at is None:
        return None
    text = skeleton.text
    be = next(_PASSIVE.finditer(text, max(0, match.start - 2), match.end), None)
    if be is None:
        return None
    participle = text[match.done_at :].split(" ", 1)[0]
    after = skeleton.source_start(match.done_at + len(participle))
    rest = _clean(masked[after:end])
    if match.act == "give" and text[: be.start()].rstrip().endswith("consideration"):
        return f"Consider {rest.removeprefix('to ')}"
    subject = _clean(masked[skeleton.spans[0][0] : skeleton.source_span(0, be.start())[1]])
    words = subject.lower().split()
    if not words or len(subject) > 70 or words[0] in _NO_SUBJECT or _VERB.search(subject):
        return None
    if words[0] in _SMALL:
        subject = subject[:1].lower() + subject[1:]
    return f"{match.act.capitalize()} {subject} {rest}"


_SMALL = frozenset("the a an this these more further both all each our its".split())  # noqa: SIM905
_VERB = re.compile(
    r"[,;:]|\b(?:is|are|was|were|has|have|that|which|said|will)\b|\A(?:this|that)\Z", re.I
)
_NO_SUBJECT = frozenset(
    {"it", "they", "there", "he", "she", "we", "that", "which", "in", "on", "at", "to", "as"}
)  # fmt: skip
# Words in -ing that are mostly things.
_THINGS = frozenset(
    """training meeting building funding planning engineering monitoring understanding lending
    financing shipping beginning hearing processing licensing briefing offering listing opening
    finding feeling wording reading banking fishing mining farming housing manufacturing
    trafficking smuggling laundering spending pricing marketing warning setting standing mapping
    testing including according regarding concerning following during""".split()  # noqa: SIM905
)


def _act_place(masked: str, match: Match, skeleton: Skeleton) -> tuple[int, str | None]:
    """Where the act begins in the source, and its base form; the passage where there is none."""
    text = skeleton.text
    if match.act is not None and match.act_at is not None:
        return skeleton.source_start(match.act_at), match.act
    for found in _AFTER.finditer(text, match.start):
        if found["act"] in ACTS:
            return skeleton.source_start(found.start("act")), found["act"]
    for found in _ING.finditer(text, match.start):
        start = skeleton.source_start(found.start("act"))
        if found["act"] in ACTING and found["act"] not in _THINGS and masked[start].islower():
            return start, ACTING[found["act"]]
    return skeleton.spans[0][0], None


_ING = re.compile(r"\b(?:in|of|by|for|to|at|on|and|on) (?P<act>[a-z-]{3,20}ing)\b")
_AFTER = re.compile(r"\b(?:to|will|would) (?:\w+ly |also )?(?P<act>[a-z-]{2,20})\b")


# After one of these a phrase may end at the comma before it.
_LOOSE = re.compile(
    r"[,;] (?:including|especially|such as|which|noting|taking|with|given|as|but|marking|in|thus|"
    r"while|"
    r"so|and to|provided|subject|particularly|based|using|depending|where|who|if|when|for "
    r"example)\b|"
    r" \(| -- "
)


def shorten(text: str) -> str:
    """At most LONGEST characters, cut at the end of a phrase where there is one."""
    text = text.strip().rstrip(" .;:,")
    for ending in (" and", " or"):
        text = text.removesuffix(ending).rstrip(" .;:,")
    if len(text) <= LONGEST:
        return text
    loose = [m.start() for m in _LOOSE.finditer(text[:LONGEST]) if m.start() > 40]
    if loose:
        return text[: loose[-1]].rstrip(" ,;:(-")
    clause = text[: LONGEST - 1]
    cut = clause.rfind(" ")
    clause = clause[:cut] if cut > 20 else clause
    words = clause.rstrip(" ,;:.-–—(").split(" ")
    while len(words) > 3 and words[-1].lower().strip(",;:.-–—(") in _LOOSE_ENDS | {""}:
        words.pop()
    clause = " ".join(words).rstrip(" ,;:.-–—(")
    return clause + "…"
