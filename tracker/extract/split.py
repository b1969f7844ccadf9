"""Takes a sentence apart where it holds several acts, of one doer or of several.

Clauses are cut here; acts of one subject inside a clause are found by `second_acts`. Each part is
read by the rules as a unit of its own, with the words before it that lend it subject and mood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tracker.cable import Span
from tracker.extract.candidates import Candidate
from tracker.extract.lexicon import Lexicon
from tracker.extract.mention import OBLIQUE, SUBJECT
from tracker.extract.parts import Clause, Part, read_clause, source_of
from tracker.extract.rules import LIKELY
from tracker.extract.second_acts import halves_of, second_acts
from tracker.extract.skeleton import Skeleton
from tracker.extract.units import Unit

_ANY = f"[{''.join(SUBJECT.values())}]"
_EITHER = f"[{''.join([*SUBJECT.values(), *OBLIQUE.values()])}]"
_FINITE = (
    r"(?:will|would|shall|should|must|is to|are to|is|are|agreed|promised|undertook|offered|"
    r"pledged|committed|accepted|volunteered|asked|requested|urged|proposed|suggested|recommended)\b"
)
_CUT = re.compile(
    rf"""
    (?: (?P<stop> ;(?:\ (?:and|but))?\ )
    # ", and the ministry will"
    | (?P<subject> ,\ (?:and|but|while|whereas)
        (?:\ (?:thus|therefore|in\ turn|in\ return|in\ (?:our|its|their)\ view|accordingly|
          for\ (?:our|its|their|his|her)\ part),?)?\ )
      (?={_ANY}\ [a-z]
        | (?:the|a|an|all|any)\ [^,;]{{3,40}}?\ (?:will|shall|is\ to|are\ to)\ be\b
        | \w{{2,12}}\ (?:was|were|is|are)\ (?:asked|requested|instructed|invited)\ to\ )
    # "A will send it, B will pay, and"
    | (?P<comma> ,\ )(?={_ANY}\ (?:will|shall|is\ to|are\ to)\ )
    # "agreed to print it and the ministry to distribute it"
    | (?P<gap> \ and\ )(?={_ANY}\ to\ [a-z])
    # "will ship floats and the ministry will load them"
    | (?P<bare> \ and\ )(?={_ANY}\ (?:\w+ly\ )?{_FINITE})
    # "that A would …, that B would …, and that C would …"
    | (?P<that> (?:,|\ and|,\ and|,\ but|\ but)\ (?=that\ ) )
    # ", at which the ministry will present its plan", ", a first draft of which it is to send"
    | (?P<which> ,\ (?:(?:(?:the|an?)\ (?:\w+\ ){{1,3}}of|at|for|in|during|under|after|by|to|on|of|
        from|with|through)\ )?which\ (?:time\ )?)(?={_ANY}\ (?:\w+ly\ )?{_FINITE})
    # ", who will draw up a list": with the actor before as its subject
    | (?P<who> ,\ (?:who|which)\ )(?=(?:will|is\ to|are\ to)\ (?!be\ )[a-z])
    # ", with a text to be supplied by the embassy"
    | (?P<supply> ,\ (?=(?:with\ )?[^,;]{{3,50}}\ to\ be\ \w+(?:ed|en|ne|pt|ld|nt)\ by\ {_EITHER}) )
    # ", with EXBS to fund two experts"
    | (?P<share> ,\ (?=with\ {_EITHER}\ to\ [a-z]) )
    # ", with the attache and the colonel designated as points of contact"
    | (?P<with> ,\ (?=with\ {_EITHER}\ (?:\([^)]{{1,40}}\)\ )?(?:designated|named|appointed|serving|
        acting)\ as\ ) )
    )
    """,
    re.VERBOSE,
)
# Rules whose match lends subject and mood to what follows: "it was agreed that A would, …".
_LENDING = frozenset(
    """agreed-that was-agreed said-would said-would-be-done propose-that propose
    propose-impersonal author-requests asked-for asked-to should-said reached-agreement""".split()
)
# … and those whose verb may be left out where another subject follows.
_GAPPING = frozenset({"agreed-to", "did-agree", "is-to", "is-requested", "named-doer"})
_ACCEPTING = frozenset({"agreed", "agreed-on-terms", "accepted-proposal", "to-be-done"})
_THAT = re.compile(r"\bthat ")
_WORTH = 0.4
"""So much must speak for a clause beside a likely one to be worth showing."""


def split_unit(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, lexicon: Lexicon
) -> list[Part]:
    """The parts of a unit with what the rules find in each; mostly the unit itself."""
    whole: list[Part] = [(unit.span, candidate)]
    if not candidate.matches:
        return whole
    parts = halves_of(skeleton, candidate, unit)
    if parts:
        return parts
    everything = Clause(0, len(skeleton.text))
    clauses = _clauses(skeleton, candidate, unit, lexicon)
    if not clauses:
        return second_acts(skeleton, everything, candidate, unit.span, lexicon) or whole
    found: list[Part] = []
    for clause, read in clauses:
        span = _span_of(skeleton, clause, unit)
        found += second_acts(skeleton, clause, read, span, lexicon) or [(span, read)]
    return found


def _clauses(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, lexicon: Lexicon
) -> list[tuple[Clause, Candidate]]:
    """The clauses that are worth a part of their own; a single one where the whole is."""
    pieces = list(_cut(skeleton, candidate))
    if len(pieces) < 2:
        return []
    kept: list[tuple[Clause, Candidate]] = []
    for clause in pieces:
        is_listed = unit.is_element and not kept
        found = read_clause(skeleton, clause, lexicon, is_listed=is_listed)
        is_subject = any(clause.start <= k <= clause.start + 2 and not m.is_oblique
                         for k, m in skeleton.mentions.items())  # fmt: skip
        if kept and not _stand_apart(kept[-1][1], found, clause, begins_with_actor=is_subject):
            before = kept.pop()[0]
            clause = Clause(before.start, clause.end, before.lead, before.is_whole)
            found = read_clause(skeleton, clause, lexicon, is_listed=unit.is_element and not kept)
        kept.append((clause, found))
    if len(kept) < 2 or not any(_is_likely(found) for _, found in kept):
        return []
    return [(c, f) for c, f in kept if f.matches and f.best.weight >= _WORTH]


def _is_likely(found: Candidate) -> bool:
    return bool(found.matches) and found.best.weight >= LIKELY


def _stand_apart(
    left: Candidate, right: Candidate, clause: Clause, *, begins_with_actor: bool
) -> bool:
    """Whether two clauses are two acts: each is likely, and they are not one wish in two, nor
    an offer with its acceptance. Behind a semicolon a clause with a doer of its own is enough."""
    if not right.matches or right.best.rule.id in _ACCEPTING:
        return False
    if clause.is_whole and _is_likely(right) and not _is_likely(left):
        return True
    if not (_is_likely(left) and _is_likely(right)):
        has_doer = begins_with_actor or (
            right.best.doer_at is not None and right.best.doer_at <= clause.start + 2
        )
        worth = LIKELY if not _is_likely(left) else _WORTH
        is_own = clause.is_whole or not (_is_likely(left) or clause.is_asyndetic)
        return is_own and has_doer and right.best.weight >= worth
    if clause.is_relative and _doer(left) == _doer(right):
        return False
    return not left.best.rule.sort == right.best.rule.sort == "want"


def _doer(found: Candidate) -> tuple[str, ...]:
    return found.best.doer.parties if found.best.doer is not None else ()


_JOINTS = (";", ",", " and ", " but ")
"""With one of these each cut begins: looking for them first is cheap."""


def _all_cuts(text: str) -> Iterator[re.Match[str]]:
    places = []
    for joint in _JOINTS:
        at = text.find(joint)
        while at >= 0:
            places.append(at)
            at = text.find(joint, at + 1)
    end = 0
    for at in sorted(places):
        if at >= end and (cut := _CUT.match(text, at)) is not None:
            yield cut
            end = cut.end()


def _cut(skeleton: Skeleton, candidate: Candidate) -> Iterator[Clause]:
    text = skeleton.text
    lead = _lead_of(text, candidate)
    cuts = [m for m in _all_cuts(text) if _may_cut(m, lead, candidate, skeleton)]
    if not cuts:
        return
    bounds = [0, *(m.end() for m in cuts), len(text)]
    ends = [*(m.start() for m in cuts), len(text)]
    for n, (start, _) in enumerate(pairwise(bounds)):
        kind = cuts[n - 1].lastgroup if n else "stop"
        is_lent = kind == "that" or (
            kind in {"subject", "bare"} and text.startswith(" would ", start + 1)
        )
        lent = _reach(text, lead, start) if is_lent else (0, 0)
        if kind == "who":
            lent = (ends[n - 1] - 1, ends[n - 1])
        yield Clause(start, ends[n], lent,
                     kind == "stop", kind in {"which", "who"}, kind == "comma")  # fmt: skip


def _may_cut(cut: re.Match[str], lead: int, candidate: Candidate, skeleton: Skeleton) -> bool:
    """Whether what goes before lends a clause what it leaves out."""
    if cut.lastgroup == "who":
        return cut.start() - 1 in skeleton.mentions
    if cut.lastgroup == "gap":
        return candidate.best.rule.id in _GAPPING
    return cut.lastgroup != "that" or lead < cut.start()


def _lead_of(text: str, candidate: Candidate) -> int:
    """Where the words end that lend their mood to more than one clause; 0 where none do."""
    for match in candidate.matches:
        if match.rule.id == "agreed-to":
            return text.find(" ", match.start) + 1  # "agreed to set it up, and that A would"
        if match.rule.id in _LENDING:
            that = _THAT.search(text, match.start)
            if that is not None and that.start() <= match.end + 2:
                return that.start()
            return match.doer_at or 0
    return 0


def _reach(text: str, lead: int, start: int) -> Span:
    """The lead, with "that" where the clause has none of its own."""
    if lead >= start:
        return 0, 0
    if text.startswith("that ", lead) and not text.startswith("that ", start):
        return 0, lead + 5
    return 0, lead


def _span_of(skeleton: Skeleton, clause: Clause, unit: Unit) -> Span:
    start, end = source_of(skeleton, clause.start, clause.end)
    if clause.start == 0:
        start = unit.span[0]
    return start, unit.span[1] if clause.end >= len(skeleton.text) else end
