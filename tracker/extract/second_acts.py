"""Several acts of one subject: "agreed to pay and offered to help", "to thank and to press".

Bare verbs behind "and" are one act with the first ("send and discuss"), unless they ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.cable import Span
from tracker.extract.candidates import Candidate
from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.words import ACTS, DELIVER, TALK
from tracker.extract.match import Match
from tracker.extract.mention import OBLIQUE, SUBJECT
from tracker.extract.parts import Clause, Part, give_doer, read_clause, source_of
from tracker.extract.rules import LIKELY
from tracker.extract.skeleton import Skeleton
from tracker.extract.units import Unit

_EITHER = "".join([*SUBJECT.values(), *OBLIQUE.values()])
# "to secure contributions and for the ministry to brief"
_FOR = re.compile(r" and (?=for . to [a-z])")
_TO = re.compile(r"\bto [a-z]")
_TO_ACT = re.compile(r"\bto ([a-z-]+)")
# "and offered to help", "and suggest that": the same subject goes on to do something else.
_SECOND = re.compile(
    r",? (?:and|but) (?=(?:also |then |further |in turn )?(?:agreed|promised|pledged|undertook|"
    r"offered|committed|volunteered|asked|requested|urged|encouraged|proposed|suggested|"
    r"recommended|invited|appealed|called (?:on|for)|recommend|suggest|propose|request|ask|urge|"
    r"encourage|said (?:that )?\S+ would|would (?:also )?(?:be grateful|appreciate|welcome)|"
    r"(?:is|are) (?:seeking|requesting|asking|hoping|planning)|(?:plans?|intends?|hopes?) to|"
    r"(?:will|would|shall) (?:also |then |in turn )?(?!be |have |not |need |like |remain )[a-z]+|"
    r"(?:requests|asks|recommends|suggests|proposes|urges)|(?:has|have|had) (?:agreed|promised|"
    r"undertaken|offered) to|(?:is|are|was|were) (?:also )?(?:to|ready to|prepared to|willing to)"
    r") )"
)
# "to thank the minister and to press him", "should ask them and should report": the same mood.
# Without a mood only verbs of asking count, since "send and discuss" is one act.
_AGAIN = re.compile(
    r"(?P<comma>,)? and (?P<all>(?P<mood>to|should|must|will|would|shall) "
    r"(?:also |then |\w+ly )?(?P<act>[a-z-]{2,20})|(?:also |then )?(?P<bare>urge|ask|press|"
    r"encourage|suggest|propose|request|recommend|invite|seek|raise|solicit)"
    rf"(?= (?:[{_EITHER}]|(?:the|that|an?|its|their|his|for|on|to|whether|how|about|more|greater|"
    r"further|agreement|assurances|confirmation|support|\w+ing)\b)))\b"
)
_INNER = re.compile(r"\bto ([a-z]+)|\b(?:that|which|who) ")
# "will install a link, and send an analyst": a second step, where a comma and a thing stand.
_STEP = re.compile(
    rf", and (?P<all>(?:also |then )?(?P<act>[a-z-]{{2,20}})(?= (?:[{_EITHER}] )?"
    r"(?:an?|the|its|their|his|her|our|two|three|all|more|further|new|\w+ing) [a-z]))"
)
# The second act only goes on with what came of the first: "and to publish the results".
_ABOUT_FIRST = re.compile(
    r" (?:it|them|this|these|both|(?:the|its|their) (?:results?|findings|outcomes?|conclusions?|"
    r"same))\b"
)


_JOINT = re.compile(r" (?:and|but)(?= )")


def _at_joints(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with a joint, or with a comma before it."""
    last = start
    for joint in _JOINT.finditer(text, start, end):
        place = joint.start()
        begin = place - (place > last and text[place - 1] == ",")
        if place >= last and (match := pattern.match(text, begin, end)) is not None:
            last = match.end()
            yield match


def second_acts(
    skeleton: Skeleton, clause: Clause, candidate: Candidate, span: Span, lexicon: Lexicon
) -> list[Part]:
    """The parts of a clause with two acts of one subject or more; none where it has one."""
    if not candidate.matches or candidate.best.weight < LIKELY:
        return []
    if _JOINT.search(skeleton.text, clause.start, clause.end) is None:
        return []
    return _other_verb(skeleton, clause, candidate, span, lexicon) or _same_mood(
        skeleton, clause, candidate, span, lexicon
    )


def _other_verb(
    skeleton: Skeleton, clause: Clause, candidate: Candidate, span: Span, lexicon: Lexicon
) -> list[Part]:
    """The parts before and from "and offered to" on, read with the subject of the sentence."""
    first = _subject_of(skeleton, clause)
    best = candidate.best
    if best.rule.id.startswith("said-would") and best.doer_at is not None:
        first = best.doer_at  # "Hale said the ministry is planning to buy corn, and will send"
    if first is None:
        return []
    for cut in _at_joints(_SECOND, skeleton.text, clause.start, clause.end):
        rest = Clause(cut.end(), clause.end, (first, first + 1), False)
        found = read_clause(skeleton, rest, lexicon)
        if not found.matches or found.best.weight < LIKELY or found.best.start > cut.end() + 12:
            continue
        left_clause = Clause(clause.start, cut.start(), clause.lead, clause.is_whole)
        left = read_clause(skeleton, left_clause, lexicon)
        left_span = (span[0], source_of(skeleton, clause.start, cut.start())[1])
        right_span = (skeleton.source_start(cut.end()), span[1])
        parts = second_acts(skeleton, rest, found, right_span, lexicon) or [(right_span, found)]
        if not left.matches or left.best.weight < LIKELY:
            return parts if found.best.weight > candidate.best.weight else []
        return [(left_span, left), *parts]
    return []


def _subject_of(skeleton: Skeleton, clause: Clause) -> int | None:
    """Where the subject stands: the first actor of the clause, else what its lead ends with."""
    places = sorted(k for k, m in skeleton.mentions.items() if not m.is_oblique)
    own = [k for k in places if clause.start <= k < clause.end]
    lent = [k for k in places if clause.lead[0] <= k < clause.lead[1]]
    if lent and not clause.is_whole:
        return lent[-1]
    return own[0] if own else None


def _same_mood(
    skeleton: Skeleton, clause: Clause, candidate: Candidate, span: Span, lexicon: Lexicon
) -> list[Part]:
    best = candidate.best
    if best.act is None or best.act_at is None:
        return []
    give_doer(best, skeleton)
    found_again = [
        again for again in _at_joints(_AGAIN, skeleton.text, best.act_at, clause.end)
        if _is_same_mood(skeleton.text, best, again)
    ]  # fmt: skip
    found_again += [
        again for again in _at_joints(_STEP, skeleton.text, best.act_at, clause.end)
        if _is_further_step(skeleton.text, best, again)
    ]  # fmt: skip
    for again in sorted(found_again, key=re.Match.start):
        name = "bare" if again.groupdict().get("bare") else "act"
        second = replace(
            best, act=again[name], act_at=again.start(name), start=again.start("all"),
            end=again.end(name), asked=None, done_at=None,
        )  # fmt: skip
        left_span = (span[0], skeleton.source_span(clause.start, again.start())[1])
        right_span = (skeleton.source_start(again.start("all")), span[1])
        found = Candidate([second], candidate.vetoes, candidate.words)
        rest = Clause(again.start("all"), clause.end, (0, 0), False)
        more = _same_mood(skeleton, rest, found, right_span, lexicon)
        return [(left_span, candidate), *(more or [(right_span, found)])]
    return []


def _is_same_mood(text: str, best: Match, again: re.Match[str]) -> bool:
    """Whether the word before the first act is the one before the second."""
    act = again["act"] or again["bare"]
    if act not in ACTS or _ABOUT_FIRST.match(text, again.end()):
        return False
    if best.rule.id == "objective-is" and (
        again["bare"] or not text[best.start :].split(" ", 1)[0].endswith("s")
    ):
        return False  # "The objective is to clarify their position and to solicit their views."
    before = text[: best.act_at].split()
    between = text[best.act_at : again.start()]
    if again["mood"] and before[-1:] != [again["mood"]]:
        return False
    if again["mood"] not in {"to", None}:
        return True
    inner = [m for m in _INNER.finditer(between) if m[1] is None or m[1] in ACTS]
    if not inner:
        return True
    # "to encourage them to extend it and to explore whether": talking goes with talking.
    if again["bare"] and again["comma"] is not None and best.act in TALK:
        return True  # "should underscore that trade is free, and encourage the minister"
    return again["mood"] == "to" and (
        again["comma"] is not None
        or (best.act in TALK and act in TALK and inner[-1][1] not in TALK)
    )


def _is_further_step(text: str, best: Match, again: re.Match[str]) -> bool:
    """Whether a bare verb behind a comma is a step of its own beside the first."""
    if best.act not in DELIVER or again["act"] not in DELIVER:
        return False
    before = text[: best.act_at].split()[-1:]
    return before in (["will"], ["would"], ["to"], ["should"], ["shall"]) and not (
        _ABOUT_FIRST.match(text, again.end())
    )


def halves_of(skeleton: Skeleton, candidate: Candidate, unit: Unit) -> list[Part]:
    """ "To secure funds and for the ministry to brief": both under the mood of the whole, the
    second with the doer that it names."""
    text = skeleton.text
    middle = _FOR.search(text) if " and for " in text else None
    first = _TO.search(text, 0, middle.start()) if middle is not None else None
    if middle is None or first is None:
        return []
    left = skeleton.source_span(first.start(), middle.start())
    right = (skeleton.source_span(middle.end(), middle.end() + 1)[0], unit.span[1])
    act = _TO_ACT.search(text, middle.end())
    named = next((m for k, m in skeleton.mentions.items() if k >= middle.end()), None)
    second = Candidate(
        [
            replace(
                candidate.best, act=act[1] if act else None, act_at=act.start(1) if act else None,
                doer=named, doer_at=None, asked=None, speaker=None, done_at=None,
            )
        ],
        candidate.vetoes,
        candidate.words,
    )  # fmt: skip
    return [(left, candidate), (right, second)]
